package ai.fastn.camunda.engine;

import ai.fastn.camunda.bpmn.FastnBpmn;
import ai.fastn.camunda.effect.EffectOutcome.Start;
import ai.fastn.camunda.runtime.Caller;
import ai.fastn.camunda.runtime.Run;
import ai.fastn.camunda.runtime.RunStart;
import ai.fastn.camunda.workflow.ExecutionId;
import ai.fastn.camunda.workflow.TriggerKind;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.event.EventType;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionManager;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.pvm.delegate.ActivityExecution;
import org.camunda.bpm.engine.variable.Variables;

/**
 * Runs of workflows that a step of another run waits for ({@code fastn.flow.invoke}). A step that only calls a workflow
 * is a call activity, whose process instance the engine knows as called by it; one that does more may wait for several,
 * which the engine only links in the history.
 */
final class CalledRuns {

    private CalledRuns() {}

    /** Name of the message with which the end of a run reaches the step that waits for it. */
    static String message(ExecutionId called) {
        return FastnBpmn.ENDED_MESSAGE + called;
    }

    /**
     * Starts in this command what the caller is about to wait for.
     *
     * @param alone whether it waits for nothing else
     */
    static void start(ActivityExecution step, Run caller, ExecutionId called, Start start, boolean alone) {
        ProcessDefinitionEntity definition = Context.getProcessEngineConfiguration()
                .getDeploymentCache()
                .findDeployedProcessDefinitionById(start.definition());
        ExecutionEntity instance = alone && isFreeCallActivity((ExecutionEntity) step)
                ? ((ExecutionEntity) step).createSubProcessInstance(definition, called.value(), null)
                : definition.createProcessInstance(called.value());
        RunStart run = new RunStart(
                called,
                TriggerKind.WORKFLOW,
                caller.workflow().value(),
                start.input(),
                "{}",
                Caller.of(caller.scope(), true));
        instance.start(Variables.createVariables().putValueTyped(RunStart.VARIABLE, Variables.untypedValue(run, true)));
    }

    /** To the engine a call activity has called one instance at a time. */
    private static boolean isFreeCallActivity(ExecutionEntity step) {
        return step.getActivity().getActivityBehavior() instanceof InvokeBehavior
                && step.getSubProcessInstance() == null;
    }

    /** The run has ended: the step that waits for it goes on. */
    static void ended(Run run, ExecutionEntity instance) {
        if (!run.isAwaited()) {
            return;
        }
        RunSession session = RunSession.current();
        ExecutionId caller = run.caller().orElseThrow().execution();
        boolean locked = RunSession.withConnection(
                "execution \"" + caller + "\" can not be told that " + run.scope() + " ended",
                connection -> session.support().arrivals().lock(connection, caller));
        if (!locked) {
            return;
        }
        Context.getCommandContext()
                .getEventSubscriptionManager()
                .findEventSubscriptionsByNameAndTenantId(
                        EventType.MESSAGE.name(), message(run.execution()), instance.getTenantId())
                .stream()
                .filter(subscription -> !isEnding(subscription.getExecution()))
                .forEach(StepArrivals::arrived);
    }

    /** Whether the run is being deleted, and takes with it the one it has called. */
    private static boolean isEnding(ExecutionEntity caller) {
        return caller == null || caller.isEnded() || (caller.getParent() != null && isEnding(caller.getParent()));
    }

    /** The run is over before those that it waited for: nobody wants their results any more. */
    static void cancel(Run caller, CommandContext context) {
        ExecutionManager executions = context.getExecutionManager();
        for (String instance : RunSession.current().support().record().awaitedBy(caller.execution())) {
            if (executions.findExecutionById(instance) != null) {
                executions.deleteProcessInstance(
                        instance,
                        "execution \"" + caller.execution() + "\", which has called it, is over",
                        false,
                        false);
            }
        }
    }

    /** The run fails for good, and its caller gets the error instead of an operator an incident. */
    static void endFailed(ExecutionEntity execution, String message) {
        Context.getCommandContext()
                .getExecutionManager()
                .deleteProcessInstance(execution.getProcessInstanceId(), message, false, false);
    }
}
