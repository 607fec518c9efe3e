package ai.fastn.camunda.effect.connector;

import static ai.fastn.camunda.effect.EffectCalls.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.fastn.camunda.effect.EffectOutcome;
import ai.fastn.camunda.effect.connector.builtin.BuiltInConnectors;
import ai.fastn.camunda.effect.connector.connection.Connection;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code fastn.connector.http} and {@code slack} with connections of the tenant. */
class HttpConnectionsTest {

    private static final String KEY = "key-1234567890";

    private final FakeService service = new FakeService();
    private final FakeService other = new FakeService();
    private final BuiltIns calls =
            new BuiltIns(BuiltInConnectors.Settings.NONE, "localhost:" + service.port() + ",localhost:" + other.port());
    private final String base = "http://localhost:" + service.port() + "/v1";

    @AfterEach
    void close() {
        calls.close();
        service.close();
        other.close();
    }

    @Test
    void aRelativeUrlContinuesTheAddressOfTheConnection() {
        service.answer("/v1/deals", 200, "application/json", "{\"seen\": \"" + KEY + "\"}", "X-Echo", "the " + KEY);
        calls.connect("http", "north", settings("bearer"), Map.of("token", KEY));

        JsonNode answer = calls.call("http.get", "{'url': '/deals', 'query': {'a': 'b c'}}");
        assertThat(answer.path("body")).isEqualTo(json("{\"seen\": \"«secret:north.token»\"}"));
        assertThat(answer.at("/headers/x-echo").asText()).isEqualTo("the «secret:north.token»");
        assertThat(service.last().url()).isEqualTo("/v1/deals?a=b%20c");
        assertThat(service.last().header("Authorization")).isEqualTo("Bearer " + KEY);

        calls.callBy("north", "http.post", "{'url': 'deals', 'body': {'x': 1}}");
        assertThat(service.last().method()).isEqualTo("POST");
        assertThat(service.last().header("Authorization")).isEqualTo("Bearer " + KEY);
    }

    @Test
    void onlyTheHostOfTheConnectionSeesItsCredentials() {
        other.answer("/x", 200, "text/plain", "other");
        service.answer("/v1/away", 302, "text/plain", "", "Location", "http://localhost:" + other.port() + "/x");
        service.answer("/elsewhere", 200, "text/plain", "same host");
        calls.connect("http", "north", settings("bearer"), Map.of("token", KEY));

        calls.call("http.get", "{'url': 'http://localhost:" + other.port() + "/x'}");
        assertThat(other.last().header("Authorization"))
                .as("an address of its own")
                .isEmpty();
        calls.call("http.get", "{'url': 'away'}");
        assertThat(other.last().header("Authorization")).as("a redirect").isEmpty();
        calls.call("http.get", "{'url': 'http://localhost:" + service.port() + "/elsewhere'}");
        assertThat(service.last().header("Authorization")).isEqualTo("Bearer " + KEY);
    }

    @Test
    void keysStandInTheQueryOrAHeaderAsTheConnectionSays() {
        service.answer("/v1/a", 200, "text/plain", "ok");
        calls.connect(
                "http",
                "query",
                Map.of("baseUrl", base, "auth.type", "apiKey", "auth.in", "query", "auth.name", "key"),
                Map.of("key", KEY));
        calls.connect(
                "http",
                "header",
                Map.of("baseUrl", base, "auth.type", "apiKey", "auth.name", "X-Key", "auth.prefix", "k "),
                Map.of("key", KEY));
        calls.connect("http", "basic", settings("basic"), Map.of("username", "bob", "password", "password-of-bob"));

        calls.callBy("query", "http.get", "{'url': 'a?b=1'}");
        assertThat(service.last().url()).isEqualTo("/v1/a?b=1&key=" + KEY);
        calls.callBy("header", "http.get", "{'url': 'a', 'headers': {'x-key': 'mine'}}");
        assertThat(service.last().header("X-key")).isEqualTo("k " + KEY);
        calls.callBy("basic", "http.get", "{'url': 'a'}");
        assertThat(service.last().header("Authorization")).startsWith("Basic ");
    }

    @Test
    void aTokenThatTheServiceRefusesIsRenewedOnceForACallToo() {
        AtomicInteger number = new AtomicInteger();
        service.answer(
                "/login", exchange -> reply(exchange, 200, "{\"data\": \"session-" + number.incrementAndGet() + "\"}"));
        service.answer("/v1/a", exchange -> {
            boolean fresh = "S session-2".equals(exchange.getRequestHeaders().getFirst("X-Session"));
            reply(exchange, fresh ? 200 : 401, "{}");
        });
        calls.connect(
                "http",
                "login",
                Map.of(
                        "baseUrl", base,
                        "auth.type", "customLogin",
                        "auth.url", "http://localhost:" + service.port() + "/login",
                        "auth.json.user", "{username}",
                        "auth.json.password", "{password}",
                        "auth.tokenPath", "data",
                        "auth.header", "X-Session",
                        "auth.prefix", "S "),
                Map.of("username", "bob", "password", "password-of-bob"));

        assertThat(calls.call("http.post", "{'url': 'a', 'body': 'x'}")
                        .path("status")
                        .asInt())
                .isEqualTo(200);
        assertThat(number).hasValue(2);
        service.answer("/v1/a", exchange -> reply(exchange, 401, "{\"why\": \"no\"}"));
        assertThat(calls.failure("http.get", "{'url': 'a'}").fields())
                .as("one more try, and no third")
                .containsEntry("status", 401)
                .containsEntry("output", Map.of("why", "no"));
        assertThat(number).hasValue(3);
    }

