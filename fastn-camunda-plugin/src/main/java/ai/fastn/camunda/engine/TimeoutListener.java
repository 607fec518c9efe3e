package ai.fastn.camunda.engine;

import ai.fastn.camunda.runtime.RunEnd;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;

/**
 * The execution timeout has fired and ends the run. What a step still executes of it is stopped when that is committed:
 * the step may commit first, and then the timeout has not happened.
 */
final class TimeoutListener implements ExecutionListener {

    @Override
    public void notify(DelegateExecution execution) {
        ActiveRun run = RunSession.current().runOf((ExecutionEntity) execution);
        run.record().ended(run.run(), new RunEnd.TimedOut());
    }
}
