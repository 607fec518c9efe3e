/** Phase slice: the workflow function becomes a graph of steps. */
@NullMarked
package ai.fastn.camunda.compiler.slice;

import org.jspecify.annotations.NullMarked;
