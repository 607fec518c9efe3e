package ai.fastn.camunda.effect.state;

import static ai.fastn.camunda.effect.EffectCalls.NO_RECORD;
import static ai.fastn.camunda.effect.EffectCalls.TENANT_A;
import static ai.fastn.camunda.effect.EffectCalls.TENANT_B;
import static ai.fastn.camunda.effect.EffectCalls.failed;
import static ai.fastn.camunda.effect.EffectCalls.json;
import static ai.fastn.camunda.effect.EffectCalls.scope;
import static ai.fastn.camunda.effect.EffectCalls.succeeded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.fastn.camunda.effect.EffectDatabases;
import ai.fastn.camunda.effect.EffectOutcome;
import ai.fastn.camunda.effect.EffectRequest;
import ai.fastn.camunda.effect.EffectScope;
import ai.fastn.camunda.effect.MovedClock;
import ai.fastn.camunda.effect.secret.MasterKey;
import ai.fastn.camunda.effect.secret.Sealing;
import ai.fastn.camunda.workflow.ConnectorVersions;
import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;

class StateValuesTest {

    private static final DataSource PLUGIN = EffectDatabases.plugin();
    private static final Sealing SEALING = new Sealing(PLUGIN, MasterKey.random());

    private final MovedClock clock = new MovedClock();
    private final StateValues state = new StateValues(PLUGIN, SEALING, clock);
    private final EffectScope run = scope(TENANT_A);

    @Test
    void anOrgValueIsSeenByTheNextRunOfTheSameTenantOnly() {
        call("state.set", run, "{'key': 'deal:1', 'value': {'processedAt': 'now', 'n': [1, 2.5, null]}}");

        assertThat(call("state.get", scope(TENANT_A), "{'key': 'deal:1', 'scope': 'ORG'}"))
                .hasToString("{\"processedAt\":\"now\",\"n\":[1,2.5,null]}");
        assertThat(call("state.get", scope(TENANT_B), "{'key': 'deal:1'}").isNull())
                .isTrue();
    }

    @Test
    void anInvocationValueIsSeenByItsRunOnlyAndGoesWithIt() throws SQLException {
        call("state.set", run, "{'key': 'cursor', 'value': 7, 'scope': 'INVOCATION'}");

        assertThat(call("state.get", run, "{'key': 'cursor', 'scope': 'INVOCATION'}")
                        .asInt())
                .isEqualTo(7);
        assertThat(call("state.get", run, "{'key': 'cursor'}").isNull()).isTrue();
        assertThat(call("state.get", scope(TENANT_A), "{'key': 'cursor', 'scope': 'INVOCATION'}")
                        .isNull())
                .isTrue();

        try (Connection connection = PLUGIN.getConnection()) {
            state.clearInvocation(connection, run.execution());
        }

        assertThat(call("state.get", run, "{'key': 'cursor', 'scope': 'INVOCATION'}")
                        .isNull())
                .isTrue();
    }

    @Test
    void aValueIsMissingWhenItsTimeToLiveIsOverAndIsThenSwept() {
        call("state.set", run, "{'key': 'short', 'value': 1, 'ttl': 60}");
        clock.move(Duration.ofSeconds(59));
        assertThat(call("state.get", run, "{'key': 'short'}").asInt()).isEqualTo(1);

        clock.move(Duration.ofSeconds(1));

        assertThat(call("state.get", run, "{'key': 'short'}").isNull()).isTrue();
        assertThat(rows("short")).isOne();
        state.sweepExpired(100);
        assertThat(rows("short")).isZero();
    }

    @Test
    void theEndOfAnInstantRunWithoutInvocationStateAsksNothingOfTheDatabase() {
        AtomicInteger connections = new AtomicInteger();
        StateValues counted = new StateValues(counting(connections), SEALING, clock);
        EffectScope instant = new EffectScope(
                run.tenant(),
                run.environment(),
                run.workflow(),
                run.execution(),
                0,
                0,
                false,
                List.of(),
                0,
                false,
                ConnectorVersions.NONE,
                run.remaining());
        counted.perform(new EffectRequest("state.set", "{\"key\": \"o\", \"value\": 1}"), instant, NO_RECORD);

        counted.clearInvocation(run.execution());
        assertThat(connections).hasValue(1);

        counted.perform(
                new EffectRequest("state.set", "{\"key\": \"i\", \"value\": 1, \"scope\": \"INVOCATION\"}"),
                instant,
                NO_RECORD);
        counted.clearInvocation(run.execution());
        counted.clearInvocation(run.execution());

        assertThat(connections).hasValue(3);
        assertThat(rows("i")).isZero();
    }

    private DataSource counting(AtomicInteger connections) {
        return new DelegatingDataSource(PLUGIN) {
            @Override
            public Connection getConnection() throws SQLException {
                connections.incrementAndGet();
                return super.getConnection();
            }
        };
    }

    @Test
    void valuesOfAnInstantRunThatDiedAreSweptAndThoseOfLivingRunsStay() throws SQLException {
        EffectDatabases.execute(
                PLUGIN,
                "INSERT INTO fastn_checkpoint (execution_id, sequence, path) VALUES ('" + run.execution()
                        + "', 0, '')");
        call("state.set", run, "{'key': 'living', 'value': 1, 'scope': 'INVOCATION'}");
        EffectScope dead = scope(TENANT_A);
        call("state.set", dead, "{'key': 'dead', 'value': 1, 'scope': 'INVOCATION'}");
        state.sweepInvocations(100);
        assertThat(rows("dead")).as("it may still run").isOne();

        clock.move(Duration.ofMinutes(11));
        state.sweepInvocations(100);

        assertThat(rows("dead")).isZero();
        assertThat(rows("living")).isOne();
    }

