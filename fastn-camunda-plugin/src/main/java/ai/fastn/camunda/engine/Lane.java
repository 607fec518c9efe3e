package ai.fastn.camunda.engine;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads of this node for the jobs of one kind, which wait for no job of another kind. Nothing waits in here: who asks
 * {@link #turns} first adds no more than there are places.
 */
final class Lane {

    private final int threads;
    private final Runnable freed;
    private final ExecutorService pool;
    private final Map<String, Integer> running = new HashMap<>();
    private final Map<String, Long> lastTurn = new HashMap<>();
    private long turns;

    /** @param freed called when a place has become free */
    Lane(String name, int threads, Runnable freed) {
        this.threads = threads;
        this.freed = freed;
        AtomicInteger number = new AtomicInteger();
        // how many threads there are the places decide
        this.pool =
                new ThreadPoolExecutor(0, Integer.MAX_VALUE, 1, TimeUnit.MINUTES, new SynchronousQueue<>(), task -> {
                    Thread thread = new Thread(task, "fastn-" + name + "-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /** Whose turn it is to get a place. */
    synchronized Turns turns() {
        return new Turns(threads, running, Map.copyOf(lastTurn));
    }

    /** Executes something of a tenant in a place of its own. */
    void add(String tenant, Runnable task) {
        begins(tenant);
        pool.execute(() -> {
            try {
                task.run();
            } finally {
                ended(tenant);
                freed.run();
            }
        });
    }

    private synchronized void begins(String tenant) {
        running.merge(tenant, 1, Integer::sum);
        lastTurn.put(tenant, ++turns);
    }

    private synchronized void ended(String tenant) {
        running.computeIfPresent(tenant, (key, count) -> count == 1 ? null : count - 1);
    }

    /** Takes nothing more. */
    void close() {
        pool.shutdown();
    }

    /** Waits for what has begun; what takes longer is interrupted. */
    void awaitEnd(long nanos) {
        try {
            if (!pool.awaitTermination(nanos, TimeUnit.NANOSECONDS)) {
                pool.shutdownNow();
            }
        } catch (InterruptedException e) {
            pool.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
