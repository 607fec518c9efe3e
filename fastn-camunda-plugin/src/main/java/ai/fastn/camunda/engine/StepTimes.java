package ai.fastn.camunda.engine;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How long the last runs of one step took on this node. A step of which more than one run in twenty took long is begun
 * in a transaction of its own, so that Cockpit shows the token where the time is spent. Thread-safe.
 */
final class StepTimes {

    private static final int KEPT = 20;

    private final Duration limit;
    private final Deque<Boolean> wereLong = new ArrayDeque<>();
    private int longOnes;

    /** @param limit longer than this is long */
    StepTimes(Duration limit) {
        this.limit = limit;
    }

    synchronized void add(Duration took) {
        boolean isLong = took.compareTo(limit) > 0;
        wereLong.add(isLong);
        longOnes += isLong ? 1 : 0;
        if (wereLong.size() > KEPT) {
            longOnes -= wereLong.remove() ? 1 : 0;
        }
    }

    /** Whether the 95th percentile lies above the limit; before twenty runs, whether one does. */
    synchronized boolean areLong() {
        return longOnes > wereLong.size() / KEPT;
    }
}
