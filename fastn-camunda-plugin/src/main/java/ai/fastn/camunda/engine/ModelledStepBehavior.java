package ai.fastn.camunda.engine;

import ai.fastn.camunda.effect.RunInput;
import ai.fastn.camunda.runtime.GuestFailure;
import ai.fastn.camunda.runtime.Run;
import ai.fastn.camunda.runtime.RunEnd;
import ai.fastn.camunda.runtime.StepFailedException;
import ai.fastn.camunda.runtime.StepOutcome;
import ai.fastn.camunda.workflow.ExecutionId;
import ai.fastn.camunda.workflow.Tier;
import ai.fastn.camunda.workflow.TriggerKind;
import java.time.Instant;
import java.util.Optional;
import org.camunda.bpm.engine.delegate.BpmnError;
import org.camunda.bpm.engine.impl.bpmn.helper.BpmnExceptionHandler;
import org.camunda.bpm.engine.impl.bpmn.helper.BpmnProperties;
import org.camunda.bpm.engine.impl.core.model.CoreActivity;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.pvm.delegate.ActivityExecution;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.jspecify.annotations.Nullable;

/**
 * A step with Fastn code in a process that a person has drawn. The token that arrives is committed with the run it
 * begins; a job executes the code, so that everything the code does can be recorded before anybody depends on it.
 */
final class ModelledStepBehavior extends AuthorCodeBehavior {

    private final ModelledStep step;

    ModelledStepBehavior(RetryCycle retries, ModelledStep step) {
        super(retries);
        this.step = step;
    }

    @Override
    ActiveRun runOf(RunSession session, ActivityExecution execution, @Nullable StepJob job) {
        ExecutionId id = ModelledStep.idOf((ExecutionEntity) execution);
        Optional<ActiveRun> known = session.knownStep(id);
        return known.orElseGet(
                () -> job == null ? begin(session, (ExecutionEntity) execution, id) : resume(session, id, job));
    }

    private ActiveRun begin(RunSession session, ExecutionEntity execution, ExecutionId id) {
        Instant now = RunSession.now();
        Run run = new Run(
                id,
                FastnProcess.tenantOf(execution.getTenantId()),
                session.support().environment(),
                step.workflow(),
                FastnProcess.versionOf(execution.getProcessDefinition()),
                Tier.LONG,
                TriggerKind.ENGINE,
                "step " + execution.getActivityId(),
                RunInput.of(StepVariables.json(execution)),
                "{}",
                Optional.empty(),
                now,
                deadline(now),
                execution.getProcessInstanceId(),
                execution.getProcessDefinitionId());
        session.support().record().started(run);
        return session.begin(run, step.program());
    }

    /** An attempt has its own time: between two of them an operator or a wait may take days. */
    private ActiveRun resume(RunSession session, ExecutionId id, StepJob job) {
        Run run = session.support()
                .record()
                .find(id)
                .orElseThrow(() -> new IllegalStateException("bug: execution \"" + id + "\" has no row"));
        if (job.attempt() > 1) {
            session.support().record().resumed(id);
        }
        return session.reopen(run.endingAt(deadline(RunSession.now())), step.program());
    }

    private static Instant deadline(Instant begun) {
        return begun.plus(Tier.LONG.defaultTimeout());
    }

    @Override
    boolean isCheckpoint(ActiveRun run) {
        return true;
    }

    @Override
    boolean hasTimeoutEvent() {
        return false;
    }

    @Override
    Next perform(ActiveRun run, ActivityExecution execution, int attempt) {
        StepOutcome outcome = run.live().runLast(execution.getActivity().getId(), attempt, run.deadline());
        if (outcome instanceof StepOutcome.Thrown thrown) {
            throw new StepFailedException(thrown.failure());
        }
        String result = run.result();
        Object value = step.resultVariable() == null
                ? null
                : StepVariables.value(execution.getActivity().getId(), result);
        return () -> {
            run.record().ended(run.run(), new RunEnd.Completed(result));
            run.over();
            if (step.resultVariable() != null) {
                execution.setVariable(step.resultVariable(), value);
            }
            leave(execution);
        };
    }

    @Override
    void raise(ActiveRun run, ActivityExecution execution, GuestFailure failure) throws Exception {
        run.record()
                .ended(
                        run.run(),
                        new RunEnd.Failed(
                                Failures.shown(failure, execution.getActivity().getId())));
        run.over();
        BpmnExceptionHandler.propagateBpmnError(new BpmnError(codeOf(failure), failure.message()), execution);
    }

    /** What an error event names: the member {@code code} of the thrown error where it is a text, else its name. */
    private static String codeOf(GuestFailure failure) {
        return failure.fields().get("code") instanceof String code && !code.isEmpty() ? code : failure.name();
    }

    /** Whether an error event of this process, at the step or around it, takes an error with this code. */
    @Override
    boolean isCaught(ActivityExecution execution, GuestFailure failure) {
        String code = codeOf(failure);
        ScopeImpl scope = (ActivityImpl) execution.getActivity();
        while (scope != null) {
            if (catches(scope, code)) {
                return true;
            }
            scope = scope instanceof ActivityImpl activity ? activity.getFlowScope() : null;
        }
        return false;
    }

    private static boolean catches(CoreActivity scope, String code) {
        return scope.getProperties().get(BpmnProperties.ERROR_EVENT_DEFINITIONS).stream()
                .anyMatch(definition -> definition.catchesError(code));
    }
}
