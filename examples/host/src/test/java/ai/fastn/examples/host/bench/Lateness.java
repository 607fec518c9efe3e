package ai.fastn.examples.host.bench;

import ai.fastn.camunda.execution.Execution;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** How late timers and retries are, and whether an idle job executor leaves the database alone. */
final class Lateness {

    private static final int EACH = 100;
    private static final int FIRST_WAIT_MILLIS = 5_000;
    private static final int APART_MILLIS = 50;
    private static final Duration IDLE = Duration.ofSeconds(10);

    private final BenchHost host;

    Lateness(BenchHost host) {
        this.host = host;
    }

    Map<String, Double> measure() throws InterruptedException {
        host.install("bench-timer", "STANDARD", 1);
        host.install("bench-retry", "STANDARD", 2);
        lateness("bench-timer", 2); // warm
        lateness("bench-retry", 2);
        double[] late = Stream.of(lateness("bench-timer", EACH), lateness("bench-retry", EACH))
                .flatMap(List::stream)
                .mapToDouble(Double::doubleValue)
                .sorted()
                .toArray();
        Thread.sleep(IDLE.toMillis() / 5); // the last hint has been followed
        long before = host.acquisitions();
        Thread.sleep(IDLE.toMillis());
        return Map.of(
                "latenessP50Millis",
                late[late.length / 2],
                "latenessP99Millis",
                late[late.length * 99 / 100],
                "latenessMaxMillis",
                Arrays.stream(late).max().orElseThrow(),
                "acquisitionsWhileIdle",
                (double) host.acquisitions() - before);
    }

    private List<Double> lateness(String slug, int count) throws InterruptedException {
        for (int i = 0; i < count; i++) {
            host.start(slug, JsonNodeFactory.instance.objectNode().put("wait", FIRST_WAIT_MILLIS + i * APART_MILLIS));
        }
        return host.ended(slug, count).stream()
                .map(Execution::result)
                .map(result -> Double.valueOf(result.orElseThrow()))
                .toList();
    }
}
