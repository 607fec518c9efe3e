package ai.fastn.examples.host.bench;

import java.lang.management.ManagementFactory;
import java.util.Map;

/**
 * Very many steps in a small heap: afterwards no more memory is in use than after the first tenth, no job is left, and
 * every run has completed.
 */
final class Soak {

    private static final int STEPS = Integer.getInteger("bench.soak.steps", 1_000_000);
    private static final int STEPS_OF_RUN = 10;
    private static final int PARTS = 10;

    /** So many wait at a time at most: the last one's execution timeout counts while it waits for the first. */
    private static final int RUNS_AT_ONCE = 500;

    private final BenchHost host;
    private final Throughput standard;

    Soak(BenchHost host, Throughput standard) {
        this.host = host;
        this.standard = standard;
    }

    Map<String, Double> measure() throws InterruptedException {
        double first = 0;
        double seconds = 0;
        for (int i = 0; i < PARTS; i++) {
            seconds += secondsOf(STEPS / STEPS_OF_RUN / PARTS);
            double heap = heapInUse();
            first = i == 0 ? heap : first;
            System.err.printf("soak: part %d of %d, %.1f MB in use, %.0f s%n", i + 1, PARTS, heap, seconds);
        }
        return Map.of(
                "heapAtTenth", first, "heapAtEnd", heapInUse(), "stepsPerSecond", STEPS / seconds, "jobsLeft", (double)
                        host.engine().getManagementService().createJobQuery().count());
    }

    private double secondsOf(int runs) throws InterruptedException {
        double seconds = 0;
        for (int left = runs; left > 0; left -= RUNS_AT_ONCE) {
            int count = Math.min(left, RUNS_AT_ONCE);
            seconds += standard.secondsOf(count);
            host.ended(FastnPeer.STANDARD, count);
        }
        return seconds;
    }

    private static double heapInUse() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1e6;
    }
}
