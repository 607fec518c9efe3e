package ai.fastn.camunda.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.fastn.camunda.diagnostic.TakenOverException;
import ai.fastn.camunda.effect.EffectDatabases;
import ai.fastn.camunda.effect.secret.MasterKey;
import ai.fastn.camunda.effect.secret.Sealing;
import ai.fastn.camunda.effect.state.StateValues;
import ai.fastn.camunda.host.OwnThread;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Two runtimes over one PostgreSQL: what the one that lost a run still writes. */
@TestInstance(Lifecycle.PER_CLASS)
class FenceTest {

    private static final TestWorkflow WORKFLOW = TestWorkflow.with("a", "b", "t")
            .step("first", "t = await fastn.connector.world.tick(); a = await fastn.connector.world.write({ n: 1 });")
            .step("second", "b = await fastn.connector.world.write({ n: 2 });")
            .step(
                    "last",
                    "await fastn.state.set('k', { a, b }); await fastn.connector.world.write({ n: 4 }); return t;");
    private static final List<String> STEPS = List.of("first", "second", "last");

    private final DataSource database = EffectDatabases.plugin();
    private final PersistedRuns runs = new PersistedRuns(database);
    private final TestWorld world = new TestWorld();
    private final StateValues state =
            new StateValues(database, new Sealing(database, MasterKey.random()), Clock.systemUTC());
    private final StepRunner taker = TestEngine.runner(List.of(world, state), new JdbcJournal(database), limits());

    private static RuntimeLimits limits() {
        return TestEngine.LIMITS;
    }

    @AfterAll
    void close() {
        taker.close();
    }

    /** Call 0 is a read, 1 and 2 are writes, 3 commits with its record, 4 is a write. */
    @ParameterizedTest
    @CsvSource({"0, false", "0, true", "1, false", "1, true", "2, false", "2, true", "3, false", "3, true", "4, true"})
    void aNodeThatWakesUpInACallAfterItsRunWasTakenOverWritesNothing(int call, boolean afterPerforming) {
        world.reset(CrashPoints.none());
        RunScope scope = TestEngine.scope("{}");
        runs.begin(scope);
        SleepingNode node = new SleepingNode(call, afterPerforming);
        try (StepRunner zombie =
                TestEngine.runner(List.of(node.of(world), node.of(state)), new JdbcJournal(database), limits())) {
            CompletableFuture<Void> sleeping = OwnThread.run(() -> runAll(open(zombie, scope)));
            node.awaitSleep();

            LiveRun taken = open(taker, scope);
            runAll(taken);
            runs.write(scope, taken.checkpoint(false));
            List<String> recorded = journal(scope);
            node.wake();

            assertThatThrownBy(sleeping::join)
                    .isInstanceOf(CompletionException.class)
                    .hasCauseInstanceOf(TakenOverException.class)
                    .hasMessageContaining(scope.execution().value());
            assertThat(journal(scope)).isEqualTo(recorded).hasSize(5).doesNotHaveDuplicates();
            assertThat(world.writes()).as("different things written").isEqualTo(3);
            assertThat(rows("fastn_state WHERE workflow = 'test'")).isOne();
            taken.discard();
        }
    }

    @Test
    void theCheckpointOfARunThatWasTakenOverIsNotWritten() {
        RunScope scope = TestEngine.scope("{}");
        runs.begin(scope);
        LiveRun zombie = open(taker, scope);
        zombie.run("first", 1, deadline());
        LiveRun owner = open(taker, scope);
        owner.run("first", 1, deadline());
        Checkpoint late = zombie.checkpoint(true);

        assertThatThrownBy(() -> runs.write(scope, late)).isInstanceOf(TakenOverException.class);
        assertThatThrownBy(() -> runs.end(zombie.owner())).isInstanceOf(TakenOverException.class);

        runs.write(scope, owner.checkpoint(true));
        assertThat(rows("fastn_checkpoint WHERE base IS NOT NULL AND execution_id = '" + scope.execution() + "'"))
                .isOne();
        zombie.discard();
        owner.discard();
    }

    @Test
    void whatRunsWhileItIsCanceledWritesNothingAfterwards() {
        RunScope scope = TestEngine.scope("{}");
        runs.begin(scope);
        LiveRun run = open(taker, scope);
        run.run("first", 1, deadline());

        runs.cancel(scope);

        assertThatThrownBy(() -> run.run("second", 1, deadline())).isInstanceOf(TakenOverException.class);
        assertThat(journal(scope)).isEmpty();
        run.discard();
    }

    /** A job that was fetched before the run ended and is executed after it. */
    @Test
    void nobodyTakesOverARunThatHasEndedOrGoneOn() {
        RunScope scope = TestEngine.scope("{}");
        runs.begin(scope);
        LiveRun run = open(taker, scope);
        LiveRun late = open(taker, scope);
        run.run("first", 1, deadline());
        runs.write(scope, run.checkpoint(false));

        assertThatThrownBy(() -> late.run("first", 1, deadline())).isInstanceOf(TakenOverException.class);

        LiveRun later = open(taker, scope);
        runs.end(run.owner());

        assertThatThrownBy(() -> later.run("first", 1, deadline())).isInstanceOf(TakenOverException.class);
        run.discard();
    }

    @Test
    void aContextKeptBetweenJobsIsOnlyUsedWhileNobodyElseHadTheRun() {
        world.reset(CrashPoints.none());
        RunScope scope = TestEngine.scope("{}");
        runs.begin(scope);
        LiveRun mine = open(taker, scope);
        mine.run("first", 1, deadline());
        Checkpoint committed = mine.checkpoint(false);
        runs.write(scope, committed);
        mine.committed();
        Owner other = new JdbcJournal(database).take(scope.execution(), 1).owner();

        Checkpoint read = new Checkpoint(1, committed.base(), false, committed.path(), other.fence());
        LiveRun again = taker.open(scope, WORKFLOW.program(), Optional.of(read));
        again.run("second", 1, deadline());

        assertThat(again.owner().fence()).isGreaterThan(other.fence());
        again.discard();
    }

    private LiveRun open(StepRunner runner, RunScope scope) {
        return runner.open(scope, WORKFLOW.program(), Optional.empty());
    }

    private static void runAll(LiveRun run) {
        STEPS.forEach(step -> run.run(step, 1, deadline()));
    }

    private static Instant deadline() {
        return Instant.now().plusSeconds(30);
    }

    private List<String> journal(RunScope scope) {
        return JdbcClient.create(database)
                .sql("SELECT ordinal || ' ' || effect || ' ' || encode(content, 'escape') FROM fastn_journal"
                        + " WHERE execution_id = ? AND kind = 'OUTCOME' ORDER BY ordinal")
                .param(scope.execution().value())
                .query(String.class)
                .list();
    }

    private long rows(String from) {
        return JdbcClient.create(database)
                .sql("SELECT count(*) FROM " + from)
                .query(Long.class)
                .single();
    }
}
