package ai.fastn.camunda.host;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Work beside a test, in a thread of its own. The common pool, where {@link CompletableFuture} runs it otherwise, has
 * one thread on a machine with two processors, and since JDK 25 that one only: what shall happen at once would happen
 * in turn.
 */
public final class OwnThread {

    private static final Executor NEW_THREAD = work -> {
        Thread thread = new Thread(work, "beside-the-test");
        thread.setDaemon(true);
        thread.start();
    };

    private OwnThread() {}

    /** Begins the work at once. */
    public static CompletableFuture<Void> run(Runnable work) {
        return CompletableFuture.runAsync(work, NEW_THREAD);
    }

    /** The same for work with a result. */
    public static <T> CompletableFuture<T> call(Supplier<T> work) {
        return CompletableFuture.supplyAsync(work, NEW_THREAD);
    }
}