    @Test
    void deleteTellsWhetherThereWasAValue() {
        call("state.set", run, "{'key': 'gone', 'value': null, 'ttl': null}");

        assertThat(call("state.delete", run, "{'key': 'gone'}").asBoolean()).isTrue();
        assertThat(call("state.delete", run, "{'key': 'gone'}").asBoolean()).isFalse();
    }

    @Test
    void valueAndRecordAreCommittedTogether() {
        List<EffectOutcome> recorded = new ArrayList<>();
        EffectRequest set = new EffectRequest("state.set", "{\"key\": \"both\", \"value\": 1}");

        state.perform(set, run, (connection, outcome) -> {
            assertThat(rows("both")).as("seen by others before the record").isZero();
            recorded.add(outcome);
        });

        assertThat(recorded).containsExactly(new EffectOutcome.Succeeded("null"));
        assertThat(rows("both")).isOne();
    }

    @Test
    void aRecordThatCanNotBeWrittenTakesTheValueWithIt() {
        EffectRequest set = new EffectRequest("state.set", "{\"key\": \"neither\", \"value\": 1}");

        EffectOutcome.Failed outcome = failed(state.perform(set, run, (connection, ignored) -> {
            throw new SQLException("connection lost", "08006");
        }));

        assertThat(outcome.fields()).containsEntry("code", "FASTN-03021").containsEntry("retryable", true);
        assertThat(rows("neither")).isZero();
    }

    @Test
    void aFencedRunChangesNothing() {
        EffectRequest set = new EffectRequest("state.set", "{\"key\": \"fenced\", \"value\": 1}");

        assertThatThrownBy(() -> state.perform(set, run, (connection, ignored) -> {
                    throw new IllegalStateException("fenced");
                }))
                .hasMessage("fenced");

        assertThat(rows("fenced")).isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'key': 5, 'value': 1}                             | key of a state value is not a string
            {'key': '', 'value': 1}                            | key of a state value has 0 characters; allowed are 1 to 512
            {'key': 'a\\u0000', 'value': 1}                    | key of a state value holds a NUL character or half a surrogate pair
            {'key': 'a\\ud800', 'value': 1}                    | key of a state value holds a NUL character or half a surrogate pair
            {'key': 'k'}                                       | value of state key "k" is undefined; store null, or call delete
            {'key': 'k', 'value': 1, 'scope': 'GLOBAL'}        | scope of a state value is neither "ORG" nor "INVOCATION"
            {'key': 'k', 'value': 1, 'ttl': 0}                 | ttl of a state value is not a number of seconds above 0 and up to 315360000
            {'key': 'k', 'value': 1, 'ttl': '60'}              | ttl of a state value is not a number of seconds above 0 and up to 315360000
            """)
    void wrongArgumentsAreNamed(String arguments, String message) {
        EffectOutcome.Failed outcome =
                failed(state.perform(new EffectRequest("state.set", arguments.replace('\'', '"')), run, NO_RECORD));

        assertThat(outcome.name()).isEqualTo("StateError");
        assertThat(outcome.message()).isEqualTo(message);
        assertThat(outcome.fields()).containsEntry("code", "FASTN-03020").containsEntry("retryable", false);
    }

    @ParameterizedTest
    @ValueSource(strings = {"'\\ud800'", "'\\u0000'", "1e400", "'😀'", "123456789012345678901234567890", "[]"})
    void everyJsonValueComesBackAsItWas(String value) {
        call("state.set", run, "{'key': 'odd', 'value': " + value + "}");

        assertThat(call("state.get", run, "{'key': 'odd'}")).isEqualTo(json(value.replace('\'', '"')));
    }

    @Test
    void aValueAboveTheLimitIsRefused() {
        String large = "\"" + "x".repeat(StateCall.LARGEST_VALUE_BYTES) + "\"";

        assertThat(failed(state.perform(
                                new EffectRequest("state.set", "{\"key\": \"big\", \"value\": " + large + "}"),
                                run,
                                NO_RECORD))
                        .message())
                .isEqualTo("value of state key \"big\" has 1048578 bytes as JSON; at most 1048576 bytes can be stored");
    }

    @Test
    void getIsAReadAndTheOthersAreWrites() {
        assertThat(List.of("state.get", "state.set", "state.delete", "state.setIfAbsent", "state.increment"))
                .extracting(name -> state.kind(new EffectRequest(name, "{}")).name())
                .containsExactly("READ", "WRITE", "WRITE", "WRITE", "WRITE");
    }

    private JsonNode call(String name, EffectScope scope, String arguments) {
        return succeeded(state.perform(new EffectRequest(name, arguments.replace('\'', '"')), scope, NO_RECORD));
    }

    private static int rows(String key) {
        return JdbcClient.create(PLUGIN)
                .sql("SELECT count(*) FROM fastn_state WHERE key = ?")
                .param(key)
                .query(Integer.class)
                .single();
    }
}
