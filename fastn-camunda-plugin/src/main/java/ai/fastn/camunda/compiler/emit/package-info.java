/** Phase emit: the step graph becomes a BPMN process. */
@NullMarked
package ai.fastn.camunda.compiler.emit;

import org.jspecify.annotations.NullMarked;
