package ai.fastn.camunda.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ai.fastn.camunda.diagnostic.TakenOverException;
import ai.fastn.camunda.effect.Effect;
import ai.fastn.camunda.effect.EffectDatabases;
import ai.fastn.camunda.effect.EffectOutcome;
import ai.fastn.camunda.effect.EffectRequest;
import ai.fastn.camunda.effect.EffectScope;
import ai.fastn.camunda.effect.OutcomeRecord;
import ai.fastn.camunda.host.OwnThread;
import ai.fastn.camunda.workflow.StepKind;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Journal and checkpoints in a real PostgreSQL. */
@TestInstance(Lifecycle.PER_CLASS)
class JdbcJournalTest {

    private static final String SECRET = "s3cr3t-value";

    private final DataSource dataSource = EffectDatabases.plugin();
    private final PersistedRuns runs = new PersistedRuns(dataSource);
    private final TestWorld world = new TestWorld();
    private final StepRunner runner = TestEngine.runner(
            List.of(world, new Counter(dataSource), new TestSecrets(SECRET)),
            new JdbcJournal(dataSource),
            TestEngine.LIMITS);

    @BeforeAll
    void createCounter() throws SQLException {
        execute("CREATE TABLE counter (n int)");
    }

    @AfterAll
    void close() {
        runner.close();
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private String single(String sql) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return String.valueOf(rows.getString(1));
        }
    }

    @Test
    void anOutcomeCommitsTogetherWithWhatTheEffectChanged() throws SQLException {
        TestWorkflow workflow = TestWorkflow.with("t", "n")
                .step("tick", "t = await fastn.connector.world.tick();")
                .step("count", "n = await fastn.state.set('k', t.n);")
                .step("done", "return t.n;");
        TestEngine engine = runs.engine(runner, workflow, TestEngine.Commit.EVERY_NODE_FROM_THE_PATH);

        assertThat(engine.finish()).isEqualTo("1");

        assertThat(single("SELECT count(*) FROM counter")).isEqualTo("1");
        assertThat(single("SELECT string_agg(effect, ',' ORDER BY ordinal) FROM fastn_journal WHERE execution_id = '"
                        + engine.scope().execution() + "'"))
                .isEqualTo("connector.world.tick,state.set");
        runs.cancel(engine.scope());
        assertThat(single("SELECT count(*) FROM fastn_journal WHERE execution_id = '"
                        + engine.scope().execution() + "'"))
                .isEqualTo("0");
    }

    @Test
    void nothingDerivedFromASecretIsStoredInClear() throws SQLException {
        TestWorkflow workflow = TestWorkflow.with("token", "r")
                .step("secret", "token = 'Bearer ' + await fastn.secrets.get('TOKEN');")
                .step("read", "r = await fastn.connector.world.read({ token });")
                .step("write", "await fastn.connector.world.write({ n: 1 });")
                .step("done", "return r.token === token;");
        for (TestEngine.Commit commit : TestEngine.Commit.values()) {
            TestEngine engine = runs.engine(runner, workflow, commit);

            assertThat(engine.finish()).isEqualTo("true");

            assertThat(single("SELECT string_agg(encode(content, 'escape'), '') FROM fastn_journal"))
                    .doesNotContain("s3cr3t", "Bearer");
            Checkpoint committed = engine.committed();
            assertThat(committed).isNotNull();
            if (committed.base() != null) {
                assertThat(new String(committed.base(), StandardCharsets.ISO_8859_1))
                        .doesNotContain("s3cr3t");
            }
        }
    }

    @Test
    void aCheckpointIsReadAsItWasWritten() throws SQLException {
        CheckpointTable table = new CheckpointTable();
        RunScope scope = TestEngine.scope("{}");
        Checkpoint first = new Checkpoint(1, new byte[] {1, 2}, true, new byte[] {3}, 0);
        Checkpoint second = new Checkpoint(2, new byte[] {1, 2}, false, new byte[] {4}, 0);
        try (Connection connection = dataSource.getConnection()) {
            table.begin(connection, scope.execution());
            assertThat(table.read(connection, scope.execution())).isEmpty();
            table.write(connection, scope.execution(), first);
            assertThat(table.read(connection, scope.execution())).isEqualTo(Optional.of(first));
            table.write(connection, scope.execution(), second);
            assertThat(table.read(connection, scope.execution())).isEqualTo(Optional.of(second));
            table.end(connection, scope.execution());
            assertThat(table.read(connection, scope.execution())).isEmpty();
        }
    }

    @Test
    void aLineThatTheOwnerCommitsWhileItsRunIsEndedFromOutsideGoesWithTheRun() throws SQLException {
        RunScope scope = TestEngine.scope("{}");
        runs.begin(scope);
        JdbcJournal journal = new JdbcJournal(dataSource);
        Owner owner = journal.take(scope.execution(), 0).owner();
        JournalLine line = new JournalLine(0, JournalLine.Kind.VALUES, 0, "", "", 0, new byte[] {1});
        CompletableFuture<Void> end;
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            journal.append(connection, owner, List.of(line));
            end = OwnThread.run(() -> runs.cancel(scope));
            await().until(() ->
                    single("SELECT count(*) FROM pg_locks WHERE NOT granted").equals("1"));
            connection.commit();
        }
        end.join();

        assertThat(journal.load(scope.execution())).isEmpty();
        assertThatThrownBy(() -> journal.append(owner, List.of(line))).isInstanceOf(TakenOverException.class);
    }

    /** {@code fastn.state}: changes a table and records the outcome in the same transaction. */
    private record Counter(DataSource dataSource) implements Effect {

        @Override
        public String family() {
            return "state";
        }

        @Override
        public StepKind kind(EffectRequest request) {
            return StepKind.WRITE;
        }

        @Override
        public EffectOutcome perform(EffectRequest request, EffectScope scope, OutcomeRecord record) {
            EffectOutcome outcome = new EffectOutcome.Succeeded("null");
            try (Connection connection = dataSource.getConnection();
                    Statement statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                statement.execute("INSERT INTO counter VALUES (1)");
                record.write(connection, outcome);
                connection.commit();
                return outcome;
            } catch (SQLException e) {
                return new EffectOutcome.Failed("StateError", String.valueOf(e.getMessage()), Map.of());
            }
        }
    }
}
