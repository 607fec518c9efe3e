package ai.fastn.camunda.rest;

import static org.assertj.core.api.Assertions.assertThat;

import ai.fastn.camunda.effect.secret.SecretStore;
import ai.fastn.camunda.host.RunningHost;
import ai.fastn.camunda.workflow.TenantId;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs over HTTP: what goes in, what comes out, and how a run that fails is told. */
class ExecuteHttpTest {

    private static final String ECHO = "export default async (ctx) => ctx.input";

    private RunningHost host;
    private Machine machine;

    @BeforeEach
    void connect() {
        host = RunningHost.shared();
        machine = Machine.of(host);
    }

    @Test
    void anInstantRunAnswersWithItsResult() {
        install("inline", "instant", """
                    export default async function (ctx) {
                      const a = await fastn.connector.shop.read({x: ctx.input.n});
                      return {value: a.value, headers: ctx.headers, trigger: ctx.execution.trigger};
                    }""");

        Reply run =
                machine.with("x-custom", "1").execute("inline", "{\"n\": 7}").requireStatus(200);

        assertThat(run.body()).isEqualTo("{\"data\":{\"value\":\"7\",\"headers\":{},\"trigger\":\"api\"}}");
        assertThat(run.header("content-type")).isEqualTo("application/json");
        JsonNode execution = machine.get("/executions/" + run.header("x-fastn-execution-id"))
                .requireStatus(200)
                .json();
        assertThat(execution.path("status").asText()).isEqualTo("Completed");
        assertThat(execution.path("triggeredBy").asText()).isEqualTo("api");
        assertThat(execution.path("startedBy").asText()).isEqualTo("test key");
        assertThat(execution.path("workflow").asText()).isEqualTo("inline");
        assertThat(execution.path("tier").asText()).isEqualTo("instant");
        assertThat(execution.path("version").asInt()).isEqualTo(1);
        assertThat(execution.at("/result/value").asText()).isEqualTo("7");
        assertThat(execution.path("error").isNull()).isTrue();
        assertThat(execution.path("durationMs").isIntegralNumber()).isTrue();
    }

