package ai.fastn.camunda.bench;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Says at which of the points that a run passes its computer dies; afterwards nothing happens until it is restarted.
 */
final class CrashPlan {

    private final int fatal;
    private int passed;
    private boolean dead;
    private @Nullable Point reached;

    /** @param fatal number of the deadly point, from 0; a negative one is never reached */
    CrashPlan(int fatal) {
        this.fatal = fatal;
    }

    static CrashPlan none() {
        return new CrashPlan(-1);
    }

    synchronized void pass(Point point) {
        if (dead) {
            throw new Crash();
        }
        if (passed++ == fatal) {
            dead = true;
            reached = point;
            throw new Crash();
        }
    }

    synchronized void restart() {
        dead = false;
    }

    synchronized int passed() {
        return passed;
    }

    /** Where the run died, when it did. */
    synchronized Optional<Point> reached() {
        return Optional.ofNullable(reached);
    }

    /** What can be interrupted. */
    enum Point {
        BEFORE_EFFECT,
        IN_TRANSACTION,
        AFTER_EFFECT,
        BEFORE_RECORD,
        AFTER_RECORD,
        BEFORE_COMMIT,
        AFTER_COMMIT
    }

    /** The computer dies here. */
    static final class Crash extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
