package ai.fastn.camunda.effect.connector;

import static ai.fastn.camunda.effect.EffectCalls.TENANT_A;
import static ai.fastn.camunda.effect.EffectCalls.TENANT_B;
import static ai.fastn.camunda.effect.EffectCalls.json;
import static ai.fastn.camunda.effect.EffectCalls.scope;
import static org.assertj.core.api.Assertions.assertThat;

import ai.fastn.camunda.effect.EffectOutcome;
import ai.fastn.camunda.effect.EffectScope;
import ai.fastn.camunda.effect.connector.builtin.BuiltInConnectors;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The built-in connectors {@code http} and {@code slack} with a real server. */
class HttpAndSlackTest {

    private static final FakeService SERVICE = new FakeService();
    private static final FakeService OTHER = new FakeService();
    private static final String URL = "http://localhost:" + SERVICE.port();
    private static final BuiltIns CALLS =
            new BuiltIns(BuiltInConnectors.Settings.NONE, "localhost:" + SERVICE.port() + ",localhost:" + OTHER.port());

    @AfterAll
    static void close() {
        CALLS.close();
        SERVICE.close();
        OTHER.close();
    }

    @Test
    void aGetSendsQueryAndHeadersAndReadsJson() {
        SERVICE.answer("/rates", 200, "application/json", "{\"eur\": 1.1}");

        JsonNode result = CALLS.call(
                "http.get",
                "{'url': '" + URL + "/rates?x=1', 'query': {'base': ['EUR', 'a&b'], 'none': null, 'n': 2},"
                        + " 'headers': {'X-Trace': 'abc', 'Accept': 'text/csv'}}");

        assertThat(result.path("status").asInt()).isEqualTo(200);
        assertThat(result.path("contentType").asText()).isEqualTo("application/json");
        assertThat(result.path("body")).isEqualTo(json("{\"eur\":1.1}"));
        assertThat(SERVICE.last().url()).isEqualTo("/rates?x=1&base=EUR&base=a%26b&n=2");
        assertThat(SERVICE.last().header("X-trace")).isEqualTo("abc");
        assertThat(SERVICE.last().header("Accept")).isEqualTo("text/csv");
        assertThat(SERVICE.last().header("Idempotency-key")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"get", "head"})
    void theHeadersOfTheAnswerComeByLowerCaseName(String action) {
        SERVICE.answer("/headers", exchange -> {
            exchange.getResponseHeaders().put("X-Rate", List.of("1", "2"));
            exchange.getResponseHeaders().put("Set-Cookie", List.of("a=1; Expires=Thu, 1 Jan 2026", "b=2"));
            exchange.sendResponseHeaders(200, -1);
        });

        JsonNode headers =
                CALLS.call("http." + action, "{'url': '" + URL + "/headers'}").path("headers");

        assertThat(headers.path("x-rate").asText()).isEqualTo("1, 2");
        assertThat(headers.path("set-cookie")).isEqualTo(json("[\"a=1; Expires=Thu, 1 Jan 2026\", \"b=2\"]"));
    }

    @Test
    void anAnswerWithHeadersWithoutEndIsRefused() {
        SERVICE.answer("/many", exchange -> {
            for (int i = 0; i < 300; i++) {
                exchange.getResponseHeaders().set("X-" + i, "x");
            }
            exchange.sendResponseHeaders(200, -1);
        });
        SERVICE.answer("/long", exchange -> {
            exchange.getResponseHeaders().set("X-Long", "x".repeat(70_000));
            exchange.sendResponseHeaders(200, -1);
        });

        assertThat(CALLS.failure("http.get", "{'url': '" + URL + "/many'}").message())
                .isEqualTo("http.get: the head of the answer has more than 200 lines or a line of more than 65536"
                        + " bytes");
        assertThat(CALLS.failure("http.get", "{'url': '" + URL + "/long'}").message())
                .startsWith("http.get: the head of the answer has more than");
    }

    @Test
    void aWriteSendsItsBodyAndTheSameKeyOnEveryAttempt() {
        SERVICE.answer("/orders", 201, "text/plain; charset=iso-8859-1", "made");
        EffectScope run = scope(TENANT_A);

        JsonNode result = CALLS.call("http.post", "{'url': '" + URL + "/orders', 'body': {'a': [1]}}", run);

        assertThat(result.path("status").asInt()).isEqualTo(201);
        assertThat(result.path("contentType").asText()).isEqualTo("text/plain; charset=iso-8859-1");
        assertThat(result.path("body").asText()).isEqualTo("made");
        assertThat(SERVICE.last().method()).isEqualTo("POST");
        assertThat(SERVICE.last().body()).isEqualTo("{\"a\":[1]}");
        assertThat(SERVICE.last().header("Content-type")).isEqualTo("application/json; charset=utf-8");
        assertThat(SERVICE.last().header("Idempotency-key")).isEqualTo(run.idempotencyKey());

        CALLS.call(
                "http.put", "{'url': '" + URL + "/orders', 'body': 'plain', 'headers': {'content-type': 'text/csv'}}");
        assertThat(SERVICE.last().method()
                        + SERVICE.last().body()
                        + SERVICE.last().header("Content-type"))
                .isEqualTo("PUTplaintext/csv");
    }

