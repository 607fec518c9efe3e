package ai.fastn.camunda.runtime;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Value;
import org.jspecify.annotations.Nullable;

/**
 * A few contexts made in advance, so that the caller of an Instant run does not wait for one. They have seen our boot
 * script and nothing else; a context that has run author code never comes back.
 */
final class ReadyContexts implements AutoCloseable {

    private static final int KEPT = 4;

    private final BlockingQueue<Ready> kept = new ArrayBlockingQueue<>(KEPT);
    private final ThreadPoolExecutor maker = new ThreadPoolExecutor(
            0,
            1,
            30,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(KEPT),
            ReadyContexts::thread,
            new ThreadPoolExecutor.DiscardPolicy());
    private final Supplier<Ready> making;

    /** @param making makes one context and boots it */
    ReadyContexts(Supplier<Ready> making) {
        this.making = making;
    }

    /**
     * A context with its boot script evaluated.
     *
     * @param host what the boot script gave
     */
    record Ready(Context context, Value host) {}

    /** One of the kept contexts; null when there is none left. Its successor is made in the background. */
    @Nullable Ready take() {
        Ready ready = kept.poll();
        maker.execute(this::refill);
        return ready;
    }

    private void refill() {
        try {
            while (kept.remainingCapacity() > 0 && !maker.isShutdown()) {
                Ready ready = making.get();
                if (!kept.offer(ready)) {
                    ready.context().close(true);
                }
            }
        } catch (PolyglotException | IllegalStateException e) {
            // the engine is closing; whoever needs a context makes its own and says what is wrong
        }
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "fastn-ready");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void close() {
        maker.shutdownNow();
    }
}
