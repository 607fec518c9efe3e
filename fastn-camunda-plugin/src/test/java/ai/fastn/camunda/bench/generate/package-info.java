/** Programs by chance, over the whole of the language, and the smallest part of one that still shows a fault. */
@NullMarked
package ai.fastn.camunda.bench.generate;

import org.jspecify.annotations.NullMarked;
