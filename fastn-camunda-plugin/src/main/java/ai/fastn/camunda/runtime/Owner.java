package ai.fastn.camunda.runtime;

import ai.fastn.camunda.workflow.ExecutionId;

/**
 * Who works on a run: the one that took it over last.
 *
 * @param fence number given to it then; 0 for an Instant run, which nobody takes over
 */
public record Owner(ExecutionId execution, long fence) {}
