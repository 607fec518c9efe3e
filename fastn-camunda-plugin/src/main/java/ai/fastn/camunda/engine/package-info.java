/** Hooks into Camunda: parse listener, step behavior, jobs, retries, timeouts, incidents. */
@NullMarked
package ai.fastn.camunda.engine;

import org.jspecify.annotations.NullMarked;
