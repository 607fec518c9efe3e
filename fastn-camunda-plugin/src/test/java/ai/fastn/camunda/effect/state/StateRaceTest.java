package ai.fastn.camunda.effect.state;

import static ai.fastn.camunda.effect.EffectCalls.NO_RECORD;
import static ai.fastn.camunda.effect.EffectCalls.TENANT_A;
import static ai.fastn.camunda.effect.EffectCalls.failed;
import static ai.fastn.camunda.effect.EffectCalls.scope;
import static ai.fastn.camunda.effect.EffectCalls.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import ai.fastn.camunda.effect.EffectDatabases;
import ai.fastn.camunda.effect.EffectOutcome;
import ai.fastn.camunda.effect.EffectRequest;
import ai.fastn.camunda.effect.MovedClock;
import ai.fastn.camunda.effect.secret.MasterKey;
import ai.fastn.camunda.effect.secret.Sealing;
import com.fasterxml.jackson.databind.JsonNode;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code setIfAbsent} and {@code increment}: what runs that meet at one key may rely on. */
class StateRaceTest {

    private static final DataSource PLUGIN = EffectDatabases.plugin();
    private static final Sealing SEALING = new Sealing(PLUGIN, MasterKey.random());

    private final MovedClock clock = new MovedClock();
    private final StateValues state = new StateValues(PLUGIN, SEALING, clock);
    private final StateValues otherNode = new StateValues(PLUGIN, SEALING, clock);
    private final String key = UUID.randomUUID().toString();

    @Test
    void oneOfManyRunsOnTwoNodesClaimsAKey() throws Exception {
        List<JsonNode> claims = together(16, n -> call(n, "state.setIfAbsent", "'value': " + n));

        assertThat(claims).extracting(JsonNode::asBoolean).containsOnlyOnce(true);
        int winner = IntStream.range(0, 16)
                .filter(n -> claims.get(n).asBoolean())
                .findFirst()
                .orElseThrow();
        assertThat(call("state.get").asInt()).isEqualTo(winner);
    }

    @Test
    void manyRunsOnTwoNodesCountEveryVisitOnce() throws Exception {
        List<JsonNode> counts = together(16, n -> call(n, "state.increment", "'value': 1"));

        assertThat(counts)
                .extracting(JsonNode::asLong)
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.rangeClosed(1, 16).boxed().toList());
        assertThat(call("state.get").asLong()).isEqualTo(16);
    }

    @Test
    void anExpiredValueIsClaimedAndCountedAnewAlthoughItWasNotSwept() {
        call("state.increment", "'value': 5, 'ttl': 60");
        clock.move(Duration.ofSeconds(59));
        assertThat(call("state.increment", "'value': 5, 'ttl': 60").asInt())
                .as("the time to live counts from the first")
                .isEqualTo(10);
        assertThat(call("state.setIfAbsent", "'value': 1").asBoolean()).isFalse();

        clock.move(Duration.ofSeconds(1));

        assertThat(call("state.increment", "'value': 5, 'ttl': 60").asInt()).isEqualTo(5);
        clock.move(Duration.ofSeconds(60));
        assertThat(call("state.setIfAbsent", "'value': 1, 'ttl': 60").asBoolean())
                .isTrue();
        clock.move(Duration.ofSeconds(60));
        assertThat(call("state.get").isNull()).isTrue();
    }

    @Test
    void aNullThatWasStoredIsAValue() {
        call("state.set", "'value': null");

        assertThat(call("state.setIfAbsent", "'value': 1").asBoolean()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "0.1, 0.2, 0.3",
        "9007199254740990, 1, 9007199254740991",
        "-9007199254740990, -1, -9007199254740991",
        "1, -1, 0",
        "1e3, 1, 1001",
        "-0, 0, 0",
        "1.5, 1.5, 3",
        "5e-324, 1, 1"
    })
    void numbersAreAddedExactly(String first, String second, String sum) {
        call("state.set", "'value': " + first);

        assertThat(call("state.increment", "'value': " + second)).hasToString(sum);
        assertThat(call("state.get")).hasToString(sum);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "7"                | is not a number that can be added to, but a string
            null               | is not a number that can be added to, but null
            {"n": 1}           | is not a number that can be added to, but an object
            [1]                | is not a number that can be added to, but an array
            true               | is not a number that can be added to, but a boolean
            1e300              | is not a number that can be added to, but a number that is too large
            9007199254740991   | would leave the numbers that JavaScript counts exactly, -9007199254740991 to 9007199254740991
            """)
    void whatCanNotBeAddedToIsNamedAndStays(String value, String message) {
        call("state.set", "'value': " + value);

        EffectOutcome.Failed outcome = failed(perform(state, "state.increment", "'value': 1"));

        assertThat(outcome.message()).isEqualTo("value of state key \"" + key + "\" " + message);
        assertThat(outcome.fields()).containsEntry("code", "FASTN-03022").containsEntry("retryable", false);
        assertThat(call("state.get").toString())
                .isEqualTo(succeeded(new EffectOutcome.Succeeded(value)).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "'1'", "1e17", "{}"})
    void whatIsNoNumberIsNotAdded(String by) {
        assertThat(failed(perform(state, "state.increment", "'value': " + by)).fields())
                .containsEntry("code", "FASTN-03020");
        assertThat(call("state.get").isNull()).isTrue();
    }

    @Test
    void aRecordThatCanNotBeWrittenTakesTheCountWithIt() {
        call("state.increment", "'value': 1");

        failed(state.perform(request("state.increment", "'value': 1"), scope(TENANT_A), (connection, ignored) -> {
            throw new SQLException("connection lost", "08006");
        }));

        assertThat(call("state.get").asInt()).isEqualTo(1);
    }

    private JsonNode call(String name) {
        return call(name, "'scope': 'ORG'");
    }

    private JsonNode call(String name, String more) {
        return call(0, name, more);
    }

    private JsonNode call(int node, String name, String more) {
        return succeeded(perform(node % 2 == 0 ? state : otherNode, name, more));
    }

    private EffectOutcome perform(StateValues node, String name, String more) {
        return node.perform(request(name, more), scope(TENANT_A), NO_RECORD);
    }

    private EffectRequest request(String name, String more) {
        return new EffectRequest(name, ("{'key': '" + key + "', " + more + "}").replace('\'', '"'));
    }

    private static List<JsonNode> together(int runs, Call call) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(runs);
        CyclicBarrier barrier = new CyclicBarrier(runs);
        List<Future<JsonNode>> answers = new ArrayList<>();
        for (int n = 0; n < runs; n++) {
            int number = n;
            answers.add(threads.submit(() -> {
                barrier.await();
                return call.of(number);
            }));
        }
        List<JsonNode> results = new ArrayList<>();
        for (Future<JsonNode> answer : answers) {
            results.add(answer.get());
        }
        threads.shutdown();
        return results;
    }

    /** What one of several runs does. */
    private interface Call {
        JsonNode of(int run);
    }
}