    @Test
    void aStandardRunIsAcceptedAndItsResultIsPolled() {
        install("background", "standard", """
                    export default async function (ctx) {
                      const a = await fastn.connector.shop.write({x: ctx.input.n});
                      await fastn.sleep(50);
                      return a.value + '!';
                    }""");

        Reply accepted = machine.execute("background", "{\"n\": 5}").requireStatus(202);

        String id = accepted.text("/data/executionId");
        assertThat(accepted.text("/data/status")).isEqualTo("Running");
        assertThat(accepted.header("x-fastn-execution-id")).isEqualTo(id);
        JsonNode execution = machine.awaitEnd(id);
        assertThat(execution.path("status").asText()).isEqualTo("Completed");
        assertThat(execution.path("result").asText()).isEqualTo("5!");
        assertThat(execution.path("endedAt").isNull()).isFalse();
        assertThat(host.shop().calls()).containsOnlyOnce("write/5");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "true",
                "[]",
                "{}",
                "\"\"",
                "-1.5",
                "[1,[2,[3,null]],{\"a\":[{}]}]",
                "{\"ключ\":\"значение \uD83D\uDE80 \\u0000 \\\"\"}",
                "{\"__proto__\":{\"polluted\":true},\"constructor\":1,\"toString\":2}"
            })
    void anyJsonArrivesAndReturnsUnchanged(String input) {
        ensureEcho();
        assertThat(machine.execute("echo", input).requireStatus(200).body()).isEqualTo("{\"data\":" + input + "}");
    }

    @Test
    void withoutABodyOrAnInputTheInputIsNull() {
        ensureEcho();
        assertThat(machine.post("/workflows/echo/execute", "")
                        .requireStatus(200)
                        .body())
                .isEqualTo("{\"data\":null}");
        assertThat(machine.post("/workflows/echo/execute", "{}")
                        .requireStatus(200)
                        .body())
                .isEqualTo("{\"data\":null}");
    }

    @Test
    void numbersArriveAsJavaScriptReadsThem() {
        install(
                "numbers",
                "instant",
                "export default async (ctx) => ctx.input.map((n) => [typeof n, String(n), Object.is(n, -0)])");

        Reply run = machine.execute("numbers", "[12345678901234567890, 1.0, 1e5, 0.1, -0, 1e-400, 9007199254740993]");

        assertThat(run.requireStatus(200).body())
                .isEqualTo("{\"data\":[[\"number\",\"12345678901234567000\",false],[\"number\",\"1\",false],"
                        + "[\"number\",\"100000\",false],[\"number\",\"0.1\",false],[\"number\",\"0\",true],"
                        + "[\"number\",\"0\",false],[\"number\",\"9007199254740992\",false]]}");
    }

    @Test
    void keysNamedProtoAreDataAndChangeNoPrototype() {
        install(
                "proto",
                "instant",
                "export default async (ctx) => [Object.keys(ctx.input), ({}).polluted === undefined, ctx.input.polluted === undefined]");

        assertThat(machine.execute(
                                "proto",
                                "{\"__proto__\": {\"polluted\": true}, \"constructor\": {\"prototype\": {\"polluted\": 1}}}")
                        .requireStatus(200)
                        .body())
                .isEqualTo("{\"data\":[[\"__proto__\",\"constructor\"],true,true]}");
    }

    @Test
    void fiveMegabytesArriveIntact() {
        ensureEcho();
        String text = "aé\uD83D\uDE80\\n".repeat(600_000);
        Reply run = machine.execute("echo", "[\"" + text + "\"]").requireStatus(200);

        assertThat(run.body().getBytes(StandardCharsets.UTF_8)).hasSizeGreaterThan(5_000_000);
        assertThat(run.body()).isEqualTo("{\"data\":[\"" + text + "\"]}");
    }

    @Test
    void anErrorOfTheCodeIsToldWithItsPlace() {
        install("throws", "instant", """
                    export default async function (ctx) {
                      if (ctx.input.fail) {
                        throw Object.assign(new RangeError('no item \\u0000 7'), {status: 418, detail: null});
                      }
                      return 1;
                    }""");

        Reply failed = machine.execute("throws", "{\"fail\": true}");

        assertThat(failed.requireProblem(422, "FASTN-02001")).isEqualTo("no item \uFFFD 7");
        JsonNode error = failed.json().path("error");
        assertThat(error.path("name").asText()).isEqualTo("RangeError");
        assertThat(error.path("message").asText()).isEqualTo("no item \uFFFD 7");
        assertThat(error.path("line").asInt()).isEqualTo(3);
        assertThat(error.path("column").asInt()).isGreaterThan(4);
        assertThat(error.path("step").asText()).isNotEmpty();
        assertThat(error.path("status").asInt()).isEqualTo(418);
        assertThat(error.path("detail").isNull()).isTrue();
        String id = failed.text("/executionId");
        assertThat(failed.header("x-fastn-execution-id")).isEqualTo(id);
        JsonNode execution = machine.get("/executions/" + id).requireStatus(200).json();
        assertThat(execution.path("status").asText()).isEqualTo("Failed");
        assertThat(execution.path("error")).isEqualTo(error);
        assertThat(execution.path("result").isNull()).isTrue();
    }

    @Test
    void aFailedConnectorCallTellsStatusAndConnector() {
        host.shop().failNext("always", 1);
        install("calls-out", "instant", "export default async () => await fastn.connector.shop.flaky({x: 'always'})");

        Reply failed = machine.execute("calls-out", "null");

        failed.requireProblem(422, "FASTN-02001");
        assertThat(failed.text("/error/code")).isEqualTo("FASTN-03003");
        assertThat(failed.json().at("/error/status").asInt()).isEqualTo(503);
        assertThat(failed.text("/error/connector")).isEqualTo("shop");
        assertThat(failed.text("/error/action")).isEqualTo("flaky");
    }

    @Test
    void aStandardRunThatFailsHasItsErrorInTheLog() {
        install("fails-later", "standard", "export default async () => { throw new TypeError('bad \\u0000 deal'); }");

        JsonNode execution =
                machine.awaitEnd(machine.execute("fails-later", "null").text("/data/executionId"));

        assertThat(execution.path("status").asText()).isEqualTo("Failed");
        assertThat(execution.at("/error/name").asText()).isEqualTo("TypeError");
        assertThat(execution.at("/error/message").asText()).isEqualTo("bad \uFFFD deal");
        assertThat(execution.at("/error/code").asText()).isEqualTo("FASTN-02001");
    }

    @Test
    void aResultWithoutAJsonFormIsRefused() {
        install("cyclic", "instant", "export default async () => { const a = {}; a.a = a; return a; }");

        assertThat(machine.execute("cyclic", "null").requireProblem(422, "FASTN-02006"))
                .contains("JSON");
    }

    @Test
    void anInstantRunOverItsTimeoutAnswers408() {
        ObjectNode draft = Machine.draft("export default async () => { while (true) {} }", "Spin", "instant");
        draft.withObject("/configuration").put("timeoutMs", 1000);
        machine.install("spin", draft);

        Reply late = machine.execute("spin", "null");

        late.requireProblem(408, "FASTN-02002");
        assertThat(machine.get("/executions/" + late.text("/executionId")).text("/status"))
                .isEqualTo("Timeout");
    }

    @Test
    void deepResultsAndErrorsAreListed() {
        install(
                "deep",
                "instant",
                "export default async (ctx) => { let a = []; for (let i = 0; i < ctx.input; i++) a = [a];"
                        + " if (ctx.input > 1000) throw Object.assign(new Error('deep'), {a}); return a; }");

        machine.execute("deep", "900").requireStatus(200);
        machine.execute("deep", "1500").requireProblem(422, "FASTN-02001");

        assertThat(machine.get("/executions?workflow=deep").requireStatus(200).body())
                .contains("[[[[[")
                .contains("\"deep\"");
    }

    @Test
    void secretsThatARunHasReadDoNotLeaveIt() {
        secret("api-token", "s3cr\"et/canary+value");
        secret("json-token", "{\"user\": \"canary-user\", \"pin\": 987654321}");
        install("leaks", "standard", """
                    export default async function (ctx) {
                      const token = await fastn.secrets.get('api-token');
                      const json = await fastn.secrets.get('json-token');
                      await fastn.sleep(50);
                      const leak = {token, list: [btoa(token), 'x' + encodeURIComponent(token) + 'y'], json, [token]: 1, n: 5};
                      if (ctx.input) throw Object.assign(new Error('told ' + token), {leak});
                      return leak;
                    }""");

        String completed = machine.execute("leaks", "false").text("/data/executionId");
        String failed = machine.execute("leaks", "true").text("/data/executionId");

        assertThat(machine.awaitEnd(completed).path("result").toString())
                .contains("\"token\":\"«secret:api-token»\"")
                .contains("\"x«secret:api-token»y\"")
                .contains("\"«secret:api-token»\":1")
                .contains("\"pin\":\"«secret:json-token»\"")
                .contains("\"n\":5")
                .doesNotContain("canary")
                .doesNotContain("987654321");
        JsonNode told = machine.awaitEnd(failed);
        assertThat(told.path("error").toString())
                .as(told.toString())
                .contains("told «secret:api-token»")
                .doesNotContain("canary")
                .doesNotContain("987654321");
        assertThat(host.text(
                        "SELECT string_agg(coalesce(result, '') || coalesce(error, ''), ' ') FROM fastn_execution"))
                .doesNotContain("canary");
        assertThat(host.text("SELECT string_agg(coalesce(exception_msg_, ''), ' ') FROM act_ru_job"))
                .doesNotContain("canary");
    }

    @Test
    void anInstantRunDoesNotAnswerWithASecret() {
        secret("inline-token", "inline-canary");
        install(
                "leaks-inline",
                "instant",
                "export default async () => ({t: 'a ' + await fastn.secrets.get('inline-token')})");

        assertThat(machine.execute("leaks-inline", "null").requireStatus(200).body())
                .isEqualTo("{\"data\":{\"t\":\"a «secret:inline-token»\"}}");
    }

    @Test
    void executionsAreListedNewestFirstFilteredAndPaged() {
        install(
                "paged",
                "instant",
                "export default async (ctx) => { if (ctx.input === 2) throw new Error('two'); return ctx.input; }");
        for (int i = 1; i <= 3; i++) {
            machine.execute("paged", String.valueOf(i));
        }

        JsonNode all = machine.get("/executions?workflow=paged").json().path("executions");
        assertThat(all).hasSize(3);
        assertThat(all.findValuesAsText("status")).containsExactly("Completed", "Failed", "Completed");
        assertThat(machine.get("/executions?workflow=paged&status=Failed")
                        .json()
                        .path("executions"))
                .hasSize(1);
        assertThat(machine.get("/executions?workflow=paged&limit=2").json().path("executions"))
                .hasSize(2);
        String first = all.path(0).path("startedAt").asText();
        assertThat(machine.get("/executions?workflow=paged&before=" + first)
                        .json()
                        .path("executions"))
                .hasSize(2);
        assertThat(machine.get("/executions?workflow=never-existed").json().path("executions"))
                .isEmpty();
    }

    private void ensureEcho() {
        if (machine.get("/workflows/echo").status() == 404) {
            install("echo", "instant", ECHO);
        }
    }

    private void install(String slug, String tier, String code) {
        machine.install(slug, tier, code);
    }

    private void secret(String name, String value) {
        host.bean(SecretStore.class).put(TenantId.DEFAULT, Optional.empty(), name, value, "test");
    }
}
