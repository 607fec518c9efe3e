package ai.fastn.camunda.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.effect.EffectDatabases;
import ai.fastn.camunda.runtime.TestEngine.Commit;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How much of the calls of a run is recorded: 1 MB for one and 4 MB for all here. */
@TestInstance(Lifecycle.PER_CLASS)
class RecordLimitsTest {

    private final DataSource database = EffectDatabases.plugin();
    private final PersistedRuns runs = new PersistedRuns(database);
    private final TestWorld world = new TestWorld();
    private final StepRunner runner = TestEngine.runner(List.of(world), new JdbcJournal(database), TestEngine.LIMITS);

    @AfterAll
    void close() {
        runner.close();
    }

    @Test
    void anOutcomeThatIsTooLargeIsAnErrorOfTheCall() {
        TestWorkflow workflow = TestWorkflow.with("e")
                .step("read", "try { await fastn.connector.world.large({ size: 1100000 }); } catch (x) { e = x; }")
                .step("done", "return [e.code, e.message];");

        assertThat(runs.engine(runner, workflow, Commit.EVERY_NODE_FROM_THE_PATH)
                        .finish())
                .isEqualTo(
                        "[\"FASTN-02012\",\"connector.world.large was performed, but its outcome of 1074 kB is larger"
                                + " than the 1024 kB that can be recorded\"]");
    }

    @Test
    void aRunThatHasRecordedTooMuchStopsBeforeItsNextCall() {
        world.reset(CrashPoints.none());
        TestWorkflow workflow = TestWorkflow.with()
                .step("reads", "for (let i = 0; i < 20; i++) await fastn.connector.world.large({ size: 900000 });")
                .step("done", "return 1;");
        TestEngine engine = runs.engine(runner, workflow, Commit.AT_THE_END);

        assertThatThrownBy(engine::finish)
                .isInstanceOfSatisfying(
                        FastnException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.RECORD_FULL))
                .hasMessageContaining("more than 4 MB");
        assertThat(world.calls().size()).as("calls").isBetween(4, 15);
    }

    @Test
    void largeOutcomesAreStoredCompressed() {
        TestWorkflow workflow = TestWorkflow.with("r")
                .step("read", "r = await fastn.connector.world.read({ text: 'x'.repeat(200000) });")
                .step("write", "await fastn.connector.world.write({ n: 1 });")
                .step("done", "return r.text.length;");
        TestEngine engine = runs.engine(runner, workflow, Commit.EVERY_NODE_FROM_THE_PATH);

        assertThat(engine.finish()).isEqualTo("200000");
        assertThat(JdbcClient.create(database)
                        .sql("SELECT max(length(content)) FROM fastn_journal WHERE execution_id = ?")
                        .param(engine.scope().execution().value())
                        .query(Integer.class)
                        .single())
                .isLessThan(5_000);
    }
}
