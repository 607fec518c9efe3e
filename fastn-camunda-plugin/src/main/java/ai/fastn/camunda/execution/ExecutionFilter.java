package ai.fastn.camunda.execution;

import ai.fastn.camunda.workflow.ExecutionStatus;
import ai.fastn.camunda.workflow.RunMode;
import ai.fastn.camunda.workflow.WorkflowSlug;
import java.time.Instant;
import java.util.Optional;

/**
 * Which rows of the Execution Log to list, newest first.
 *
 * @param before only runs started before this time
 * @param limit rows at most, 1 to 200
 */
public record ExecutionFilter(
        Optional<WorkflowSlug> workflow,
        Optional<ExecutionStatus> status,
        Optional<RunMode> mode,
        Optional<Instant> before,
        int limit) {

    /** Whichever calls they make. */
    public ExecutionFilter(
            Optional<WorkflowSlug> workflow, Optional<ExecutionStatus> status, Optional<Instant> before, int limit) {
        this(workflow, status, Optional.empty(), before, limit);
    }
}
