package ai.fastn.camunda.engine;

import ai.fastn.camunda.runtime.Run;
import ai.fastn.camunda.runtime.RunEnd;
import ai.fastn.camunda.workflow.ExecutionId;
import java.util.Optional;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;

/**
 * A token leaves a step that a person has drawn; where the code has not ended by then, somebody took the token away.
 */
final class ModelledStepEnd implements ExecutionListener {

    private final ModelledStep step;

    ModelledStepEnd(ModelledStep step) {
        this.step = step;
    }

    @Override
    public void notify(DelegateExecution delegate) {
        ExecutionId id = ModelledStep.idOf((ExecutionEntity) delegate);
        RunSession session = RunSession.current();
        Optional<ActiveRun> known = session.knownStep(id);
        if (known.isPresent()) {
            cancel(known.get());
        } else {
            Optional<Run> run = session.support().record().find(id);
            run.ifPresent(begun -> cancel(session.reopen(begun, step.program())));
        }
    }

    private static void cancel(ActiveRun run) {
        if (!run.isOver()) {
            run.record().ended(run.run(), new RunEnd.Canceled());
            CalledRuns.cancel(run.run(), Context.getCommandContext());
            run.over();
        }
    }
}
