/** Runs one workflow twice, as plain JavaScript and as the process made from it, and compares what can be seen. */
@NullMarked
package ai.fastn.camunda.compiler.bench;

import org.jspecify.annotations.NullMarked;
