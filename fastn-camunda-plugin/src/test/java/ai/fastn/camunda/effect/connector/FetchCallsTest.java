package ai.fastn.camunda.effect.connector;

import static ai.fastn.camunda.effect.EffectCalls.NO_RECORD;
import static ai.fastn.camunda.effect.EffectCalls.TENANT_A;
import static ai.fastn.camunda.effect.EffectCalls.failed;
import static ai.fastn.camunda.effect.EffectCalls.json;
import static ai.fastn.camunda.effect.EffectCalls.scope;
import static ai.fastn.camunda.effect.EffectCalls.succeeded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.effect.EffectOutcome;
import ai.fastn.camunda.effect.EffectRequest;
import ai.fastn.camunda.effect.InDoubt;
import ai.fastn.camunda.workflow.StepKind;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FetchCallsTest {

    private final FakeService service = new FakeService();
    private final FakeService other = new FakeService();
    private final FetchCalls calls = new FetchCalls(
            EgressGuard.allowing("localhost:" + service.port() + ",127.0.0.1:" + other.port()),
            FetchHosts.of("localhost, 127.0.0.1, 169.254.169.254, *.example.com"));

    @AfterEach
    void close() {
        calls.close();
        service.close();
        other.close();
    }

    @Test
    void anAnswerComesWithStatusHeadersAndText() {
        service.answer("/a%7Cb", 404, "text/plain; charset=utf-8", "ü", "X-One", "1");

        JsonNode answer = fetch("GET", service, "/a|b?x=%20y", "[[\"x-sent\",\"2\"],[\"host\",\"evil\"]]", "null");

        assertThat(answer.path("status").asInt()).isEqualTo(404);
        assertThat(answer.path("statusText").asText()).isEqualTo("Not Found");
        assertThat(answer.path("redirected").asBoolean()).isFalse();
        assertThat(answer.path("body")).isEqualTo(json("{\"text\":\"ü\"}"));
        assertThat(answer.path("headers").toString()).contains("[\"x-one\",\"1\"]");
        assertThat(service.last().url()).isEqualTo("/a%7Cb?x=%20y");
        assertThat(service.last().header("X-sent")).isEqualTo("2");
        assertThat(service.last().header("Host")).isEqualTo("localhost:" + service.port());
        assertThat(service.last().header("Idempotency-key"))
                .as("only the author sets one")
                .isEmpty();
    }

    @Test
    void bytesThatAreNoTextComeAsTheyAre() {
        service.answer("/b", exchange -> {
            exchange.sendResponseHeaders(200, 2);
            exchange.getResponseBody().write(new byte[] {(byte) 0xff, 0});
        });

        assertThat(fetch("GET", service, "/b", "[]", "null").path("body")).isEqualTo(json("{\"bytes\":\"/wA=\"}"));
    }

    @Test
    void aBodyIsSentAsTextOrBytes() {
        service.answer("/p", 204, "text/plain", "");

        JsonNode answer = fetch("POST", service, "/p", "[[\"content-type\",\"x/y\"]]", "{\"text\":\"ü\"}");
        assertThat(answer.path("body").isNull()).isTrue();
        assertThat(service.last().body()).isEqualTo("ü");
        assertThat(service.last().header("Content-type")).isEqualTo("x/y");
        fetch("PATCH", service, "/p", "[]", "{\"bytes\":\"YWI=\"}");
        assertThat(service.last().body()).isEqualTo("ab");
        assertThat(service.last().method()).isEqualTo("PATCH");
    }

    @Test
    void aRedirectIsFollowedWithoutWhatIsMeantForTheFirstHost() {
        other.answer("/there", 200, "text/plain", "there");
        service.answer("/r", 302, "text/plain", "", "Location", "http://127.0.0.1:" + other.port() + "/there");

        JsonNode answer = fetch(
                "POST",
                service,
                "/r",
                "[[\"authorization\",\"a\"],[\"cookie\",\"c\"],[\"x-a\",\"1\"]]",
                "{\"text\":\"x\"}");

        assertThat(answer.path("redirected").asBoolean()).isTrue();
        assertThat(answer.path("url").asText()).isEqualTo("http://127.0.0.1:" + other.port() + "/there");
        assertThat(other.last().method()).as("as browsers do").isEqualTo("GET");
        assertThat(other.last().header("Authorization")).isEmpty();
        assertThat(other.last().header("Cookie")).isEmpty();
        assertThat(other.last().header("X-a")).isEqualTo("1");
    }

    @Test
    void aRedirectThatKeepsTheMethodSendsTheBodyAgain() {
        service.answer("/r", 307, "text/plain", "", "Location", "/s");
        service.answer("/s", 200, "text/plain", "");

        fetch("PUT", service, "/r", "[[\"authorization\",\"a\"]]", "{\"text\":\"x\"}");

        assertThat(service.last().method()).isEqualTo("PUT");
        assertThat(service.last().body()).isEqualTo("x");
        assertThat(service.last().header("Authorization")).as("the same host").isEqualTo("a");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            http://169.254.169.254/latest/meta-data | FASTN-03006 | has an address inside this network
            http://not.listed.org/                  | FASTN-03006 | host "not.listed.org" is not listed in fastn.egress.fetch-hosts
            http://localhost:1/                     | FASTN-03006 | port 1 of host "localhost" is neither 80 nor 443
            /loop                                   | FASTN-03071 | it was redirected more than 20 times
            """)
    void aRedirectToAPlaceThatMayNotBeCalledIsRefused(String location, String code, String message) {
        service.answer("/loop", 302, "text/plain", "", "Location", location);

        EffectOutcome.Failed error = failed(call("GET", url(service, "/loop"), "[]", "null", ""));

        assertThat(error.name()).isEqualTo("TypeError");
        assertThat(error.message()).startsWith("fetch failed: ").contains(message);
        assertThat(error.fields()).containsEntry("code", code).containsEntry("retryable", false);
    }

    @Test
    void whoAsksForItSeesTheRedirectOrAnError() {
        service.answer("/r", 302, "text/plain", "", "Location", "/s");

        JsonNode manual = succeeded(call("GET", url(service, "/r"), "[]", "null", ",\"redirect\":\"manual\""));
        assertThat(manual.path("status").asInt()).isEqualTo(302);
        assertThat(failed(call("GET", url(service, "/r"), "[]", "null", ",\"redirect\":\"error\""))
                        .message())
                .isEqualTo("fetch failed: it was redirected, which redirect: \"error\" forbids");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://example.com/", "https://example.com.evil.org/", "http://10.0.0.1/", "http://[::1]/"})
    void hostsThatAreNotListedAreRefused(String url) {
        assertThat(failed(call("GET", url, "[]", "null", "")).fields()).containsEntry("code", "FASTN-03006");
    }

    @Test
    void aSlowHostIsATimeoutErrorAndAWriteIsNotRepeated() {
        CountDownLatch done = new CountDownLatch(1);
        service.answer("/slow", exchange -> {
            try {
                done.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        try {
            EffectOutcome.Failed write =
                    failed(call("POST", url(service, "/slow"), "[]", "null", ",\"timeoutMs\":100"));
            assertThat(write.name()).isEqualTo("TimeoutError");
            assertThat(write.message()).isEqualTo("The operation was aborted due to timeout");
            assertThat(write.fields()).containsEntry("code", "FASTN-03071").containsEntry("retryable", false);
            assertThat(failed(call("GET", url(service, "/slow"), "[]", "null", ",\"timeoutMs\":100"))
                            .fields())
                    .containsEntry("retryable", true);
        } finally {
            done.countDown();
        }
    }

    @Test
    void aWriteIsInDoubtUnlessTheAuthorGaveItAKey() {
        EffectRequest key = request("POST", "http://localhost/", "[[\"idempotency-key\",\"1\"]]", "null", "");
        EffectRequest plain = request("POST", "http://localhost/", "[]", "null", "");
        EffectRequest read = request("HEAD", "http://localhost/", "[]", "null", "");

        assertThat(calls.kind(key)).isEqualTo(StepKind.WRITE);
        assertThat(calls.inDoubt(key)).isEqualTo(InDoubt.RETRY);
        assertThat(calls.inDoubt(plain)).isEqualTo(InDoubt.FAIL);
        assertThat(calls.kind(read)).isEqualTo(StepKind.READ);
        assertThat(calls.inDoubt(read)).isEqualTo(InDoubt.RETRY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://example.com", "exa mple.com", "*x.com", "example.com:80"})
    void anEntryThatIsNoHostIsRefusedAtTheStart(String entry) {
        assertThatThrownBy(() -> FetchHosts.of("ok.example.com, " + entry))
                .isInstanceOf(FastnException.class)
                .hasMessageStartingWith("fastn.egress.fetch-hosts holds \"" + entry + "\"");
    }

    @Test
    void aListIsEmptyUnlessTheOperatorFillsIt() {
        try (FetchCalls none = new FetchCalls(EgressGuard.allowing(""), FetchHosts.of(""))) {
            assertThat(failed(none.perform(
                                    request("GET", "https://example.com/", "[]", "null", ""),
                                    scope(TENANT_A),
                                    NO_RECORD))
                            .message())
                    .isEqualTo("fetch failed: host \"example.com\" is not listed in fastn.egress.fetch-hosts");
        }
    }

    private JsonNode fetch(String method, FakeService at, String path, String headers, String body) {
        return succeeded(call(method, url(at, path), headers, body, ""));
    }

    private EffectOutcome call(String method, String url, String headers, String body, String more) {
        return calls.perform(request(method, url, headers, body, more), scope(TENANT_A), NO_RECORD);
    }

    private static String url(FakeService at, String path) {
        return "http://localhost:" + at.port() + path;
    }

    private static EffectRequest request(String method, String url, String headers, String body, String more) {
        String redirect = more.contains("redirect") ? "" : ",\"redirect\":\"follow\"";
        return new EffectRequest(
                "fetch." + method,
                "{\"method\":\"" + method + "\",\"url\":\"" + url + "\",\"headers\":" + headers + ",\"body\":" + body
                        + redirect + more + "}");
    }
}
