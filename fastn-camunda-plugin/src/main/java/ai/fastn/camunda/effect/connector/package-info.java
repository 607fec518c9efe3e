/** {@code fastn.connector}: HTTP calls to other systems, as their definitions describe them. */
@NullMarked
package ai.fastn.camunda.effect.connector;

import org.jspecify.annotations.NullMarked;
