package ai.fastn.camunda.effect.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** One line of calls, with a clock that stands still and callers without patience. */
class CallLineTest {

    private static final CallLimits TWO_PER_SECOND = new CallLimits(2, Duration.ofSeconds(1), 0);

    private long now = TimeUnit.HOURS.toNanos(1);
    private final CallLine line = new CallLine(() -> now);

    @Test
    void aCallCountsUntilSoLongAfterItsAnswer() throws InterruptedException {
        CallLine.Pass first = go("a", TWO_PER_SECOND);
        CallLine.Pass second = go("b", TWO_PER_SECOND);
        after(100);
        line.end(first);
        after(100);
        line.end(second);

        assertThat(later("c", TWO_PER_SECOND)).isEqualTo(900);
        assertThat(later("d", TWO_PER_SECOND)).isEqualTo(1_000);
        after(900);
        line.end(go("c", TWO_PER_SECOND));
        assertThat(later("d", TWO_PER_SECOND)).isEqualTo(100);
    }

    @Test
    void aSlowCallCountsFromTheMomentItMustHaveArrived() throws InterruptedException {
        line.end(go("a", TWO_PER_SECOND));
        go("slow", TWO_PER_SECOND);
        after(1_001);

        go("b", TWO_PER_SECOND);
        assertThat(later("c", TWO_PER_SECOND)).isEqualTo(999);
    }

    @Test
    void whoWentAwayKeepsItsPlace() throws InterruptedException {
        go("a", TWO_PER_SECOND);
        line.end(go("b", TWO_PER_SECOND));
        assertThat(later("first", TWO_PER_SECOND)).isEqualTo(1_000);
        assertThat(later("second", TWO_PER_SECOND)).isEqualTo(2_000);
        after(1_000);

        assertThat(later("newcomer", TWO_PER_SECOND))
                .as("the slot that is free now is that of the first")
                .isPositive();
        go("first", TWO_PER_SECOND);
        assertThat(later("newcomer", TWO_PER_SECOND)).isGreaterThan(later("second", TWO_PER_SECOND));
    }

    @Test
    void whoDoesNotComeBackIsForgotten() throws InterruptedException {
        CallLimits one = new CallLimits(0, Duration.ZERO, 1);
        CallLine.Pass running = go("a", one);
        assertThat(later("dead", one)).isPositive();
        line.end(running);
        after(11_000);

        go("b", one);
    }

    @Test
    void noCallGoesBeforeTheTimeTheServiceHasNamedAndTheOneThatHeardItIsTheNext() throws InterruptedException {
        CallLine.Pass heard = go("a", CallLimits.NONE);
        line.hold(heard, Duration.ofSeconds(5));
        line.end(heard);

        assertThat(later("b", CallLimits.NONE)).isEqualTo(5_000);
        assertThat(later("a", CallLimits.NONE)).isEqualTo(5_000);
        after(5_000);
        go("a", CallLimits.NONE);
        go("b", CallLimits.NONE);
    }

    @Test
    void aLineWithoutLimitsIsForgottenAtOnceAndOneThatCountsIsNot() throws InterruptedException {
        line.join();
        line.end(go("a", CallLimits.NONE));
        assertThat(line.leave()).isTrue();

        line.join();
        line.end(go("b", TWO_PER_SECOND));
        assertThat(line.leave()).isFalse();
        after(1_000);
        line.join();
        assertThat(line.leave()).isTrue();
    }

    private void after(long millis) {
        now += TimeUnit.MILLISECONDS.toNanos(millis);
    }

    private CallLine.Pass go(String call, CallLimits limits) throws InterruptedException {
        CallLine.Turn turn = line.enter(call, limits, Duration.ZERO);
        assertThat(turn).as(call).isInstanceOf(CallLine.Turn.Now.class);
        return ((CallLine.Turn.Now) turn).pass();
    }

    private long later(String call, CallLimits limits) throws InterruptedException {
        CallLine.Turn turn = line.enter(call, limits, Duration.ZERO);
        assertThat(turn).as(call).isInstanceOf(CallLine.Turn.Later.class);
        return ((CallLine.Turn.Later) turn).delay().toMillis();
    }
}