    @Test
    void headersDoNotFollowARedirectToAnotherHost() {
        SERVICE.answer("/moved", 302, "text/plain", "", "Location", "http://localhost:" + OTHER.port() + "/there");
        OTHER.answer("/there", 200, "text/plain", "ok");

        CALLS.call("http.get", "{'url': '" + URL + "/moved', 'headers': {'Authorization': 'Bearer mine'}}");

        assertThat(SERVICE.last().header("Authorization")).isEqualTo("Bearer mine");
        assertThat(OTHER.last().header("Authorization")).isEmpty();
    }

    @Test
    void anErrorOfTheServiceHasStatusAndOutput() {
        SERVICE.answer("/busy", 503, "application/json", "{\"why\":\"busy\"}", "Retry-After", "7");

        EffectOutcome.Failed error = CALLS.failure("http.get", "{'url': '" + URL + "/busy'}");

        assertThat(error.message()).isEqualTo("http.get: the service answered 503 Service Unavailable");
        assertThat(error.fields())
                .containsEntry("status", 503)
                .containsEntry("retryable", true)
                .containsEntry("retryAfterMs", 7000L)
                .containsEntry("output", Map.of("why", "busy"));
    }

    @Test
    void aServiceThatDoesNotAnswerEndsAfterTheTimeOfTheCall() {
        CountDownLatch end = new CountDownLatch(1);
        SERVICE.answer("/slow", exchange -> {
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.sendResponseHeaders(200, -1);
        });
        try {
            EffectOutcome.Failed read = CALLS.failure("http.get", "{'url': '" + URL + "/slow', 'timeoutMs': 100}");
            EffectOutcome.Failed write = CALLS.failure("http.post", "{'url': '" + URL + "/slow', 'timeoutMs': 100}");

            assertThat(read.message()).isEqualTo("http.get: the service did not answer within 100 ms");
            assertThat(read.fields()).containsEntry("retryable", true);
            assertThat(write.fields()).containsEntry("retryable", false);
        } finally {
            end.countDown();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'url': 'http://localhost:1/x' | FASTN-03006",
                "'url': 'http://169.254.169.254/latest' | FASTN-03006",
                "'url': 'file:///etc/passwd' | FASTN-03006",
                "'url': 'http://user:pw@example.com/' | FASTN-03006",
                "'url': 'http://exa mple.com' | FASTN-03004",
                "'url': 'http://example.com/#part' | FASTN-03004",
                "'url': 'http://example.com', 'headers': {'Host': 'x'} | FASTN-03004",
                "'url': 'http://example.com', 'headers': {'X-A': 'a\\r\\nX-B: b'} | FASTN-03004",
                "'url': 'http://example.com', 'header': {} | FASTN-03004",
                "'headers': {} | FASTN-03004",
            })
    void whatMayNotBeSentIsRefused(String members, String code) {
        assertThat(CALLS.failure("http.get", "{" + members + "}").fields())
                .containsEntry("code", code)
                .containsEntry("retryable", false);
    }

    @Test
    void aMessageIsPostedToTheWebhookThatIsASecretOfTheTenant() {
        CALLS.secret("SLACK_WEBHOOK_URL", URL + "/services/T0/B0/secret-part");
        CALLS.secret("OPS_WEBHOOK", URL + "/services/T0/B1/other-part");
        SERVICE.answer("/services/T0/B0/secret-part", 200, "text/html", "ok");
        SERVICE.answer("/services/T0/B1/other-part", 404, "text/html", "no_service");

        assertThat(CALLS.call("slack.postMessage", "{'text': 'Order *1001*', 'blocks': [{'type': 'divider'}]}"))
                .isEqualTo(json("{\"ok\":true}"));
        assertThat(json(SERVICE.last().body()))
                .isEqualTo(json("{\"text\":\"Order *1001*\",\"blocks\":[{\"type\":\"divider\"}]}"));

        EffectOutcome.Failed gone = CALLS.failure("slack.postMessage", "{'text': 'x', 'webhookSecret': 'OPS_WEBHOOK'}");
        assertThat(gone.message()).isEqualTo("slack.postMessage: the service answered 404 Not Found");
        assertThat(gone.fields()).containsEntry("output", "no_service").containsEntry("retryable", false);
        assertThat(gone.toString()).doesNotContain("other-part");
    }

    @Test
    void anotherTenantHasNoWebhook() {
        CALLS.secret("SLACK_WEBHOOK_URL", URL + "/services/T0/B0/secret-part");

        EffectOutcome.Failed error = CALLS.failure("slack.postMessage", "{'text': 'x'}", scope(TENANT_B));

        assertThat(error.fields()).containsEntry("code", "FASTN-03030");
    }

    @Test
    void slackThatIsDownIsWorthAnotherTry() {
        CALLS.secret("DOWN", "http://localhost:" + SERVICE.port() + "/services/busy");
        SERVICE.answer("/services/busy", 429, "text/plain", "slow down", "Retry-After", "30");

        assertThat(CALLS.failure("slack.postMessage", "{'text': 'x', 'webhookSecret': 'DOWN'}")
                        .fields())
                .containsEntry("retryable", true)
                .containsEntry("retryAfterMs", 30_000L);
    }
}
