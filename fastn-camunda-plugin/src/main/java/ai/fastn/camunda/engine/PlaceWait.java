package ai.fastn.camunda.engine;

import java.time.Instant;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.pvm.delegate.ActivityExecution;

/**
 * A run waits for a place under its concurrency limits: without a thread, and while the time of its timeout stands
 * still.
 */
final class PlaceWait {

    /** The due date of what has none until the run has its place. */
    private static final Instant NEVER = Instant.parse("9999-12-31T00:00:00Z");

    private PlaceWait() {}

    /** The place, once it is free, makes the job due. */
    static void begin(ActiveRun run, ActivityExecution execution, StepJob job) {
        run.waitsForPlace(StepJobs.forPlace(execution, job, NEVER));
        TimeoutTimer.of((ExecutionEntity) execution).forEach(timer -> TimeoutTimer.move(timer, NEVER));
    }

    /** Commits before the run does anything, so that the timeout is there to end what it does. */
    static void end(ActiveRun run, ActivityExecution execution, StepJob job) {
        Instant deadline = run.goesOnAfterWait();
        TimeoutTimer.of((ExecutionEntity) execution).forEach(timer -> TimeoutTimer.move(timer, deadline));
        StepJobs.goOn(execution, job);
    }
}
