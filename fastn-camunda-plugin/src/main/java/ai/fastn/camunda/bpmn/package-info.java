/** The contract between compiler and runtime: every name that appears in generated BPMN. */
@NullMarked
package ai.fastn.camunda.bpmn;

import org.jspecify.annotations.NullMarked;
