package ai.fastn.camunda.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.camunda.bpm.engine.impl.el.StartProcessVariableScope;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The table of {@code camunda.md} 2.1, row by row. */
class RetryCycleTest {

    private static final VariableScope SCOPE = StartProcessVariableScope.getSharedInstance();

    @BeforeEach
    void stopTheClock() {
        ClockUtil.setCurrentTime(ClockUtil.getCurrentTime());
    }

    @AfterEach
    void resetTheClock() {
        ClockUtil.reset();
    }

    @Test
    void aStepWithoutACycleHasOneAttempt() {
        assertThat(RetryCycle.parse(Optional.empty()).attempts(SCOPE)).isEqualTo(1);
    }

    @Test
    void aListOfIntervalsGivesOneAttemptMore() {
        RetryCycle cycle = RetryCycle.parse(Optional.of("PT5S,PT10S"));

        assertThat(cycle.attempts(SCOPE)).isEqualTo(3);
        assertThat(cycle.waitAfter(SCOPE, 3)).isEqualTo(Duration.ofSeconds(5));
        assertThat(cycle.waitAfter(SCOPE, 2)).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void aRepetitionCountsItsAttempts() {
        RetryCycle cycle = RetryCycle.parse(Optional.of("R3/PT10S"));

        assertThat(cycle.attempts(SCOPE)).isEqualTo(3);
        assertThat(cycle.waitAfter(SCOPE, 3)).isEqualTo(Duration.ofSeconds(10));
        assertThat(cycle.waitAfter(SCOPE, 2)).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void oneRepetitionIsNoRetry() {
        assertThat(RetryCycle.parse(Optional.of("R1/PT1S")).attempts(SCOPE)).isEqualTo(1);
    }

    @Test
    void oneIntervalGivesTwoAttempts() {
        assertThat(RetryCycle.parse(Optional.of("PT0.5S")).attempts(SCOPE)).isEqualTo(2);
        assertThat(RetryCycle.parse(Optional.of("PT0.5S")).waitAfter(SCOPE, 2)).isEqualTo(Duration.ofMillis(500));
    }
}
