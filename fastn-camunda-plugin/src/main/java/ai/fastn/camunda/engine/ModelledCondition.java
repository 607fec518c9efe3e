package ai.fastn.camunda.engine;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.effect.RunInput;
import ai.fastn.camunda.runtime.LiveRun;
import ai.fastn.camunda.runtime.Program;
import ai.fastn.camunda.runtime.RunScope;
import ai.fastn.camunda.runtime.StepFailedException;
import ai.fastn.camunda.workflow.ExecutionId;
import ai.fastn.camunda.workflow.TriggerKind;
import ai.fastn.camunda.workflow.WorkflowSlug;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.camunda.bpm.engine.impl.Condition;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;

/**
 * A condition in Fastn's JavaScript on a sequence flow that a person has drawn: one expression over the process
 * variables, which makes no calls, so that nothing of it has to be kept.
 */
record ModelledCondition(WorkflowSlug workflow, Program program, String flowId) implements Condition {

    private static final Duration LONGEST = Duration.ofSeconds(10);

    @Override
    public boolean evaluate(DelegateExecution execution) {
        RunSupport support = RunSession.current().support();
        RunScope scope = scope(support, (ExecutionEntity) execution);
        Instant deadline = RunSession.now().plus(LONGEST);
        LiveRun run = support.runner().open(scope, program, Optional.empty());
        try {
            return run.decide(flowId, deadline);
        } catch (StepFailedException e) {
            throw new FastnException(
                    ErrorCode.STEP_FAILED,
                    "condition of flow \"" + flowId + "\" failed: "
                            + e.failure().summary(),
                    e);
        } finally {
            run.discard();
            support.runner().ended(scope);
        }
    }

    private RunScope scope(RunSupport support, ExecutionEntity execution) {
        return new RunScope(
                FastnProcess.tenantOf(execution.getTenantId()),
                support.environment(),
                workflow,
                FastnProcess.versionOf(execution.getProcessDefinition()),
                new ExecutionId(UUID.randomUUID().toString()),
                RunInput.of(StepVariables.json(execution)),
                "{}",
                TriggerKind.ENGINE,
                List.of(),
                false);
    }

    @Override
    public boolean evaluate(VariableScope scope, DelegateExecution execution) {
        return evaluate(execution);
    }

    @Override
    public boolean tryEvaluate(VariableScope scope, DelegateExecution execution) {
        return evaluate(execution);
    }
}
