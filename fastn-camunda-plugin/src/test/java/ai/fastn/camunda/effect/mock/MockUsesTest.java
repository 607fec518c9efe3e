package ai.fastn.camunda.effect.mock;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class MockUsesTest {

    private static final MockUse BY_FIRST = new MockUse(List.of(0, 1), OptionalInt.of(0), Optional.empty());

    private final MockUses uses = new MockUses();

    @Test
    void aCallCountsOnceHoweverOftenItIsMade() {
        uses.add(0, 3, BY_FIRST);
        uses.add(0, 3, BY_FIRST);

        assertThat(uses.answersBefore(0, 0, 4)).isEqualTo(1);
    }

    @Test
    void onlyCallsBeforeCountWhicheverIsOnRecordFirst() {
        uses.add(0, 5, BY_FIRST);

        assertThat(uses.answersBefore(0, 0, 4)).isZero();
        assertThat(uses.answersBefore(0, 0, 5)).isZero();
        assertThat(uses.answersBefore(0, 0, 6)).isEqualTo(1);
    }

    @Test
    void aRetryComesAfterAllCallsBeforeIt() {
        uses.add(0, 2, BY_FIRST);
        uses.add(0, 7, BY_FIRST);

        assertThat(uses.answersBefore(0, 1, 2)).isEqualTo(2);
    }

    @Test
    void aRuleThatWasForACallHasSeenItAlsoWhereAnotherOneAnswered() {
        uses.add(0, 0, BY_FIRST);

        assertThat(uses.matchesBefore(1, 0, 1)).isEqualTo(1);
        assertThat(uses.answersBefore(1, 0, 1)).isZero();
    }

    @Test
    void aUseIsTheSameAfterItWasWritten() {
        MockUse use = new MockUse(
                List.of(2, 4), OptionalInt.of(4), Optional.of(java.time.Instant.parse("2026-03-01T10:00:00.123Z")));

        assertThat(MockUse.of(use.text())).isEqualTo(use);
        assertThat(MockUse.of(BY_FIRST.text())).isEqualTo(BY_FIRST);
    }
}
