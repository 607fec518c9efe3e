package ai.fastn.camunda.rest;

import static org.assertj.core.api.Assertions.assertThat;

import ai.fastn.camunda.host.RunningHost;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Row D10 over HTTP: runs with mocks, recordings, and what is seen of both. */
class MocksHttpTest {

    private static final String CANARY = "canary-secret-0815";

    private final RunningHost host = RunningHost.shared();
    private final Machine machine = Machine.of(host);

    @BeforeEach
    void forgetCalls() {
        host.shop().clear();
    }

    @ParameterizedTest
    @ValueSource(strings = {"instant", "standard"})
    void aRecordingPlaysBackWithoutACall(String tier) {
        machine.put("/secrets/RECORDED_KEY?environment=production", "{\"value\": \"" + CANARY + "\"}");
        String slug = "recorded-" + tier;
        machine.install(slug, tier, """
                export default async function (ctx) {
                  const key = await fastn.secrets.get('RECORDED_KEY');
                  const got = [];
                  for (const x of [1, 2, 1]) got.push((await fastn.connector.shop.read({ x })).call > 0 ? x : 0);
                  await fastn.connector.shop.write({ x: 'a', note: key, basic: btoa(key) }).catch(() => 0);
                  const [row] = await fastn.db.query("SELECT 1::bigint AS big, '2026-01-31'::timestamptz AS at, $1::jsonb AS doc, ARRAY[1,2] AS list", [{ a: [1] }]);
                  const error = await fastn.connector.shop.flaky({ x: ctx.input }).catch((e) => e);
                  await fastn.state.set('got:' + ctx.input, got);
                  const kept = await fastn.state.get('got:' + ctx.input);
                  return { got, big: typeof row.big, at: row.at instanceof Date, doc: row.doc, list: row.list, kept,
                    error: [error.name, error.message, error.status, error.retryable, error.output] };
                }""");
        host.shop().failNext(tier, 1);
        JsonNode live = run(slug, "{\"input\": \"" + tier + "\", \"record\": true}");
        List<String> calls = List.copyOf(host.shop().calls());
        host.shop().clear();

        Reply recording = machine.get("/executions/" + live.path("id").asText() + "/recording")
                .requireStatus(200);
        JsonNode replay = run(slug, "{\"input\": \"" + tier + "\", \"mocks\": " + recording.body() + "}");

        assertThat(calls).contains("read/1", "read/2", "flaky/" + tier);
        assertThat(live.path("mode").asText()).isEqualTo("LIVE");
        assertThat(live.path("recorded").asBoolean()).isTrue();
        assertThat(replay.path("mode").asText()).isEqualTo("MOCK");
        assertThat(live.path("status").asText()).as(live.toString()).isEqualTo("Completed");
        assertThat(replay.path("result")).as(replay.toString()).isEqualTo(live.path("result"));
        assertThat(live.at("/result/error/2").asInt()).isEqualTo(503);
        assertThat(host.shop().calls()).isEmpty();
        assertThat(host.text("SELECT string_agg(arguments || answer, '') FROM fastn_recorded_call"))
                .contains("«secret:RECORDED_KEY»")
                .doesNotContain(CANARY)
                .doesNotContain(java.util.Base64.getEncoder()
                        .encodeToString(CANARY.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }

    @Test
    void theRulesOfARecordingAreOnePerCallWithItsAnswersInOrder() {
        machine.install("recorded-rules", "instant", """
                export default async function (ctx) {
                  await fastn.connector.shop.read({ x: 1 });
                  await fastn.connector.shop.read(ctx.input).catch(() => 0);
                  await fastn.connector.shop.read({ x: 1 });
                }""");

        JsonNode recording = machine.get("/executions/"
                        + run("recorded-rules", "{\"input\": {\"x\": 1, \"y\": 2}, \"record\": true}")
                                .path("id")
                                .asText()
                        + "/recording")
                .requireStatus(200)
                .json();

        assertThat(recording.path("others").asText()).isEqualTo("refuse");
        assertThat(recording.path("rules")).hasSize(2);
        assertThat(recording.at("/rules/0/arguments").toString())
                .as("the one that has more to match comes first")
                .isEqualTo("{\"x\":1,\"y\":2}");
        assertThat(recording.at("/rules/1/answers")).hasSize(2);
        assertThat(recording.at("/rules/1/answers/0/output/call").asInt()).isEqualTo(1);
    }

    @Test
    void whatWasNotRecordedHasNoRecording() {
        machine.install("not-recorded", "instant", "export default async () => 1;");
        String id = run("not-recorded", "{}").path("id").asText();

        assertThat(machine.get("/executions/" + id + "/recording").requireProblem(404, "FASTN-03092"))
                .isEqualTo("execution \"" + id + "\" was not recorded: start the workflow with \"record\": true");
        machine.get("/executions/nobody/recording").requireProblem(404, "FASTN-04009");
    }

    @Test
    void theExecutionLogIsFilteredByMode() {
        machine.install("modes", "instant", "export default async () => 1;");
        String live = run("modes", "{}").path("id").asText();
        String partial =
                run("modes", "{\"mocks\": {\"others\": \"live\"}}").path("id").asText();
        String mocked = run("modes", "{\"mocks\": {}}").path("id").asText();

        assertThat(listed("LIVE")).containsExactly(live);
        assertThat(listed("PARTIAL_MOCK")).containsExactly(partial);
        assertThat(listed("MOCK")).containsExactly(mocked);
        assertThat(machine.get("/executions?mode=mock").requireProblem(400, "FASTN-06003"))
                .isEqualTo("parameter \"mode\" is \"mock\": LIVE, PARTIAL_MOCK or MOCK is expected");
        assertThat(machine.get("/executions?modes=MOCK").requireProblem(400, "FASTN-06003"))
                .isEqualTo("parameter \"modes\" is not known; known here: before, limit, mode, status, workflow");
    }

    private List<String> listed(String mode) {
        return machine.get("/executions?workflow=modes&mode=" + mode)
                .requireStatus(200)
                .json()
                .path("executions")
                .findValuesAsText("id");
    }

    @Test
    void otherMocksAreAnotherRequest() {
        machine.install("keyed-mocks", "instant", "export default async () => (await fastn.state.get('a'));");
        Machine keyed = machine.with("Idempotency-Key", UUID.randomUUID().toString());
        String path = "/workflows/keyed-mocks/execute";

        keyed.post(path, "{\"mocks\": {}}").requireStatus(200);
        keyed.post(path, "{\"mocks\": {}}").requireStatus(200);
        keyed.post(path, "{\"mocks\": {\"others\": \"live\"}}").requireProblem(422, "FASTN-06011");
        keyed.post(path, "{}").requireProblem(422, "FASTN-06011");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"mocks\": {\"rules\": [{\"call\": \"connector.shopp.read\", \"answers\": [{\"output\": 1}]}]}} | FASTN-03091"
                        + " | mocks: /mocks/rules/0/call is about connector \"shopp\", which does not exist: did you mean \"shop\"?",
                "{\"mocks\": {\"rules\": [{\"call\": \"db.query\", \"answers\": [{\"scenario\": \"not found\"}]}]}} | FASTN-03091"
                        + " | mocks: /mocks/rules/0/answers/0/scenario is \"not found\", which does not happen to db.query; there are"
                        + " timeout",
                "{\"record\": 1} | FASTN-06003 | member \"record\" is not true or false",
                "{\"mock\": {}} | FASTN-06003 | member \"mock\" is not known; known here: headers, input, mocks, record",
            })
    void aStartThatIsWrongStartsNothing(String body, String code, String message) {
        String slug = "never-started-" + Integer.toHexString(message.hashCode());
        machine.install(slug, "instant", "export default async () => 1;");

        assertThat(machine.post("/workflows/" + slug + "/execute", body).requireProblem(400, code))
                .isEqualTo(message);
        assertThat(host.rows("fastn_execution WHERE slug = '" + slug + "'")).isZero();
    }

    private JsonNode run(String slug, String body) {
        Reply reply = machine.post("/workflows/" + slug + "/execute", body);
        return machine.awaitEnd(reply.header("x-fastn-execution-id"));
    }
}
