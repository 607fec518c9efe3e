package ai.fastn.camunda.effect;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Waits for blocking calls in a way that an interrupt or a time limit can end. Sockets ignore interrupts, therefore the
 * call runs on a thread of its own and is aborted when its caller stops waiting.
 */
public final class AbortableCalls implements AutoCloseable {

    private final ExecutorService threads;

    /** Threads are named for what they do. */
    public AbortableCalls(String name) {
        AtomicInteger number = new AtomicInteger();
        this.threads = Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, name + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Performs the work.
     *
     * @param abort ends the work from outside; called once, when the wait ends early
     * @throws InterruptedException when the caller was interrupted; the thread keeps its interrupt
     * @throws TimeoutException when the work took longer than the limit
     * @throws ExecutionException with what the work threw
     */
    public <T> T call(Callable<T> work, Duration limit, Runnable abort)
            throws InterruptedException, TimeoutException, ExecutionException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedException("interrupted before the call");
        }
        Future<T> result = threads.submit(work);
        try {
            return result.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            abort.run();
            Thread.currentThread().interrupt();
            throw e;
        } catch (TimeoutException e) {
            abort.run();
            throw e;
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
