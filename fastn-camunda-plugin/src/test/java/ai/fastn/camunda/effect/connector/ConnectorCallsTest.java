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

import ai.fastn.camunda.effect.EffectDatabases;
import ai.fastn.camunda.effect.EffectOutcome;
import ai.fastn.camunda.effect.EffectRequest;
import ai.fastn.camunda.effect.EffectScope;
import ai.fastn.camunda.effect.secret.MasterKey;
import ai.fastn.camunda.effect.secret.Sealing;
import ai.fastn.camunda.effect.secret.SecretStore;
import ai.fastn.camunda.workflow.ConnectorVersions;
import ai.fastn.camunda.workflow.StepKind;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.OutputStream;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.zip.GZIPOutputStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectorCallsTest {

    private static final String TOKEN = "token-1234567890";
    private static final FakeService SERVICE = new FakeService();
    private static final FakeService OTHER = new FakeService();
    private static final SecretStore SECRETS = secrets();
    private static final ConnectorCalls CALLS = connectorCalls();

    private final EffectScope run = scope(TENANT_A);

    @BeforeAll
    static void answer() {
        SERVICE.answer("/deals/1", 200, "application/json", "{\"id\": 1, \"amount\": 1.10}");
        SERVICE.answer("/deals", 201, "application/json; charset=utf-8", "{\"id\":\"ü\"}");
    }

    @AfterAll
    static void close() {
        CALLS.close();
        SERVICE.close();
        OTHER.close();
    }

    @Test
    void aReadGivesTheOutputWithItsStatus() {
        JsonNode result = call("crm.getDeal", "{'dealId': 1, 'properties': ['a b', 'c&d'], 'mode': 'x'}");

        assertThat(result.path("output")).isEqualTo(json("{\"id\": 1, \"amount\": 1.1}"));
        assertThat(result.path("status").asInt()).isEqualTo(200);
        assertThat(result.path("durationMs").isIntegralNumber()).isTrue();
        FakeService.Received request = SERVICE.last();
        assertThat(request.url()).isEqualTo("/deals/1?properties=a%20b&properties=c%26d&limit=100");
        assertThat(request.header("Authorization")).isEqualTo("Bearer " + TOKEN);
        assertThat(request.header("X-mode")).isEqualTo("x");
        assertThat(request.header("Idempotency-key")).isEmpty();
    }

    @Test
    void aWriteSendsTheRestOfItsInputAndTheSameKeyOnEveryTry() {
        JsonNode result = call("crm.createDeal", "{'name': 'ü', 'nested': {'a': [1]}, 'limit': 5}");
        String key = SERVICE.last().header("Idempotency-key");
        call("crm.createDeal", "{'name': 'ü'}");

        assertThat(result.path("output").path("id").asText()).isEqualTo("ü");
        assertThat(key)
                .isEqualTo(run.execution() + "-0")
                .isEqualTo(SERVICE.last().header("Idempotency-key"));
        FakeService.Received first = SERVICE.received.get(SERVICE.received.size() - 2);
        assertThat(first.url()).isEqualTo("/deals?limit=5");
        assertThat(json(first.body())).isEqualTo(json("{\"name\":\"ü\",\"nested\":{\"a\":[1]}}"));
        assertThat(first.header("Content-type")).isEqualTo("application/json; charset=utf-8");
    }

    @Test
    void aBodyMayBeSomeMembersOrOne() {
        call("open.named", "{'a': 1}");
        assertThat(json(SERVICE.last().body())).isEqualTo(json("{\"a\":1}"));

        call("open.one", "{'payload': [1, 2]}");
        assertThat(SERVICE.last().body()).isEqualTo("[1,2]");
    }

    @Test
    void keysInTheQueryAndBasicCredentialsAreSent() {
        call("byQuery.getDeal", "{'dealId': 1}");
        assertThat(SERVICE.last().url()).isEqualTo("/deals/1?limit=100&key=" + TOKEN);

        call("basic.getDeal", "{'dealId': 1}");
        assertThat(SERVICE.last().header("Authorization"))
                .isEqualTo("Basic " + Base64.getEncoder().encodeToString(("bob:" + TOKEN).getBytes(UTF_8)));
    }

    @ParameterizedTest
    @CsvSource({
        "400,false",
        "401,false",
        "404,false",
        "408,true",
        "409,false",
        "429,true",
        "500,true",
        "501,false",
        "503,true"
    })
    void anErrorOfTheServiceHasItsStatusAndSaysWhetherToRetry(int status, boolean retryable) {
        SERVICE.answer("/deals/e", status, "application/json", "{\"why\": \"no " + TOKEN + "\"}", "Retry-After", "2");

        EffectOutcome.Failed error = failureOnce("{'dealId': 'e'}");

        assertThat(error.name()).isEqualTo("ConnectorError");
        assertThat(error.message()).startsWith("crm.getDeal: the service answered " + status + " ");
        assertThat(error.fields())
                .containsEntry("code", "FASTN-03003")
                .containsEntry("status", status)
                .containsEntry("connector", "crm")
                .containsEntry("action", "getDeal")
                .containsEntry("retryable", retryable)
                .containsEntry("retryAfterMs", 2000L)
                .containsEntry("output", Map.of("why", "no «secret:CRM_TOKEN»"));
    }

    @Test
    void retryAfterMayBeADate() {
        SERVICE.answer("/deals/d", 503, "text/plain", "wait", "Retry-After", "Wed, 21 Oct 2015 07:28:00 GMT");

        assertThat(failureOnce("{'dealId': 'd'}").fields())
                .containsEntry("retryAfterMs", 0L)
                .containsEntry("output", "wait");
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
        EffectOutcome.Failed error = failure(action, input);

        assertThat(error.message()).isEqualTo(message);
        assertThat(error.fields()).containsEntry("code", code).containsEntry("retryable", false);
    }

    @Test
    void aMissingSecretIsNamed() {
        EffectOutcome.Failed error =
                failed(CALLS.perform(request("crm.getDeal", "{'dealId': 1}"), scope(TENANT_B), NO_RECORD));

        assertThat(error.message())
                .isEqualTo("crm.getDeal: secret \"CRM_TOKEN\" does not exist in environment \"production\"");
        assertThat(error.fields()).containsEntry("code", "FASTN-03030");
    }

    @Test
    void aPathParameterCanNotLeaveItsPlace() {
        SERVICE.answer("/deals/..%2Fadmin%3Fx", 200, "text/plain", "safe");

        assertThat(call("crm.getDeal", "{'dealId': '../admin?x'}")
                        .path("output")
                        .asText())
                .isEqualTo("safe");
    }

    @Test
    void anAnswerIsCutAtItsLimitAfterDecoding() {
        SERVICE.answer("/deals/bomb", exchange -> {
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream out = new GZIPOutputStream(exchange.getResponseBody())) {
                byte[] zeros = new byte[65_536];
                for (int i = 0; i < 400; i++) {
                    out.write(zeros);
                }
            }
        });

        assertThat(failure("crm.getDeal", "{'dealId': 'bomb'}").message())
                .isEqualTo("crm.getDeal: the answer has more than 10485760 bytes");
    }

    @Test
    void anAnswerThatSaysJsonAndIsNotIsAnError() {
        SERVICE.answer("/deals/broken", 200, "application/json", "<html>");

        EffectOutcome.Failed error = failure("crm.getDeal", "{'dealId': 'broken'}");

        assertThat(error.message()).isEqualTo("crm.getDeal: the service answered 200 with a body that is not JSON");
        assertThat(error.fields()).containsEntry("output", "<html>");
    }

    @Test
    void anAnswerThatIsNoTextComesAsItsBytesAndOneOfAnotherCharsetAsText() {
        SERVICE.answer("/deals/picture", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "image/png");
            exchange.sendResponseHeaders(200, 2);
            exchange.getResponseBody().write(new byte[] {(byte) 0xff, 0});
        });
        SERVICE.answer("/deals/latin", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/csv; charset=iso-8859-1");
            exchange.sendResponseHeaders(200, 1);
            exchange.getResponseBody().write(0xfc);
        });

        assertThat(call("crm.getDeal", "{'dealId': 'picture'}").path("bytes").asText())
                .isEqualTo("/wA=");
        assertThat(call("crm.getDeal", "{'dealId': 'latin'}").path("output").asText())
                .isEqualTo("ü");
    }

    @Test
    void anEmptyAnswerIsNull() {
        SERVICE.answer("/deals/empty", 204, "text/plain", "");

        assertThat(call("crm.getDeal", "{'dealId': 'empty'}").path("output").isNull())
                .isTrue();
    }

    @Test
    void aRedirectOfAReadIsFollowedWithoutTheCredentials() {
        OTHER.answer("/moved", 200, "text/plain", "there");
        SERVICE.answer("/deals/r", 302, "text/plain", "", "Location", "http://localhost:" + OTHER.port() + "/moved");

        assertThat(call("crm.getDeal", "{'dealId': 'r'}").path("output").asText())
                .isEqualTo("there");
        assertThat(OTHER.last().header("Authorization")).isEmpty();
    }

    @Test
    void aRedirectIntoTheNetworkIsRefused() {
        SERVICE.answer("/deals/in", 302, "text/plain", "", "Location", "http://169.254.169.254/latest/meta-data");

        EffectOutcome.Failed error = failure("crm.getDeal", "{'dealId': 'in'}");

        assertThat(error.fields()).containsEntry("code", "FASTN-03006");
        assertThat(error.message()).contains("has an address inside this network");
    }

    @Test
    void aRedirectLoopEnds() {
        SERVICE.answer("/deals/loop", 302, "text/plain", "", "Location", "/deals/loop");

        assertThat(failure("crm.getDeal", "{'dealId': 'loop'}").message())
                .isEqualTo("crm.getDeal: the service redirected more than 5 times");
    }

    @Test
    void aRedirectOfAWriteIsNotFollowed() {
        SERVICE.answer("/go", 307, "text/plain", "", "Location", "/deals");

        assertThat(failure("open.go", "{}").fields()).containsEntry("status", 307);
    }

    @Test
    void aServiceThatDoesNotAnswerEndsWithTheTimeout() {
        CountDownLatch done = new CountDownLatch(1);
        SERVICE.answer("/slow", exchange -> await(done));
        try {
            EffectOutcome.Failed write = failure("open.slow", "{}");

            assertThat(write.message()).isEqualTo("open.slow: the service did not answer within 200 ms");
            assertThat(write.fields()).as("nobody knows whether it happened").containsEntry("retryable", false);
        } finally {
            done.countDown();
        }
    }

    @Test
    void anInterruptedRunAbortsItsCall() {
        Thread.currentThread().interrupt();

        EffectOutcome.Failed error = failure("crm.getDeal", "{'dealId': 1}");

        assertThat(Thread.interrupted()).as("the interrupt is kept").isTrue();
        assertThat(error.message()).isEqualTo("crm.getDeal: the call was aborted");
    }

    @Test
    void aServiceThatIsNotThereIsWorthARetry() {
        int port;
        try (FakeService gone = new FakeService()) {
            port = gone.port();
        }
        ConnectorDefinition definition =
                new ConnectorFiles(text -> text).parse("gone.yaml", yaml("{type: none}", "gone", port));
        try (ConnectorCalls calls = new ConnectorCalls(
                new ConnectorRegistry(List.of(definition), Map.of()),
                SECRETS,
                EgressGuard.allowing("localhost:" + port))) {
            EffectOutcome.Failed error = failed(calls.perform(request("gone.createDeal", "{}"), run, NO_RECORD));

            assertThat(error.message()).isEqualTo("gone.createDeal: the service can not be reached");
            assertThat(error.fields()).containsEntry("retryable", true);
        }
    }

    @Test
    void loopbackIsRefusedUnlessTheOperatorAllowsIt() {
        try (ConnectorCalls calls = new ConnectorCalls(
                new ConnectorRegistry(List.of(crm("{type: none}", "crm")), Map.of()),
                SECRETS,
                EgressGuard.allowing(""))) {
            assertThat(failed(calls.perform(request("crm.getDeal", "{'dealId': 1}"), run, NO_RECORD))
                            .fields())
                    .containsEntry("code", "FASTN-03006");
        }
    }

    @Test
    void kindsComeFromTheDefinition() {
        assertThat(kind(request("crm.getDeal", "{}"))).isEqualTo(StepKind.READ);
        assertThat(kind(request("crm.createDeal", "{}"))).isEqualTo(StepKind.WRITE);
        assertThat(kind(request("by-query.getDeal", "{}"))).isEqualTo(StepKind.READ);
        assertThat(kind(request("unknown.x", "{}"))).isEqualTo(StepKind.WRITE);
    }

    private static StepKind kind(EffectRequest request) {
        return CALLS.kind(request, TENANT_A, ConnectorVersions.NONE);
    }

    private JsonNode call(String action, String input) {
        return succeeded(CALLS.perform(request(action, input), run, NO_RECORD));
    }

    @Test
    void handlesOfSecretsAreFilledInWhereTheyStandAndNowhereElse() {
        String input =
                "{'auth': '«secret:CRM_TOKEN»', 'list': [{'t': '«secret:LOGIN»'}], 'text': '«secret:CRM_TOKEN»'}";

        succeeded(CALLS.perform(
                withRefs("open.createDeal", input, "[['/auth', 'CRM_TOKEN'], ['/list/0/t', 'LOGIN']]"),
                run,
                NO_RECORD));

        assertThat(json(SERVICE.last().body()))
                .isEqualTo(json(
                        "{\"auth\":\"" + TOKEN + "\",\"list\":[{\"t\":{\"user\":\"jo\",\"password\":\"pa55word\"}}],"
                                + "\"text\":\"«secret:CRM_TOKEN»\"}"));
    }

    @Test
    void whatAServiceRepeatsOfAFilledHandleDoesNotComeBack() {
        SERVICE.answer("/deals/pa55word", 400, "application/json", "{\"why\": \"no pa55word\"}");

        EffectOutcome.Failed outcome = failed(CALLS.perform(
                withRefs("open.getDeal", "{'dealId': '«secret:PASSWORD»'}", "[['/dealId', 'PASSWORD']]"),
                run,
                NO_RECORD));

        assertThat(outcome.fields()).containsEntry("output", Map.of("why", "no «secret:PASSWORD»"));
        assertThat(outcome.toString()).doesNotContain("pa55word");
    }

    @Test
    void aHandleOfASecretThatDoesNotExistIsNamedAndNothingIsSent() {
        int before = SERVICE.received.size();

        EffectOutcome.Failed outcome = failed(CALLS.perform(
                withRefs("open.createDeal", "{'auth': '«secret:NONE»'}", "[['/auth', 'NONE']]"), run, NO_RECORD));

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

    private EffectOutcome.Failed failure(String action, String input) {
        return failed(CALLS.perform(request(action, input), run, NO_RECORD));
    }

    private static ConnectorCalls connectorCalls() {
        return new ConnectorCalls(
                new ConnectorRegistry(
                        List.of(
                                crm("{type: bearer, secret: CRM_TOKEN}", "crm"),
                                crm("{type: none}", "open"),
                                crm("{type: apiKey, in: query, name: key, secret: CRM_TOKEN}", "by-query"),
                                crm("{type: basic, username: bob, passwordSecret: CRM_TOKEN}", "basic")),
                        Map.of()),
                SECRETS,
                EgressGuard.allowing("localhost:" + SERVICE.port() + ",localhost:" + OTHER.port()));
    }

    /** By calls of its own: a connection that has said when to come again is not called before. */
    private EffectOutcome.Failed failureOnce(String input) {
        try (ConnectorCalls fresh = connectorCalls()) {
            return failed(fresh.perform(request("crm.getDeal", input), run, NO_RECORD));
        }
    }

    private static EffectRequest request(String action, String input) {
        return new EffectRequest(
                "connector." + action, "{\"orgId\": null, \"input\": " + input.replace('\'', '"') + "}");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static SecretStore secrets() {
        DataSource plugin = EffectDatabases.plugin();
        SecretStore secrets = new SecretStore(plugin, new Sealing(plugin, MasterKey.random()), Clock.systemUTC());
        secrets.put(TENANT_A, Optional.empty(), "CRM_TOKEN", TOKEN, "anna");
        secrets.put(TENANT_A, Optional.empty(), "PASSWORD", "pa55word", "anna");
        secrets.put(TENANT_A, Optional.empty(), "LOGIN", "{\"user\": \"jo\", \"password\": \"pa55word\"}", "anna");
        return secrets;
    }

    private static ConnectorDefinition crm(String auth, String slug) {
        return new ConnectorFiles(text -> text).parse("crm.yaml", yaml(auth, slug, SERVICE.port()));
    }

    private static String yaml(String auth, String slug, int port) {
        return """
                slug: %s
                title: CRM
                baseUrl: http://localhost:%d
                auth: %s
                actions:
                  getDeal:
                    method: GET
                    path: /deals/{dealId}
                    query: {properties: "{properties}", limit: 100}
                    headers: {X-Mode: "{mode}"}
                  createDeal:
                    method: POST
                    path: /deals
                    query: [limit]
                  named:
                    method: PUT
                    path: /deals
                    body: [a, b]
                  one:
                    method: POST
                    path: /deals
                    body: {member: payload}
                  slow:
                    method: POST
                    path: /slow
                    timeout: 200ms
                  go:
                    method: POST
                    path: /go
                """.formatted(slug, port, auth);
    }
}
