package ai.fastn.camunda.engine;

import org.camunda.bpm.engine.delegate.VariableScope;
import org.camunda.bpm.engine.impl.pvm.delegate.ActivityExecution;
import org.camunda.bpm.engine.impl.pvm.delegate.SubProcessActivityBehavior;

/**
 * A call activity of a Fastn process: a slice of the author's code that calls one workflow. The called run tells its
 * caller itself that it has ended, so that nothing is left to do for the engine's own notice.
 */
final class InvokeBehavior extends StepBehavior implements SubProcessActivityBehavior {

    InvokeBehavior(RetryCycle retries, boolean checkpointable) {
        super(retries, checkpointable);
    }

    @Override
    public void passOutputVariables(ActivityExecution caller, VariableScope called) {
        // the result is in the Execution Log
    }

    @Override
    public void completed(ActivityExecution caller) {
        // the step goes on in a job
    }
}
