package ai.fastn.camunda.effect.state;

import ai.fastn.camunda.diagnostic.FastnException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes expired state values from the database while the application runs; nodes may sweep at the same time. */
public final class ExpirySweep implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ExpirySweep.class);

    /** Rows of one statement, so that a sweep never holds many locks. */
    private static final int BATCH = 1_000;

    private final StateValues state;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(ExpirySweep::thread);

    public ExpirySweep(StateValues state, Duration interval) {
        this.state = state;
        Future<?> unused = timer.scheduleWithFixedDelay(
                this::sweep, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void sweep() {
        try {
            int removed;
            do {
                removed = state.sweepExpired(BATCH);
            } while (removed == BATCH);
        } catch (FastnException e) {
            LOG.warn("{} {}; the next sweep tries again", e.code().code(), e.getMessage());
        }
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "fastn-state-sweep");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
