/** Phases 2 and 3: which variable a name means, and which calls are effects. */
@NullMarked
package ai.fastn.camunda.compiler.analyze;

import org.jspecify.annotations.NullMarked;
