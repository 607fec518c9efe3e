/** Draws a process: adds the diagram to BPMN, from the graph alone. */
@NullMarked
package ai.fastn.camunda.compiler.layout;

import org.jspecify.annotations.NullMarked;
