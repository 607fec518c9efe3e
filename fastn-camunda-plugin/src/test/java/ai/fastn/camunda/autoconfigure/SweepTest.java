package ai.fastn.camunda.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SweepTest {

    @Test
    void everyTaskIsDoneAgainAndAgainAlsoAfterOneThatFailed() {
        AtomicInteger removed = new AtomicInteger();
        Runnable failing = () -> {
            throw new IllegalStateException("the database is away");
        };
        try (Sweep sweep = new Sweep(List.of(failing, removed::incrementAndGet), Duration.ofMillis(5))) {
            sweep.sweep();
            await().untilAsserted(() -> assertThat(removed).hasValueGreaterThan(3));
        }
    }

    @Test
    void aTaskInBatchesGoesOnUntilABatchIsNotFull() {
        AtomicInteger left = new AtomicInteger(2_500);

        Sweep.inBatches(most -> {
                    int batch = Math.min(most, left.get());
                    left.addAndGet(-batch);
                    return batch;
                })
                .run();

        assertThat(left).hasValue(0);
    }
}
