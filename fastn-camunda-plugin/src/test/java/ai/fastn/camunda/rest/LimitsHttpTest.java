package ai.fastn.camunda.rest;

import static org.assertj.core.api.Assertions.assertThat;

import ai.fastn.camunda.host.RunningHost;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Row F9 over HTTP: the limits of a configuration hold for the runs of the version that was deployed with them. */
class LimitsHttpTest {

    private static final Duration CALL = Duration.ofMillis(100);
    private static final int MOST_CALLS = 10;

    private final RunningHost host = RunningHost.shared();
    private final Machine machine = Machine.of(host);
    private final AtomicInteger atOnce = new AtomicInteger();
    private final AtomicInteger mostAtOnce = new AtomicInteger();

    @BeforeEach
    void countCalls() {
        host.shop().onSlow(() -> {
            mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
            for (int i = 0; i < MOST_CALLS && mostAtOnce.get() < 2; i++) {
                LockSupport.parkNanos(CALL.toNanos()); // a busy machine takes long to begin the second run
            }
            LockSupport.parkNanos(CALL.toNanos());
            atOnce.decrementAndGet();
        });
    }

    @AfterEach
    void countNoMore() {
        host.shop().clear();
    }

    @Test
    void ofAWorkflowPublishedWithALimitOfTwoNeverThreeRunsAreUnderWay() {
        ObjectNode draft = draft("limited-to-two");
        draft.withObject("/configuration/concurrency").put("runs", 2);
        machine.install("limited-to-two", draft);

        assertAllComplete(start("limited-to-two", 12));

        assertThat(mostAtOnce).hasValue(2);
    }

    @Test
    void runsWithTheSameValueAtTheKeyFollowEachOther() {
        ObjectNode draft = draft("limited-by-key");
        draft.withObject("/configuration/concurrency")
                .put("key", "input.customer.id")
                .put("runsPerKey", 1);
        machine.install("limited-by-key", draft);

        assertAllComplete(start("limited-by-key", 6));

        assertThat(mostAtOnce).hasValue(1);
    }

    private static ObjectNode draft(String name) {
        return Machine.draft("""
                export default async function (ctx) {
                  await fastn.connector.shop.slow({ x: 0 });
                }
                """, name, "standard");
    }

    private List<String> start(String workflow, int runs) {
        return IntStream.range(0, runs)
                .mapToObj(i -> machine.execute(workflow, "{\"customer\": {\"id\": 7}}")
                        .requireStatus(202)
                        .text("/data/executionId"))
                .toList();
    }

    private void assertAllComplete(List<String> executions) {
        assertThat(executions)
                .allSatisfy(id ->
                        assertThat(machine.awaitEnd(id).path("status").asText()).isEqualTo("Completed"));
    }
}
