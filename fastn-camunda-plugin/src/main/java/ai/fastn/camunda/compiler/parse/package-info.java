/** Phase 1: text in, a script with its syntax tree out, or the mistakes of the text. */
@NullMarked
package ai.fastn.camunda.compiler.parse;

import org.jspecify.annotations.NullMarked;
