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
        standard = new Lane("standard", settings.standard(), freed);
        longRunning = new Lane("long", settings.longRunning(), freed);
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

    /** Lets what has begun end, within the grace time. */
    void stop() {
        all().forEach(Lane::close);
        long end = System.nanoTime() + grace.toNanos();
        all().forEach(lane -> lane.awaitEnd(end - System.nanoTime()));
    }
}
