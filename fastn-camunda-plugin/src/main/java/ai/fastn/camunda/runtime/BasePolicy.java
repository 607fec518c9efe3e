package ai.fastn.camunda.runtime;

import java.util.concurrent.TimeUnit;

/**
 * Decides when a frame is worth writing: when running the path since the last one again would take longer than writing
 * it, so that the cost of all frames stays below that of the work itself. A frame that could not be written is tried
 * again after twice the work.
 */
final class BasePolicy {

    private static final int LENGTH_OF_A_CATCH = 20;

    private final long leastNanos;
    private long sinceBase;
    private long costOfBase;
    private int catching;

    BasePolicy(int leastMillis) {
        this.leastNanos = TimeUnit.MILLISECONDS.toNanos(leastMillis);
    }

    /** Code has run for some time. */
    void ran(long nanos) {
        sinceBase += nanos;
    }

    boolean isWorthIt(boolean atRest) {
        return atRest || (catching == 0 && sinceBase > Math.max(leastNanos, costOfBase));
    }

    /**
     * A piece of code ended. Soon after a catch began no frame is written: what it throws sends the run back to the
     * call that failed, which must lie behind the last frame.
     */
    void passed(boolean caught) {
        catching = caught ? LENGTH_OF_A_CATCH : Math.max(0, catching - 1);
    }

    void written(long tookNanos) {
        sinceBase = 0;
        costOfBase = tookNanos;
    }

    void refused(long tookNanos) {
        costOfBase = Math.max(tookNanos, 2 * sinceBase);
    }
}
