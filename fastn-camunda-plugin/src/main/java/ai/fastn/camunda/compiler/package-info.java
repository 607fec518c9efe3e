/** Text in, compiled workflow or diagnostics out. */
@NullMarked
package ai.fastn.camunda.compiler;

import org.jspecify.annotations.NullMarked;
