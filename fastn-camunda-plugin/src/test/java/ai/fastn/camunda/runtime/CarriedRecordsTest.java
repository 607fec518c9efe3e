package ai.fastn.camunda.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import ai.fastn.camunda.effect.EffectDatabases;
import ai.fastn.camunda.effect.secret.MasterKey;
import ai.fastn.camunda.effect.secret.Sealing;
import ai.fastn.camunda.effect.state.StateValues;
import ai.fastn.camunda.workflow.ExecutionId;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** What waits to be on record before a write of state gets there in the transaction of that write. */
class CarriedRecordsTest {

    private final DataSource database = EffectDatabases.plugin();
    private final Watched transactions = new Watched(new JdbcJournal(database));
    private final StepRunner runner = TestEngine.runner(
            List.of(
                    new TestWorld(),
                    new StateValues(database, new Sealing(database, MasterKey.random()), Clock.systemUTC())),
            transactions,
            TestEngine.LIMITS);

    @Test
    void readsBeforeAWriteOfStateCommitWithIt() {
        run("let r = await fastn.connector.world.read({ x: 1 }); await fastn.state.set('a', [r.x, Date.now()]);"
                + " await fastn.state.get('a'); await fastn.state.set('b', 2);");

        assertThat(transactions.seen)
                .containsExactly("carried connector.world.read, VALUES, state.set", "carried state.get, state.set");
    }

    @Test
    void aWriteBesideAnotherOneDoesNotStartBeforeTheRecord() {
        run("await fastn.connector.world.read({ x: 1 });"
                + " await Promise.all([fastn.state.set('a', 1), fastn.state.set('b', 2)]);");

        assertThat(transactions.seen)
                .as("the first carries the read, which the second writes too: whichever commits first")
                .contains("own connector.world.read")
                .anyMatch(line -> line.equals("carried connector.world.read, state.set"))
                .anyMatch(line -> line.equals("carried state.set"));
    }

    private void run(String code) {
        RunScope scope = TestEngine.scope("{}");
        new PersistedRuns(database).begin(scope);
        LiveRun run =
                runner.open(scope, TestWorkflow.with("r").step("all", code).program(), Optional.empty());
        assertThat(run.run("all", 1, Instant.now().plusSeconds(60))).isInstanceOf(StepOutcome.Completed.class);
        run.discard();
        runner.close();
    }

    /** Tells in which transactions lines are written. */
    private static final class Watched implements JournalStore {

        private final JournalStore real;
        private final List<String> seen = new ArrayList<>();

        Watched(JournalStore real) {
            this.real = real;
        }

        @Override
        public Taken take(ExecutionId execution, long sequence) {
            return real.take(execution, sequence);
        }

        @Override
        public List<JournalLine> load(ExecutionId execution) {
            return real.load(execution);
        }

        @Override
        public int append(Owner owner, List<JournalLine> lines) {
            note("own ", lines);
            return real.append(owner, lines);
        }

        @Override
        public boolean append(Connection connection, Owner owner, List<JournalLine> lines) throws SQLException {
            note("carried ", lines);
            return real.append(connection, owner, lines);
        }

        @Override
        public void forget(Owner owner, JournalLine started) {
            real.forget(owner, started);
        }

        private synchronized void note(String how, List<JournalLine> lines) {
            List<String> names = lines.stream()
                    .map(line -> line.effect().isEmpty() ? line.kind().name() : line.effect())
                    .toList();
            seen.add(how + String.join(", ", names));
        }
    }
}
