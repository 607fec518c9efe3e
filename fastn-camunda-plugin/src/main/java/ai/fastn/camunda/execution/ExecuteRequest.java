package ai.fastn.camunda.execution;

import ai.fastn.camunda.effect.RunMocks;
import ai.fastn.camunda.workflow.TriggerKind;

/**
 * A wish to run a workflow.
 *
 * @param input {@code ctx.input} as JSON
 * @param headers {@code ctx.headers} as a JSON object
 * @param startedBy shown in the log: a user id or the label of an access key
 * @param mocks which of its calls are not made, and whether they are recorded
 */
public record ExecuteRequest(String input, String headers, TriggerKind trigger, String startedBy, RunMocks mocks) {

    /** A run that makes all its calls. */
    public ExecuteRequest(String input, String headers, TriggerKind trigger, String startedBy) {
        this(input, headers, trigger, startedBy, RunMocks.NONE);
    }
}
