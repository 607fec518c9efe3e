package ai.fastn.camunda.execution;

import ai.fastn.camunda.workflow.TriggerKind;

/**
 * A wish to run a workflow.
 *
 * @param input {@code ctx.input} as JSON
 * @param headers {@code ctx.headers} as a JSON object
 * @param startedBy shown in the log: a user id or the label of an access key
 */
public record ExecuteRequest(String input, String headers, TriggerKind trigger, String startedBy) {}
