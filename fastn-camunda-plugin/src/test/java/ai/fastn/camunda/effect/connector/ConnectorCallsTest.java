package ai.fastn.camunda.effect.connector;

import static ai.fastn.camunda.effect.EffectCalls.NO_RECORD;
import static ai.fastn.camunda.effect.EffectCalls.TENANT_A;
import static ai.fastn.camunda.effect.EffectCalls.TENANT_B;
import static ai.fastn.camunda.effect.EffectCalls.failed;
import static ai.fastn.camunda.effect.EffectCalls.json;
import static ai.fastn.camunda.effect.EffectCalls.scope;
import static ai.fastn.camunda.effect.EffectCalls.succeeded;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ai.fastn.camunda.effect.EffectOutcome;
import ai.fastn.camunda.effect.EffectRequest;
import ai.fastn.camunda.workflow.ConnectorVersions;
import ai.fastn.camunda.workflow.StepKind;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a call of a connector sends, and what becomes of it before. */
class ConnectorCallsTest {

    private static final Crm CRM = new Crm();
    private static final FakeService SERVICE = CRM.service;
    private static final ConnectorCalls CALLS = CRM.calls;

    @BeforeAll
    static void answer() {
        SERVICE.answer("/deals/1", 200, "application/json", "{\"id\": 1, \"amount\": 1.10}");
        SERVICE.answer("/deals", 201, "application/json; charset=utf-8", "{\"id\":\"ü\"}");
    }

    @AfterAll
    static void close() {
        CRM.close();
    }

    @Test
    void aReadGivesTheOutputWithItsStatus() {
        JsonNode result = CRM.call("crm.getDeal", "{'dealId': 1, 'properties': ['a b', 'c&d'], 'mode': 'x'}");

        assertThat(result.path("output")).isEqualTo(json("{\"id\": 1, \"amount\": 1.1}"));
        assertThat(result.path("status").asInt()).isEqualTo(200);
        assertThat(result.path("durationMs").isIntegralNumber()).isTrue();
        FakeService.Received request = SERVICE.last();
        assertThat(request.url()).isEqualTo("/deals/1?properties=a%20b&properties=c%26d&limit=100");
        assertThat(request.header("Authorization")).isEqualTo("Bearer " + Crm.TOKEN);
        assertThat(request.header("X-mode")).isEqualTo("x");
        assertThat(request.header("Idempotency-key")).isEmpty();
    }

    @Test
    void aWriteSendsTheRestOfItsInputAndTheSameKeyOnEveryTry() {
        JsonNode result = CRM.call("crm.createDeal", "{'name': 'ü', 'nested': {'a': [1]}, 'limit': 5}");
        String key = SERVICE.last().header("Idempotency-key");
        CRM.call("crm.createDeal", "{'name': 'ü'}");

        assertThat(result.path("output").path("id").asText()).isEqualTo("ü");
        assertThat(key)
                .isEqualTo(CRM.run.execution() + "-0")
                .isEqualTo(SERVICE.last().header("Idempotency-key"));
        FakeService.Received first = SERVICE.received.get(SERVICE.received.size() - 2);
        assertThat(first.url()).isEqualTo("/deals?limit=5");
        assertThat(json(first.body())).isEqualTo(json("{\"name\":\"ü\",\"nested\":{\"a\":[1]}}"));
        assertThat(first.header("Content-type")).isEqualTo("application/json; charset=utf-8");
    }

    @Test
    void aBodyMayBeSomeMembersOrOne() {
        CRM.call("open.named", "{'a': 1}");
        assertThat(json(SERVICE.last().body())).isEqualTo(json("{\"a\":1}"));

        CRM.call("open.one", "{'payload': [1, 2]}");
        assertThat(SERVICE.last().body()).isEqualTo("[1,2]");
    }

