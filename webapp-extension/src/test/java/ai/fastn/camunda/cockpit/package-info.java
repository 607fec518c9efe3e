/** Tests of the files that Cockpit gets from us. */
@NullMarked
package ai.fastn.camunda.cockpit;

import org.jspecify.annotations.NullMarked;