    @Test
    void clientCredentialsBringTheirOwnClient() {
        service.answer("/token", exchange -> reply(exchange, 200, "{\"access_token\": \"token-abcdef\"}"));
        service.answer("/v1/a", 200, "text/plain", "token-abcdef");
        Map<String, String> settings = Map.of(
                "baseUrl",
                base,
                "auth.type",
                "oauth2ClientCredentials",
                "auth.tokenUrl",
                "http://localhost:" + service.port() + "/token",
                "auth.tokenParams.audience",
                "here");
        assertThatThrownBy(() -> calls.connect("http", "app", settings, Map.of()))
                .hasMessage("member \"fields\" lacks clientId, clientSecret, which connector \"http\" needs");
        calls.connect("http", "app", settings, Map.of("clientId", "me", "clientSecret", "secret-of-me"));

        assertThat(calls.call("http.get", "{'url': 'a'}").path("body").asText()).isEqualTo("«secret:app.accessToken»");
        assertThat(service.received.get(0).body()).contains("audience=here");
    }

    @Test
    void itsAddressChangesWithItsSecretsOnly() {
        Connection north = calls.connect("http", "north", settings("bearer"), Map.of("token", KEY));
        Map<String, String> elsewhere = Map.of("baseUrl", "https://evil.example.com", "auth.type", "bearer");

        assertThatThrownBy(() -> calls.change(north, elsewhere, Map.of()))
                .hasMessage("member \"fields\" lacks token, which connector \"http\" needs");
        assertThatThrownBy(() -> calls.change(north, settings("basic"), Map.of("username", "b", "password", "123456")))
                .hasMessage("member \"settings\" makes the method of the connection \"basic\", and it was made with"
                        + " \"bearer\"");
        assertThat(calls.change(north, elsewhere, Map.of("token", "another-token"))
                        .settings())
                .isEqualTo(elsewhere);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            auth.type=bearer                                  | member "settings": baseUrl is missing
            baseUrl=ftp://x.example.com                       | member "settings": baseUrl is not the address of a service: http(s)://host[:port][/path]
            baseUrl=https://x.example.com;auth.type=magic     | member "settings": auth.type is "magic"; allowed are apiKey, basic, bearer, customLogin, digest, none, oauth2ClientCredentials, oauth2Code
            baseUrl=https://x.example.com;auth.type=bearer;auth.x=y | member "settings": auth has an unknown field "x"; allowed are type, secret
            baseUrl=https://x.example.com;auth.type=bearer;auth.secret=CRM | member "settings": auth is for a definition of a connector: a connection neither names secrets nor begins an authorization
            baseUrl=https://x.example.com;color=red           | member "settings": the file has an unknown field "color"; allowed are baseUrl, auth
            """)
    void settingsThatSayNothingThatCanBeCalledAreRefused(String settings, String message) {
        Map<String, String> said = new java.util.HashMap<>();
        for (String pair : settings.split(";", -1)) {
            said.put(pair.split("=", 2)[0], pair.split("=", 2)[1]);
        }

        assertThatThrownBy(() -> calls.connect("http", "wrong", said, Map.of("token", KEY)))
                .hasMessage(message);
    }

    @Test
    void withoutAConnectionAUrlIsAbsolute() {
        EffectOutcome.Failed error = calls.failure("http.get", "{'url': '/deals'}");

        assertThat(error.message())
                .isEqualTo("http.get: url has no scheme, and there is no connection with a baseUrl that it could"
                        + " continue");
        assertThat(error.fields()).containsEntry("code", "FASTN-03004");
    }

    @Test
    void aMessageGoesToTheWebhookOfTheConnectionUnlessTheCallNamesASecret() {
        service.answer("/hook", 200, "text/plain", "ok");
        other.answer("/hook", 200, "text/plain", "ok");
        calls.connect("slack", "team", Map.of(), Map.of("webhookUrl", "http://localhost:" + service.port() + "/hook"));
        calls.secret("OTHER_HOOK", "http://localhost:" + other.port() + "/hook");

        calls.call("slack.postMessage", "{'text': 'a'}");
        calls.callBy("team", "slack.postMessage", "{'text': 'b'}");
        calls.call("slack.postMessage", "{'text': 'c', 'webhookSecret': 'OTHER_HOOK'}");

        assertThat(service.received).hasSize(2);
        assertThat(other.last().body()).isEqualTo("{\"text\":\"c\"}");
    }

    private Map<String, String> settings(String type) {
        return Map.of("baseUrl", base, "auth.type", type);
    }

    private static void reply(com.sun.net.httpserver.HttpExchange exchange, int status, String json)
            throws java.io.IOException {
        byte[] bytes = json.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
