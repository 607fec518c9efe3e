package ai.fastn.camunda.execution;

import ai.fastn.camunda.workflow.ExecutionId;

/** What a start gives at once: the result of an Instant run, or the id of one that goes on in the background. */
public sealed interface Started {

    ExecutionId execution();

    /** An Instant run that has completed. */
    record Completed(ExecutionId execution, String resultJson) implements Started {}

    /** A Standard or Long run that has been accepted. */
    record Accepted(ExecutionId execution) implements Started {}
}
