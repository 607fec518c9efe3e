package ai.fastn.camunda.execution;

import ai.fastn.camunda.runtime.Caller;
import ai.fastn.camunda.runtime.RunFailure;
import ai.fastn.camunda.workflow.ExecutionId;
import ai.fastn.camunda.workflow.ExecutionStatus;
import ai.fastn.camunda.workflow.RunMode;
import ai.fastn.camunda.workflow.Tier;
import ai.fastn.camunda.workflow.TriggerKind;
import ai.fastn.camunda.workflow.WorkflowSlug;
import java.time.Instant;
import java.util.Optional;

/**
 * One row of the Execution Log.
 *
 * @param caller the run that called it with {@code fastn.flow}
 * @param result JSON, once completed
 * @param attempts attempts of the step that failed most often, the first included
 * @param recorded whether its calls are kept
 */
public record Execution(
        ExecutionId id,
        WorkflowSlug workflow,
        int version,
        Tier tier,
        ExecutionStatus status,
        TriggerKind triggeredBy,
        String startedBy,
        Optional<Caller> caller,
        Instant startedAt,
        Optional<Instant> endedAt,
        int attempts,
        Optional<String> result,
        Optional<RunFailure> error,
        String processInstanceId,
        RunMode mode,
        boolean recorded) {}
