/** {@code fastn.state}: a durable key-value store. */
@NullMarked
package ai.fastn.camunda.effect.state;

import org.jspecify.annotations.NullMarked;
