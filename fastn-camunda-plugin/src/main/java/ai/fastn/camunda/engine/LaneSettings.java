package ai.fastn.camunda.engine;

import java.time.Duration;

/**
 * How many jobs of workflows a node executes at the same time.
 *
 * @param standard threads for workflows of tier Standard
 * @param longRunning threads for workflows of tier Long
 * @param grace how long a node that stops waits for the jobs it has begun
 */
public record LaneSettings(int standard, int longRunning, Duration grace) {

    /** Threads of all lanes together, with the one of each lane that is for tenants without a turn. */
    public int threads() {
        return standard + longRunning + 2 * Turns.SPARE;
    }
}
