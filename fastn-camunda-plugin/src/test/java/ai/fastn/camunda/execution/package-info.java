/** Tests of starts and of the Execution Log. */
@NullMarked
package ai.fastn.camunda.execution;

import org.jspecify.annotations.NullMarked;
