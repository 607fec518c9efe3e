package ai.fastn.examples.host.bench;

import java.lang.management.ManagementFactory;
import java.util.Map;

/** Very many steps in a small heap: afterwards no more memory is in use than after the first tenth. */
final class Soak {

    private static final int STEPS = Integer.getInteger("bench.soak.steps", 1_000_000);
    private static final int STEPS_OF_RUN = 10;
    private static final int PARTS = 10;

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
            seconds += standard.secondsOf(STEPS / STEPS_OF_RUN / PARTS);
            double heap = heapInUse();
            first = i == 0 ? heap : first;
            System.err.printf("soak: part %d of %d, %.1f MB in use, %.0f s%n", i + 1, PARTS, heap, seconds);
        }
        return Map.of(
                "heapAtTenth", first, "heapAtEnd", heapInUse(), "stepsPerSecond", STEPS / seconds, "jobsLeft", (double)
                        host.engine().getManagementService().createJobQuery().count());
    }

    private static double heapInUse() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1e6;
    }
}
