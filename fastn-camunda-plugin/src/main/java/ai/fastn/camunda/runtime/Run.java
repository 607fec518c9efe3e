package ai.fastn.camunda.runtime;

import ai.fastn.camunda.effect.RunInput;
import ai.fastn.camunda.effect.RunMocks;
import ai.fastn.camunda.workflow.Environment;
import ai.fastn.camunda.workflow.ExecutionId;
import ai.fastn.camunda.workflow.TenantId;
import ai.fastn.camunda.workflow.Tier;
import ai.fastn.camunda.workflow.TriggerKind;
import ai.fastn.camunda.workflow.WorkflowSlug;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a run was started with; the same for all its steps and attempts.
 *
 * @param version number of the published version, 0 where the process carries none
 * @param startedBy user, key label or trigger that started it
 * @param input {@code ctx.input}
 * @param headers {@code ctx.headers} as a JSON object
 * @param caller the run that called this workflow
 * @param deadline when the execution timeout ends the run
 */
public record Run(
        ExecutionId execution,
        TenantId tenant,
        Environment environment,
        WorkflowSlug workflow,
        int version,
        Tier tier,
        TriggerKind trigger,
        String startedBy,
        RunInput input,
        String headers,
        Optional<Caller> caller,
        Instant startedAt,
        Instant deadline,
        String processInstanceId,
        String processDefinitionId) {

    /** The same with another deadline. */
    public Run endingAt(Instant other) {
        return new Run(
                execution,
                tenant,
                environment,
                workflow,
                version,
                tier,
                trigger,
                startedBy,
                input,
                headers,
                caller,
                startedAt,
                other,
                processInstanceId,
                processDefinitionId);
    }

    /** The same, tried out with these mocks. */
    public Run with(RunMocks mocks) {
        return new Run(
                execution,
                tenant,
                environment,
                workflow,
                version,
                tier,
                trigger,
                startedBy,
                input.with(mocks),
                headers,
                caller,
                startedAt,
                deadline,
                processInstanceId,
                processDefinitionId);
    }

    public RunScope scope() {
        return new RunScope(
                tenant,
                environment,
                workflow,
                version,
                execution,
                input,
                headers,
                trigger,
                caller.map(Caller::workflows).orElse(List.of()),
                !tier.isSynchronous());
    }

    /** Whether another run waits for its result. */
    public boolean isAwaited() {
        return caller.filter(Caller::waits).isPresent();
    }
}
