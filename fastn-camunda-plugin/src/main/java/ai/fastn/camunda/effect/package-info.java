/** The {@code fastn.*} functions: which exist, whether they read or write, and how one call is performed. */
@NullMarked
package ai.fastn.camunda.effect;

import org.jspecify.annotations.NullMarked;
