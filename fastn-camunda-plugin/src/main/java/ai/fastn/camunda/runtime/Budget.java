package ai.fastn.camunda.runtime;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What is left of the time and memory of one step; used up or revoked, it ends the step with the reason. */
final class Budget {

    private final long deadlineNanos;
    private final long bytes;
    private final AtomicReference<@Nullable FastnException> revoked = new AtomicReference<>();
    private final AtomicLong usedBytes = new AtomicLong();
    private volatile Runnable wake = () -> {};

    Budget(Duration time, long bytes) {
        this.deadlineNanos = System.nanoTime() + clamp(time);
        this.bytes = bytes;
    }

    private static long clamp(Duration time) {
        return Math.max(0, Math.min(time.toSeconds(), 1_000_000)) == 1_000_000
                ? 1_000_000_000_000_000L
                : Math.max(0, time.toNanos());
    }

    long remainingNanos() {
        return deadlineNanos - System.nanoTime();
    }

    /** Takes allocated bytes off; {@code inTurn} are those of the turn that runs now. */
    boolean exceeds(long inTurn) {
        return usedBytes.get() + inTurn > bytes;
    }

    void used(long inTurn) {
        usedBytes.addAndGet(inTurn);
    }

    /** Called once when the budget is revoked, from another thread. */
    void onRevoke(Runnable wake) {
        this.wake = wake;
    }

    void revoke(ErrorCode code, String message) {
        if (revoked.compareAndSet(null, new FastnException(code, message))) {
            wake.run();
        }
    }

    boolean isRevoked() {
        return revoked.get() != null;
    }

    /** Revokes the budget when its time is over. */
    void checkTime() {
        if (remainingNanos() <= 0) {
            revoke(ErrorCode.EXECUTION_TIMEOUT, "the execution timeout is over");
        }
    }

    void checkBytes(long inTurn) {
        if (exceeds(inTurn)) {
            revoke(ErrorCode.RESOURCE_LIMIT, "the step allocated more than " + (bytes >> 20) + " MB of memory");
        }
    }

    /**
     * Says that there is something left.
     *
     * @throws FastnException the reason, when the time is over or the budget was revoked
     */
    void require() {
        checkTime();
        FastnException reason = revoked.get();
        if (reason != null) {
            throw reason;
        }
    }

    @Nullable FastnException reason() {
        return revoked.get();
    }
}
