/** Tests of the step runtime, without an engine. */
@NullMarked
package ai.fastn.camunda.runtime;

import org.jspecify.annotations.NullMarked;
