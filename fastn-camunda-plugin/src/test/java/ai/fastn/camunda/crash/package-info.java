/** A node that dies at a named point of its work, in process, and what its runs look like afterwards. */
@NullMarked
package ai.fastn.camunda.crash;

import org.jspecify.annotations.NullMarked;
