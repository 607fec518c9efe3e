package ai.fastn.camunda.engine;

import ai.fastn.camunda.workflow.Tier;
import java.time.Duration;
import java.util.List;

/** The lanes of this node, from the start of its job executor to its stop. */
final class Lanes {

    private final Lane standard;
    private final Lane longRunning;
    private final Duration grace;
    private final WorkflowHomes homes = new WorkflowHomes();

    /** @param freed called when a place has become free */
    Lanes(LaneSettings settings, Runnable freed) {
        standard = new Lane("standard", settings.standard(), settings.standard(), freed);
        longRunning = new Lane("long", settings.longRunning(), 0, freed);
        grace = settings.grace();
    }

    /** Where jobs of a workflow are executed. */
    Lane of(Tier tier) {
        return tier == Tier.LONG ? longRunning : standard;
    }

    WorkflowHomes homes() {
        return homes;
    }

    private List<Lane> all() {
        return List.of(standard, longRunning);
    }

    /** Lets what has begun end, within the grace time, and gives the rest back. */
    void stop() {
        List<Runnable> left =
                all().stream().flatMap(lane -> lane.close().stream()).toList();
        left.forEach(Runnable::run); // the executor is not active any more: they unlock their jobs
        long end = System.nanoTime() + grace.toNanos();
        all().forEach(lane -> lane.awaitEnd(end - System.nanoTime()));
    }
}
