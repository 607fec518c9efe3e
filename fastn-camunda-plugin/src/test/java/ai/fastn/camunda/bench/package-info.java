/**
 * Runs a workflow as plain JavaScript and, through the step runtime, as the process made from it: both must do the
 * same.
 */
@NullMarked
package ai.fastn.camunda.bench;

import org.jspecify.annotations.NullMarked;
