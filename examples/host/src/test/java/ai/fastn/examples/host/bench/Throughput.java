package ai.fastn.examples.host.bench;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import org.camunda.bpm.engine.ProcessEngine;

/** Starts many instances of an asynchronous process from four threads and waits until all have ended. */
final class Throughput {

    private static final int STARTERS = 4;
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(20);

    private final ProcessEngine engine;
    private final String key;

    Throughput(ProcessEngine engine, String key) {
        this.engine = engine;
        this.key = key;
    }

    /** Finished runs per second, after a fifth as many that do not count. */
    double runsPerSecond(int count) throws InterruptedException {
        secondsOf(count / 5);
        return count / secondsOf(count);
    }

    /** How long this many runs take. */
    double secondsOf(int count) throws InterruptedException {
        long before = finished();
        long start = System.nanoTime();
        ExecutorService starters = Executors.newFixedThreadPool(STARTERS);
        for (int i = 0; i < count; i++) {
            starters.execute(() -> engine.getRuntimeService().startProcessInstanceByKey(key, Input.VARIABLES));
        }
        starters.shutdown();
        while (finished() < before + count) {
            if (System.nanoTime() - start > LONGEST_WAIT.toNanos()) {
                throw new IllegalStateException(key + ": only " + (finished() - before) + " of " + count + " ended");
            }
            pause(System.nanoTime() - start);
        }
        return (System.nanoTime() - start) / 1e9;
    }

    /** Counting costs the more the more runs there are: not oftener than each hundredth of the time. */
    private static void pause(long sinceStart) {
        LockSupport.parkNanos(Math.max(Duration.ofMillis(20).toNanos(), sinceStart / 100));
    }

    private long finished() {
        return engine.getHistoryService()
                .createHistoricProcessInstanceQuery()
                .processDefinitionKey(key)
                .finished()
                .count();
    }
}
