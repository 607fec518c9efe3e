package ai.fastn.camunda.runtime;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import java.lang.management.ManagementFactory;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.graalvm.polyglot.Context;
import org.jspecify.annotations.Nullable;

/**
 * The threads on which authors' code runs, and the watchdog that ends what takes too long or too much. The engine's
 * thread only waits: it goes on when the budget is over, whether the code ended or not.
 */
final class GuestThreads implements AutoCloseable {

    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final long GRACE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long STACK_BYTES = 16L << 20;

    private final com.sun.management.ThreadMXBean allocations =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final AtomicInteger threadNumber = new AtomicInteger();
    private final AtomicInteger abandoned = new AtomicInteger();
    private final Semaphore places;
    private final ExecutorService guests = Executors.newCachedThreadPool(guestThread());
    private final ExecutorService closers = Executors.newCachedThreadPool(task -> daemon(task, "fastn-closer"));
    private final Set<Turn> turns = ConcurrentHashMap.newKeySet();
    private final Thread watchdog = daemon(this::watch, "fastn-watchdog");
    private volatile boolean closed;
    private volatile boolean asleep;

    GuestThreads(int places) {
        this.places = new Semaphore(places, true);
        watchdog.start();
    }

    private ThreadFactory guestThread() {
        return task -> {
            Thread thread = new Thread(null, task, "fastn-guest-" + threadNumber.incrementAndGet(), STACK_BYTES);
            thread.setDaemon(true);
            return thread;
        };
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** Threads that did not end when their context was closed; they run at lowest priority until they do. */
    int abandoned() {
        return abandoned.get();
    }

    /**
     * Runs guest code and waits for it within the budget.
     *
     * @throws FastnException the reason, when the budget was over first; the context is closed then
     */
    <T> T call(Context context, Budget budget, Callable<T> code) {
        takePlace(budget);
        Turn turn = new Turn(context, budget);
        CompletableFuture<T> result = new CompletableFuture<>();
        turn.giveUp = () -> result.completeExceptionally(new TimeoutOfTurn());
        guests.execute(() -> run(turn, code, result));
        try {
            return result.get();
        } catch (InterruptedException e) {
            budget.revoke(ErrorCode.EXECUTION_CANCELED, "the run was interrupted");
            Thread.currentThread().interrupt();
            throw ended(budget, e);
        } catch (ExecutionException e) {
            throw ended(budget, e.getCause());
        }
    }

    private void takePlace(Budget budget) {
        budget.require();
        try {
            if (!places.tryAcquire(budget.remainingNanos(), TimeUnit.NANOSECONDS)) {
                budget.require();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FastnException(ErrorCode.EXECUTION_CANCELED, "the run was interrupted", e);
        }
    }

    private <T> void run(Turn turn, Callable<T> code, CompletableFuture<T> result) {
        Thread thread = Thread.currentThread();
        turn.begin(thread, allocations.getThreadAllocatedBytes(thread.getId()));
        turns.add(turn);
        if (asleep) {
            LockSupport.unpark(watchdog);
        }
        try {
            T value = code.call();
            end(turn);
            result.complete(value);
        } catch (Throwable e) {
            end(turn);
            result.completeExceptionally(e);
        }
    }

    @SuppressWarnings("ThreadPriorityCheck") // only so that a thread that can not be ended disturbs the others less
    private void end(Turn turn) {
        if (turns.remove(turn)) {
            turn.budget.used(allocated(turn));
            places.release();
        } else {
            abandoned.decrementAndGet();
            Thread.currentThread().setPriority(Thread.NORM_PRIORITY);
        }
        Thread.interrupted();
    }

    private long allocated(Turn turn) {
        return allocations.getThreadAllocatedBytes(turn.threadId) - turn.bytesAtStart;
    }

    private static RuntimeException ended(Budget budget, @Nullable Throwable cause) {
        FastnException reason = budget.reason();
        return reason != null ? reason : GuestErrors.of(cause);
    }

    private void watch() {
        while (!closed) {
            asleep = true; // before the look, so that a turn that begins meanwhile wakes us
            if (turns.isEmpty()) {
                LockSupport.park(this);
            }
            asleep = false;
            LockSupport.parkNanos(this, LOOK_NANOS);
            turns.forEach(this::look);
        }
    }

    private void look(Turn turn) {
        turn.budget.checkTime();
        turn.budget.checkBytes(allocated(turn));
        if (!turn.budget.isRevoked()) {
            return;
        }
        if (turn.killedAt == 0) {
            turn.killedAt = System.nanoTime();
            closers.execute(() -> turn.context.close(true));
        } else if (System.nanoTime() - turn.killedAt > GRACE_NANOS && turns.remove(turn)) {
            abandon(turn);
        }
    }

    @SuppressWarnings("ThreadPriorityCheck") // as in end
    private void abandon(Turn turn) {
        abandoned.incrementAndGet();
        turn.thread.setPriority(Thread.MIN_PRIORITY);
        places.release();
        turn.giveUp.run();
    }

    /** Closes a context without waiting for it. */
    void dispose(Context context) {
        closers.execute(() -> context.close(true));
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(watchdog);
        guests.shutdownNow();
        closers.shutdown();
    }

    /** Guest code running on a thread. */
    private static final class Turn {
        final Context context;
        final Budget budget;
        Runnable giveUp = () -> {};
        volatile Thread thread = Thread.currentThread();
        volatile long threadId;
        volatile long bytesAtStart;
        long killedAt;

        Turn(Context context, Budget budget) {
            this.context = context;
            this.budget = budget;
        }

        void begin(Thread thread, long bytes) {
            this.thread = thread;
            this.threadId = thread.getId();
            this.bytesAtStart = bytes;
        }
    }

    /** The thread did not end in time. */
    private static final class TimeoutOfTurn extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
