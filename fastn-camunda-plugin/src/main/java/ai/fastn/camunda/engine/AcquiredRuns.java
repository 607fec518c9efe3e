package ai.fastn.camunda.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.camunda.bpm.engine.impl.jobexecutor.AcquiredJobs;

/**
 * What one look for jobs has brought: batches for the lanes of workflows and, where the engine expects all of them,
 * those for its own pool.
 */
final class AcquiredRuns extends AcquiredJobs {

    private final List<ForLane> forLanes = new ArrayList<>();
    private Duration untilNextLook;

    AcquiredRuns(Duration untilNextLook) {
        super(Integer.MAX_VALUE); // when to look again is our decision: the engine's strategy may always be idle
        this.untilNextLook = untilNextLook;
    }

    /** Jobs that one thread of a lane executes in a row. */
    record ForLane(Lane lane, String tenant, List<String> jobs) {}

    void add(ForLane batch) {
        forLanes.add(batch);
        acquiredJobs.addAll(batch.jobs());
    }

    List<ForLane> forLanes() {
        return forLanes;
    }

    /** How long there is nothing to look for unless somebody tells of a job. */
    Duration untilNextLook() {
        return untilNextLook;
    }

    void lookAgainAfter(Duration time) {
        if (time.compareTo(untilNextLook) < 0) {
            untilNextLook = time;
        }
    }
}
