package ai.fastn.camunda.engine;

import ai.fastn.camunda.bpmn.FastnBpmn;
import ai.fastn.camunda.effect.RunInput;
import ai.fastn.camunda.runtime.Run;
import ai.fastn.camunda.runtime.RunStart;
import ai.fastn.camunda.workflow.ExecutionId;
import ai.fastn.camunda.workflow.TriggerKind;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;

/** A process instance of a workflow has begun: by our own call, or natively (engine REST, message, call activity). */
final class RunStartListener implements ExecutionListener {

    private static final int LONGEST_COPY = 2_000;

    @Override
    public void notify(DelegateExecution delegate) {
        ExecutionEntity execution = (ExecutionEntity) delegate;
        ProcessDefinitionEntity definition = execution.getProcessDefinition();
        FastnProcess process = FastnProcess.of(definition);
        RunStart start = startOf(execution);
        Instant now = RunSession.now();
        RunSession session = RunSession.current();
        Run run = new Run(
                start.execution(),
                FastnProcess.tenantOf(definition.getTenantId()),
                session.support().environment(),
                process.slug(),
                FastnProcess.versionOf(definition),
                process.tier(),
                start.trigger(),
                start.startedBy(),
                start.input(),
                start.headers(),
                Optional.ofNullable(start.caller()),
                now,
                now.plus(process.timeout()),
                execution.getProcessInstanceId(),
                definition.getId());
        if (execution.getBusinessKey() == null) {
            execution.setBusinessKey(run.execution().value());
        }
        if (!process.tier().isSynchronous()) {
            execution.setVariable(FastnBpmn.EXECUTION_VARIABLE, run.execution().value());
            execution.setVariable(
                    FastnBpmn.INPUT_COPY_VARIABLE, copyOf(run.input().json()));
            session.support().record().started(run);
        }
        if (start.key() != null) {
            session.support().record().claimed(run, start.key());
        }
        session.begin(run, process);
        CallerInHistory.ofStart(run);
    }

    private static RunStart startOf(ExecutionEntity execution) {
        if (execution.getVariable(RunStart.VARIABLE) instanceof RunStart start) {
            execution.removeVariable(RunStart.VARIABLE);
            return start;
        }
        StartVariables variables = StartVariables.take(execution);
        return new RunStart(
                new ExecutionId(UUID.randomUUID().toString()),
                TriggerKind.ENGINE,
                starter(),
                RunInput.of(variables.input()),
                variables.headers(),
                null);
    }

    private static String starter() {
        Authentication user =
                Context.getProcessEngineConfiguration().getIdentityService().getCurrentAuthentication();
        return user == null || user.getUserId() == null ? "engine" : user.getUserId();
    }

    private static String copyOf(String input) {
        return input.length() <= LONGEST_COPY ? input : input.substring(0, LONGEST_COPY) + "…";
    }
}
