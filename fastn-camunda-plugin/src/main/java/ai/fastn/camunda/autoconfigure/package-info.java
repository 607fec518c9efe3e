/** The only place where objects are wired. */
@NullMarked
package ai.fastn.camunda.autoconfigure;

import org.jspecify.annotations.NullMarked;
