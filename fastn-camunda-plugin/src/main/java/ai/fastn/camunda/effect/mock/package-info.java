/** Calls that are not made: the rules that answer them instead, and recordings of calls that were made. */
@NullMarked
package ai.fastn.camunda.effect.mock;

import org.jspecify.annotations.NullMarked;
