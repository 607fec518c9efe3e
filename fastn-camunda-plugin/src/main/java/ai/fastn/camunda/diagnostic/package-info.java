/** What we say when a source or a run is wrong. */
@NullMarked
package ai.fastn.camunda.diagnostic;

import org.jspecify.annotations.NullMarked;
