package ai.fastn.camunda.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** When a step counts as one that takes long. */
class StepTimesTest {

    private static final Duration LIMIT = Duration.ofMillis(200);

    private final StepTimes times = new StepTimes(LIMIT);

    @Test
    void aStepThatHasNotRunIsNotLong() {
        assertThat(times.areLong()).isFalse();
    }

    @Test
    void oneLongRunAmongTheFirstIsEnough() {
        add(5, LIMIT);
        assertThat(times.areLong()).isFalse();
        add(1, LIMIT.plusMillis(1));
        assertThat(times.areLong()).isTrue();
    }

    @Test
    void amongTwentyRunsOneIsAnException() {
        add(1, LIMIT.plusMillis(1));
        add(19, Duration.ofMillis(3));
        assertThat(times.areLong()).isFalse();
        add(2, LIMIT.plusMillis(1));
        assertThat(times.areLong()).isTrue();
    }

    @Test
    void longRunsAreForgottenAfterTwentyShortOnes() {
        add(20, LIMIT.multipliedBy(2));
        add(18, Duration.ofMillis(3));
        assertThat(times.areLong()).isTrue();
        add(1, Duration.ofMillis(3));
        assertThat(times.areLong()).isFalse();
    }

    private void add(int count, Duration took) {
        for (int i = 0; i < count; i++) {
            times.add(took);
        }
    }
}
