package ai.fastn.camunda.engine;

import ai.fastn.camunda.bpmn.FastnBpmn;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.diagnostic.TakenOverException;
import ai.fastn.camunda.runtime.RunEnd;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.variable.Variables;

/** A process instance of a workflow has ended: by its end event, by its timeout, or because somebody deleted it. */
final class RunEndListener implements ExecutionListener {

    @Override
    public void notify(DelegateExecution delegate) {
        ExecutionEntity execution = (ExecutionEntity) delegate;
        ActiveRun run = RunSession.current().runOf(execution);
        if (run.hasFailedForGood()) {
            CalledRuns.cancel(run.run(), Context.getCommandContext());
        } else if (execution.isCanceled()) {
            run.record().ended(run.run(), new RunEnd.Canceled());
            CalledRuns.cancel(run.run(), Context.getCommandContext());
        } else if (FastnBpmn.DONE_TIMEOUT.equals(execution.getActivityId())) {
            CalledRuns.cancel(run.run(), Context.getCommandContext());
        } else {
            complete(run, execution);
        }
        CalledRuns.ended(run.run(), execution);
        run.over();
    }

    private static void complete(ActiveRun run, ExecutionEntity execution) {
        try {
            String result = run.result();
            run.record().ended(run.run(), new RunEnd.Completed(result));
            boolean called = isCalledByModel(execution);
            if (run.isInstant() || called) {
                // the engine hands a transient value on as a transient one, which the caller would lose
                execution.setVariable(FastnBpmn.RESULT_VARIABLE, Variables.stringValue(result, !called));
            }
        } catch (TakenOverException e) {
            throw RunSession.givenUp(e);
        } catch (FastnException e) {
            if (run.isInstant()) {
                throw Failures.ofInstant(run, execution.getActivityId(), e);
            }
            run.record().ended(run.run(), new RunEnd.Failed(Failures.shown(e, execution.getActivityId())));
        }
    }

    /** Whether a call activity that a person has drawn waits for the result; one of our own reads the Execution Log. */
    private static boolean isCalledByModel(ExecutionEntity execution) {
        ExecutionEntity caller = execution.getSuperExecution();
        return caller != null && !(caller.getActivity().getActivityBehavior() instanceof InvokeBehavior);
    }
}
