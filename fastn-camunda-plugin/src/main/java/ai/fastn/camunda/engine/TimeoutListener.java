package ai.fastn.camunda.engine;

import ai.fastn.camunda.runtime.RunEnd;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;

/** The execution timeout has fired and ends the run. */
final class TimeoutListener implements ExecutionListener {

    @Override
    public void notify(DelegateExecution execution) {
        RunSession session = RunSession.current();
        ActiveRun run = session.runOf((ExecutionEntity) execution);
        run.record().ended(run.run(), new RunEnd.TimedOut());
        session.support().runner().cancel(run.run().execution());
    }
}
