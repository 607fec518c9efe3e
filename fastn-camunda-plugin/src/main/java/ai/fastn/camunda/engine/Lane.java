package ai.fastn.camunda.engine;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads of this node for the jobs of one kind, which wait for no job of another kind. While jobs are short, as many
 * as there are threads are fetched ahead; tenants take turns.
 */
final class Lane {

    /** A job that is likely to take longer is not fetched before a thread is free: another node may have one. */
    private static final long SHORT_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final int SMOOTHING = 8;

    private final int threads;
    private final int ahead;
    private final Runnable freed;
    private final ExecutorService pool;
    private final Map<String, Integer> running = new HashMap<>();
    private final Map<String, Queue<Work>> waiting = new LinkedHashMap<>();
    private final Map<String, Long> lastTurn = new HashMap<>();
    private long turns;
    private long usualNanos = SHORT_NANOS;

    /**
     * @param ahead jobs fetched ahead while they are short
     * @param freed called when a place has become free
     */
    Lane(String name, int threads, int ahead, Runnable freed) {
        this.threads = threads;
        this.ahead = ahead;
        this.freed = freed;
        AtomicInteger number = new AtomicInteger();
        this.pool =
                new ThreadPoolExecutor(0, Integer.MAX_VALUE, 1, TimeUnit.MINUTES, new SynchronousQueue<>(), task -> {
                    Thread thread = new Thread(task, "fastn-" + name + "-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /** Whose turn it is to have jobs fetched. */
    synchronized Turns turns() {
        Map<String, Integer> held = new HashMap<>(running);
        waiting.forEach((tenant, works) -> held.merge(tenant, works.size(), Integer::sum));
        return new Turns(usualNanos < SHORT_NANOS ? threads + ahead : threads, held, lastTurn);
    }

    /** Executes something of a tenant when it is its turn. */
    synchronized void add(String tenant, Runnable task) {
        waiting.computeIfAbsent(tenant, key -> new ArrayDeque<>()).add(new Work(tenant, task));
        begin();
    }

    private void begin() {
        new Turns(threads, running, lastTurn).take(waiting).forEach(this::begin);
    }

    private void begin(Work work) {
        running.merge(work.tenant(), 1, Integer::sum);
        lastTurn.put(work.tenant(), ++turns);
        pool.execute(() -> execute(work));
    }

    private void execute(Work work) {
        long began = System.nanoTime();
        try {
            work.task().run();
        } finally {
            ended(work, System.nanoTime() - began);
            freed.run();
        }
    }

    private synchronized void ended(Work work, long nanos) {
        usualNanos += (nanos - usualNanos) / SMOOTHING;
        running.computeIfPresent(work.tenant(), (tenant, count) -> count == 1 ? null : count - 1);
        begin();
    }

    /** Begins nothing more. What has not begun is returned. */
    synchronized List<Runnable> close() {
        List<Runnable> left = waiting.values().stream()
                .flatMap(Collection::stream)
                .map(Work::task)
                .toList();
        waiting.clear();
        pool.shutdown();
        return left;
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

    /** Something to do for a tenant. */
    private record Work(String tenant, Runnable task) {}
}