    @Test
    void keysInTheQueryAndBasicCredentialsAreSent() {
        CRM.call("byQuery.getDeal", "{'dealId': 1}");
        assertThat(SERVICE.last().url()).isEqualTo("/deals/1?limit=100&key=" + Crm.TOKEN);

        CRM.call("basic.getDeal", "{'dealId': 1}");
        assertThat(SERVICE.last().header("Authorization"))
                .isEqualTo("Basic " + Base64.getEncoder().encodeToString(("bob:" + Crm.TOKEN).getBytes(UTF_8)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            crm.getDeal     | {}                            | FASTN-03004 | crm.getDeal: input member "dealId" is needed for the path and is missing, empty or a list
            crm.getDeal     | {'dealId': '..'}              | FASTN-03004 | crm.getDeal: input member "dealId" would change the path
            crm.getDeal     | {'dealId': 1, 'x': 2}         | FASTN-03004 | crm.getDeal: the input has unknown members x; known are dealId, mode, properties
            crm.getDeal     | [1]                           | FASTN-03004 | crm.getDeal: the input is not an object
            crm.getDeal     | {'dealId': 1, 'mode': 'a\\r\\nX: y'} | FASTN-03004 | crm.getDeal: value for header "X-Mode" holds characters that a header can not carry
            crm.getDael     | {}                            | FASTN-03002 | crm.getDael: action "getDael" does not exist; there are createDeal, getDeal, go, named, one, slow
            crn.getDeal     | {}                            | FASTN-03001 | crn.getDeal: connector "crn" does not exist; there are basic, byQuery, crm, open
            """)
    void aCallThatCanNotBeMadeSaysWhy(String action, String input, String code, String message) {
        EffectOutcome.Failed error = CRM.failure(action, input);

        assertThat(error.message()).isEqualTo(message);
        assertThat(error.fields()).containsEntry("code", code).containsEntry("retryable", false);
    }

    @Test
    void aMissingSecretIsNamed() {
        EffectOutcome.Failed error =
                failed(CALLS.perform(Crm.request("crm.getDeal", "{'dealId': 1}"), scope(TENANT_B), NO_RECORD));

        assertThat(error.message())
                .isEqualTo("crm.getDeal: secret \"CRM_TOKEN\" does not exist in environment \"production\"");
        assertThat(error.fields()).containsEntry("code", "FASTN-03030");
    }

    @Test
    void aPathParameterCanNotLeaveItsPlace() {
        SERVICE.answer("/deals/..%2Fadmin%3Fx", 200, "text/plain", "safe");

        assertThat(CRM.call("crm.getDeal", "{'dealId': '../admin?x'}")
                        .path("output")
                        .asText())
                .isEqualTo("safe");
    }

    @Test
    void loopbackIsRefusedUnlessTheOperatorAllowsIt() {
        try (ConnectorCalls calls = new ConnectorCalls(
                new ConnectorRegistry(List.of(CRM.definition("{type: none}", "crm")), Map.of()),
                CRM.secrets,
                EgressGuard.allowing(""))) {
            assertThat(failed(calls.perform(Crm.request("crm.getDeal", "{'dealId': 1}"), CRM.run, NO_RECORD))
                            .fields())
                    .containsEntry("code", "FASTN-03006");
        }
    }

    @Test
    void kindsComeFromTheDefinition() {
        assertThat(kind(Crm.request("crm.getDeal", "{}"))).isEqualTo(StepKind.READ);
        assertThat(kind(Crm.request("crm.createDeal", "{}"))).isEqualTo(StepKind.WRITE);
        assertThat(kind(Crm.request("by-query.getDeal", "{}"))).isEqualTo(StepKind.READ);
        assertThat(kind(Crm.request("unknown.x", "{}"))).isEqualTo(StepKind.WRITE);
    }

    private static StepKind kind(EffectRequest request) {
        return CALLS.kind(request, TENANT_A, ConnectorVersions.NONE);
    }

    @Test
    void handlesOfSecretsAreFilledInWhereTheyStandAndNowhereElse() {
        String input =
                "{'auth': '«secret:CRM_TOKEN»', 'list': [{'t': '«secret:LOGIN»'}], 'text': '«secret:CRM_TOKEN»'}";

        succeeded(CALLS.perform(
                withRefs("open.createDeal", input, "[['/auth', 'CRM_TOKEN'], ['/list/0/t', 'LOGIN']]"),
                CRM.run,
                NO_RECORD));

        assertThat(json(SERVICE.last().body()))
                .isEqualTo(json("{\"auth\":\"" + Crm.TOKEN
                        + "\",\"list\":[{\"t\":{\"user\":\"jo\",\"password\":\"pa55word\"}}],"
                        + "\"text\":\"«secret:CRM_TOKEN»\"}"));
    }

    @Test
    void whatAServiceRepeatsOfAFilledHandleDoesNotComeBack() {
        SERVICE.answer("/deals/pa55word", 400, "application/json", "{\"why\": \"no pa55word\"}");

        EffectOutcome.Failed outcome = failed(CALLS.perform(
                withRefs("open.getDeal", "{'dealId': '«secret:PASSWORD»'}", "[['/dealId', 'PASSWORD']]"),
                CRM.run,
                NO_RECORD));

        assertThat(outcome.fields()).containsEntry("output", Map.of("why", "no «secret:PASSWORD»"));
        assertThat(outcome.toString()).doesNotContain("pa55word");
    }

    @Test
    void aHandleOfASecretThatDoesNotExistIsNamedAndNothingIsSent() {
        int before = SERVICE.received.size();

        EffectOutcome.Failed outcome = failed(CALLS.perform(
                withRefs("open.createDeal", "{'auth': '«secret:NONE»'}", "[['/auth', 'NONE']]"), CRM.run, NO_RECORD));

        assertThat(outcome.message())
                .isEqualTo("open.createDeal: secret \"NONE\" does not exist in environment \"production\"");
        assertThat(outcome.fields()).containsEntry("code", "FASTN-03030");
        assertThat(SERVICE.received).hasSize(before);
    }

    private static EffectRequest withRefs(String action, String input, String refs) {
        return new EffectRequest(
                "connector." + action,
                "{\"orgId\": null, \"input\": " + input.replace('\'', '"') + ", \"refs\": " + refs.replace('\'', '"')
                        + "}");
    }
}
