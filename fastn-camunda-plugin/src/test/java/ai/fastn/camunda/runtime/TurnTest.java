package ai.fastn.camunda.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.fastn.camunda.effect.Effect;
import ai.fastn.camunda.effect.EffectDatabases;
import ai.fastn.camunda.effect.EffectOutcome;
import ai.fastn.camunda.effect.EffectRequest;
import ai.fastn.camunda.effect.EffectScope;
import ai.fastn.camunda.effect.InDoubt;
import ai.fastn.camunda.effect.OutcomeRecord;
import ai.fastn.camunda.workflow.StepKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls whose turn has not come when they are made. */
class TurnTest {

    private final List<Duration> delays = new ArrayList<>();
    private final List<String> calls = new ArrayList<>();
    private final DataSource database = EffectDatabases.plugin();
    private final PersistedRuns runs = new PersistedRuns(database);
    private final StepRunner runner =
            TestEngine.runner(List.of(new Narrow()), new JdbcJournal(database), TestEngine.LIMITS);
    private final RunScope scope = TestEngine.scope("{}");
    private final TestWorkflow workflow =
            TestWorkflow.with("sum").step("all", "const a = await fastn.connector.narrow.pay({n: 1}); return a;");

    @AfterEach
    void close() {
        runner.close();
    }

    @Test
    void aShortWaitIsSpentInTheStep() {
        delays.add(Duration.ofMillis(5));
        delays.add(Duration.ofMillis(5));

        runs.begin(scope);
        LiveRun run = open();
        assertThat(run(run)).isInstanceOf(StepOutcome.Completed.class);

        assertThat(calls).containsExactly("later", "later", "paid 0");
        run.discard();
    }

    @Test
    void aLongWaitLeavesTheThreadAndTheCallIsNotInDoubtAfterwards() {
        delays.add(Duration.ofHours(1));
        runs.begin(scope);
        LiveRun before = open();
        Instant now = Instant.now();

        ParkedException parked = catchThrowableOfType(ParkedException.class, () -> run(before));
        before.discard();

        assertThat(parked.due().orElseThrow()).isBetween(now.plusSeconds(3_590), now.plusSeconds(3_700));
        assertThat(parked.events()).isEmpty();
        assertThat(parked.calls()).isEmpty();
        LiveRun after = open();
        assertThat(run(after)).isInstanceOf(StepOutcome.Completed.class);
        assertThat(calls).containsExactly("later", "paid 0");
        after.discard();
    }

    private LiveRun open() {
        return runner.open(scope, workflow.program(), Optional.empty());
    }

    private static StepOutcome run(LiveRun run) {
        return run.run("all", 1, Instant.now().plusSeconds(7_200));
    }

    /** Takes a call when there is no delay left; a call that has begun must not be repeated unasked. */
    private final class Narrow implements Effect {

        @Override
        public String family() {
            return "connector";
        }

        @Override
        public StepKind kind(EffectRequest request) {
            return StepKind.WRITE;
        }

        @Override
        public InDoubt inDoubt(EffectRequest request) {
            return InDoubt.FAIL;
        }

        @Override
        public synchronized EffectOutcome perform(EffectRequest request, EffectScope scope, OutcomeRecord record) {
            if (!delays.isEmpty()) {
                calls.add("later");
                return new EffectOutcome.Later(delays.remove(0));
            }
            calls.add("paid " + scope.ordinal());
            return new EffectOutcome.Succeeded("{\"output\":1,\"status\":200,\"durationMs\":3}");
        }
    }
}
