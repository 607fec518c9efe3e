package ai.fastn.camunda.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntUnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes what time or a crash has left in the database while the application runs; nodes may sweep at the same time.
 */
public final class Sweep implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);

    /** Rows of one statement, so that a sweep never holds many locks. */
    private static final int BATCH = 1_000;

    private final List<Runnable> tasks;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(Sweep::thread);

    Sweep(List<Runnable> tasks, Duration interval) {
        this.tasks = List.copyOf(tasks);
        Future<?> unused = timer.scheduleWithFixedDelay(
                this::sweep, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** A task that removes rows in batches; {@code remove} takes the size of one and gives how many it removed. */
    static Runnable inBatches(IntUnaryOperator remove) {
        return () -> {
            int removed;
            do {
                removed = remove.applyAsInt(BATCH);
            } while (removed == BATCH);
        };
    }

    /** Does everything once. */
    public void sweep() {
        for (Runnable task : tasks) {
            try {
                task.run();
            } catch (RuntimeException e) {
                LOG.warn("a sweep failed, the next one tries again: {}", e.getMessage());
            }
        }
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "fastn-sweep");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
