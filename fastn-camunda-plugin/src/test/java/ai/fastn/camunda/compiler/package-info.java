/** Tests of the compiler. */
@NullMarked
package ai.fastn.camunda.compiler;

import org.jspecify.annotations.NullMarked;
