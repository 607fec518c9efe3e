package ai.fastn.camunda.engine;

import ai.fastn.camunda.runtime.StepFailedException;
import ai.fastn.camunda.runtime.StepOutcome;
import org.camunda.bpm.engine.impl.pvm.delegate.ActivityExecution;

/** A script task of a Fastn process: one slice of the author's code. */
final class StepBehavior extends AuthorCodeBehavior {

    private final boolean checkpointable;

    /** @param checkpointable whether the BPMN allows a checkpoint before it ({@code asyncBefore}) */
    StepBehavior(RetryCycle retries, boolean checkpointable) {
        super(retries);
        this.checkpointable = checkpointable;
    }

    @Override
    boolean isCheckpoint(ActiveRun run) {
        return checkpointable && run.isCheckpointDue();
    }

    @Override
    Next perform(ActiveRun run, ActivityExecution execution, int attempt) {
        String id = execution.getActivity().getId();
        if (run.live().run(id, attempt, run.deadline()) instanceof StepOutcome.Thrown thrown) {
            throw new StepFailedException(thrown.failure());
        }
        return () -> leave(execution);
    }
}
