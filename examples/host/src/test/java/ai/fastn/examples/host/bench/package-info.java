/** The benchmark of {@code ./mvnw -Pbench}: ratios between Fastn and what stock Camunda offers, from one run. */
@NullMarked
package ai.fastn.examples.host.bench;

import org.jspecify.annotations.NullMarked;
