/** Runs one step: variables in, JavaScript, variables out. */
@NullMarked
package ai.fastn.camunda.runtime;

import org.jspecify.annotations.NullMarked;
