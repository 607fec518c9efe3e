/** Flow view of a workflow, read from its BPMN alone: also when a modeler has drawn or edited it. */
@NullMarked
package ai.fastn.camunda.flow;

import org.jspecify.annotations.NullMarked;
