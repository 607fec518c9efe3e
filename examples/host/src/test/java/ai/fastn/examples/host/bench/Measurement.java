package ai.fastn.examples.host.bench;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.camunda.bpm.engine.ProcessEngine;

/** Measures one engine: both peers are measured by this code and by nothing else. */
final class Measurement {

    private static final String DELEGATE = "bench-delegate";
    private static final int INSTANT_RUNS = Integer.getInteger("bench.runs", 1_000);
    private static final int WARM_UP_RUNS = INSTANT_RUNS / 2;
    private static final int STANDARD_RUNS = INSTANT_RUNS / 5;
    private static final int STANDARD_WARM_UP = STANDARD_RUNS / 5;
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);
    private static final Map<String, Object> INPUT = Map.of("input", """
            {"items":[{"sku":"CHAIR-01","price":249,"quantity":2},{"sku":"LAMP-03","price":39,"quantity":5}]}""");

    private final ProcessEngine engine;

    Measurement(ProcessEngine engine) {
        this.engine = engine;
        engine.getRepositoryService()
                .createDeployment()
                .name("bench-delegate")
                .addClasspathResource("bench/delegate.bpmn")
                .deploy();
    }

    /** Delegate and script take turns, so that a slow moment of the machine slows both. */
    Figures measure(String instantKey, String standardKey) {
        runs(DELEGATE, WARM_UP_RUNS);
        runs(instantKey, WARM_UP_RUNS);
        long[] delegate = new long[INSTANT_RUNS];
        long[] instant = new long[INSTANT_RUNS];
        for (int i = 0; i < INSTANT_RUNS; i++) {
            delegate[i] = nanosOf(DELEGATE);
            instant[i] = nanosOf(instantKey);
        }
        throughput(standardKey, STANDARD_WARM_UP);
        return new Figures(median(delegate), median(instant), throughput(standardKey, STANDARD_RUNS));
    }

    private void runs(String key, int count) {
        for (int i = 0; i < count; i++) {
            nanosOf(key);
        }
    }

    private long nanosOf(String key) {
        long start = System.nanoTime();
        engine.getRuntimeService().startProcessInstanceByKey(key, INPUT);
        return System.nanoTime() - start;
    }

    private static double median(long[] nanos) {
        Arrays.sort(nanos);
        return nanos[nanos.length / 2] / 1_000.0;
    }

    private double throughput(String key, int count) {
        long before = finished(key);
        long start = System.nanoTime();
        for (int i = 0; i < count; i++) {
            engine.getRuntimeService().startProcessInstanceByKey(key, INPUT);
        }
        while (finished(key) < before + count) {
            if (System.nanoTime() - start > LONGEST_WAIT.toNanos()) {
                throw new IllegalStateException(
                        key + ": only " + (finished(key) - before) + " of " + count + " runs ended");
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
        return count / ((System.nanoTime() - start) / 1e9);
    }

    private long finished(String key) {
        return engine.getHistoryService()
                .createHistoricProcessInstanceQuery()
                .processDefinitionKey(key)
                .finished()
                .count();
    }
}
