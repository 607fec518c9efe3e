package ai.fastn.camunda.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.effect.EffectDatabases;
import ai.fastn.camunda.runtime.TestEngine.Commit;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A run that dies in a call that must not be repeated unasked. */
@TestInstance(Lifecycle.PER_CLASS)
class InDoubtTest {

    private static final TestWorkflow WORKFLOW = TestWorkflow.with("t", "r", "e")
            .step("first", "t = await fastn.connector.world.tick();")
            .step("pay", "r = await fastn.connector.world.once({ amount: 5 });")
            .step("last", "await fastn.connector.world.write({ r }); return r;");

    private final DataSource database = EffectDatabases.plugin();
    private final PersistedRuns runs = new PersistedRuns(database);
    private final TestWorld world = new TestWorld();
    private final CrashingJournal journal = new CrashingJournal(new JdbcJournal(database));
    private final StepRunner runner = TestEngine.runner(List.of(world), journal, TestEngine.LIMITS);
    private final InDoubtCalls calls = new InDoubtCalls(new XorCipher());

    @AfterAll
    void close() {
        runner.close();
    }

    /** Wherever the run dies: the call is made once, or somebody is asked who knows. */
    @ParameterizedTest
    @EnumSource(names = {"AT_THE_END", "EVERY_NODE_FROM_A_BASE", "EVERY_NODE_FROM_THE_PATH"})
    void theCallIsMadeExactlyOnceWhereverTheRunDies(Commit commit) {
        int point = 0;
        int asked = 0;
        CrashPoints crash = new CrashPoints(point);
        boolean wasAsked = survives(commit, crash);
        while (crash.wasReached()) {
            asked += wasAsked ? 1 : 0;
            crash = new CrashPoints(++point);
            wasAsked = survives(commit, crash);
        }

        assertThat(point).as("crash points").isGreaterThan(8);
        // after the mark, before and after the call, before its record
        assertThat(asked).as("times somebody was asked").isEqualTo(4);
    }

    private boolean survives(Commit commit, CrashPoints crash) {
        world.reset(crash);
        journal.reset(crash);
        TestEngine engine = runs.engine(runner, WORKFLOW, commit);
        boolean asked = false;
        String result;
        try {
            result = engine.finish();
        } catch (InDoubtException doubt) {
            asked = true;
            assertThat(doubt.fields())
                    .containsEntry("call", 1)
                    .containsEntry("effect", "connector.world.once")
                    .extractingByKey("arguments")
                    .asString()
                    .contains("amount");
            assertThat(doubt).hasMessageContaining("connector.world.once");
            sayWhatHappened(engine.scope());
            result = engine.finish();
        }
        assertThat(result).isEqualTo("{\"once\":{\"amount\":5}}");
        assertThat(world.calls().stream().filter(call -> call.startsWith("once")))
                .hasSize(1);
        return asked;
    }

    private void sayWhatHappened(RunScope scope) {
        if (world.calls().stream().anyMatch(call -> call.startsWith("once"))) {
            happened(scope, 1, "{\"once\":{\"amount\":5}}");
        } else {
            didNotHappen(scope, 1);
        }
    }

    @Test
    void whatIsNotInDoubtCanNotBeAnswered() {
        world.reset(CrashPoints.none());
        journal.reset(CrashPoints.none());
        TestEngine engine = runs.engine(runner, WORKFLOW, Commit.AT_THE_END);
        engine.finish();

        assertThatThrownBy(() -> didNotHappen(engine.scope(), 1))
                .isInstanceOf(FastnException.class)
                .hasMessage("call 1 of execution \"" + engine.scope().execution() + "\" is not in doubt");
        assertThatThrownBy(() -> happened(engine.scope(), 7, "null")).hasMessageContaining("is not in doubt");
        assertThatThrownBy(() -> happened(TestEngine.scope("{}"), 1, "null")).hasMessageContaining("is not in doubt");
    }

    private void happened(RunScope scope, int call, String output) {
        answer(connection -> calls.happened(connection, scope, call, output));
    }

    private void didNotHappen(RunScope scope, int call) {
        answer(connection -> calls.didNotHappen(connection, scope, call));
    }

    private void answer(Answer answer) {
        new JournalDatabase(database).commit("the answer can not be written", connection -> {
            answer.write(connection);
            return true;
        });
    }

    private interface Answer {
        void write(Connection connection) throws SQLException;
    }

    @Test
    void anAnswerIsAsSecretAsTheRun() {
        TestWorkflow workflow = TestWorkflow.with("r")
                .step("secret", "await fastn.secrets.get('TOKEN');")
                .step("pay", "r = await fastn.connector.world.once({ amount: 5 }); return r;");
        journal.reset(CrashPoints.none());
        try (StepRunner withSecrets =
                TestEngine.runner(List.of(world, new TestSecrets("s3cr3t")), journal, TestEngine.LIMITS)) {
            TestEngine engine = runs.engine(withSecrets, workflow, Commit.EVERY_NODE_FROM_THE_PATH);
            world.reset(new CrashPoints(1));

            assertThat(catchThrowableOfType(InDoubtException.class, engine::finish))
                    .isNotNull();
            happened(engine.scope(), 1, "\"s3cr3t-receipt\"");

            assertThat(engine.finish()).contains("-receipt");
            assertThat(JdbcClient.create(database)
                            .sql("SELECT encode(content, 'escape') FROM fastn_journal WHERE execution_id = ?")
                            .param(engine.scope().execution().value())
                            .query(String.class)
                            .list())
                    .isNotEmpty()
                    .noneMatch(text -> text.contains("receipt"));
        }
    }
}
