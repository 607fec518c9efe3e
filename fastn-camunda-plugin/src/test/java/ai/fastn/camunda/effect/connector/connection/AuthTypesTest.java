package ai.fastn.camunda.effect.connector.connection;

import static ai.fastn.camunda.effect.EffectCalls.TENANT_A;
import static ai.fastn.camunda.effect.EffectCalls.failed;
import static ai.fastn.camunda.effect.EffectCalls.scope;
import static ai.fastn.camunda.effect.EffectCalls.succeeded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.effect.EffectDatabases;
import ai.fastn.camunda.effect.EffectOutcome;
import ai.fastn.camunda.effect.EffectScope;
import ai.fastn.camunda.effect.secret.MasterKey;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Each way to show who calls, against a service that checks it. */
class AuthTypesTest {

    private static final FakeProvider PROVIDER = new FakeProvider();
    private static final Node NODE = Node.of(
            EffectDatabases.plugin(),
            MasterKey.random(),
            Node.registry(List.of(
                    define("keyed", "/key/me", "{type: apiKey, name: X-Key, prefix: 'Key '}"),
                    define("queried", "/query/me", "{type: apiKey, in: query, name: key}"),
                    define("basic", "/basic/me", "{type: basic}"),
                    define("bearer", "/api/me", "{type: bearer}"),
                    define("digest", "/digest/me", "{type: digest}"),
                    define("client-form", "/api/me", client("")),
                    define("client-post", "/api/me", client(", clientAuth: post, tokenRequest: json, scopes: [a, b]")),
                    define("inside", "/api/me", client("").replace(PROVIDER.url(), "http://localhost")),
                    define("login", "/api/me", login("form", "")),
                    define("login-json", "/api/me", login("json", ", lifetime: 20m")))),
            PROVIDER,
            Clock.systemUTC());

    private final EffectScope run = scope(TENANT_A);

    @AfterAll
    static void close() {
        NODE.calls().close();
        PROVIDER.close();
    }

    @ParameterizedTest
    @CsvSource({"keyed", "queried"})
    void aKeyStandsInAHeaderOrInTheQuery(String connector) {
        NODE.connect(TENANT_A, connector, "main", Map.of("key", FakeProvider.KEY));

        assertThat(me(connector).path("right").asBoolean()).isTrue();
    }

    @Test
    void aWrongKeyIsAnsweredAsTheServiceDoes() {
        NODE.connect(TENANT_A, "keyed", "wrong", Map.of("key", "another-key"));

        EffectOutcome.Failed error = failed(NODE.call("keyed", "{'connection': 'wrong'}", run));

        assertThat(error.fields()).containsEntry("status", 401).containsEntry("retryable", false);
    }

    @Test
    void basicCredentialsAreSentAndDoNotComeBack() {
        NODE.connect(TENANT_A, "basic", "main", user(FakeProvider.PASSWORD));

        JsonNode answer = me("basic");

        assertThat(answer.path("right").asBoolean()).isTrue();
        assertThat(answer.path("echo").asText()).isEqualTo("Basic «secret:main.password»");
    }

    @ParameterizedTest
    @CsvSource({"MD5", "SHA-256"})
    void aDigestAnswersTheChallengeOfTheService(String algorithm) {
        PROVIDER.digestAlgorithm = algorithm;
        String label = algorithm;
        NODE.connect(TENANT_A, "digest", label, user(FakeProvider.PASSWORD));

        assertThat(succeeded(NODE.call("digest", "{'connection': '" + label + "'}", run))
                        .at("/output/right")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void aDigestOfAWrongPasswordIsTriedOnce() {
        NODE.connect(TENANT_A, "digest", "wrong", user("not the password"));

        assertThat(failed(NODE.call("digest", "{'connection': 'wrong'}", run)).fields())
                .containsEntry("status", 401);
    }

    @ParameterizedTest
    @CsvSource({"clientForm", "clientPost"})
    void aClientGetsATokenForItselfOnceAndUsesItUntilItEnds(String connector) {
        NODE.connect(TENANT_A, connector, "main", client());
        int before = PROVIDER.tokenCalls.get();

        assertThat(me(connector).path("right").asBoolean()).isTrue();
        assertThat(me(connector).path("right").asBoolean()).isTrue();

        assertThat(PROVIDER.tokenCalls.get() - before).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = FakeProvider.Style.class,
            names = {"PLAIN", "NO_TOKEN_TYPE", "FORM", "NUMBERS_AS_TEXT"})
    void answersOfTokenEndpointsAreReadInEveryForm(FakeProvider.Style style) {
        PROVIDER.style = style;
        try {
            Connection made = NODE.connect(TENANT_A, "client-form", "style " + style, client());
            JsonNode answer = succeeded(NODE.call("clientForm", "{'connection': 'style " + style + "'}", run));

            assertThat(answer.at("/output/right").asBoolean()).isTrue();
            assertThat(NODE.connections().get(TENANT_A, made.id()).expiresAt()).isPresent();
        } finally {
            PROVIDER.style = FakeProvider.Style.PLAIN;
        }
    }

    @Test
    void aTokenThatTheServiceEndedEarlyIsGotAnewAndTheCallIsRepeatedOnce() {
        NODE.connect(TENANT_A, "client-form", "ended", client());
        String arguments = "{'connection': 'ended'}";
        succeeded(NODE.call("clientForm", arguments, run));
        PROVIDER.endAccessTokens();
        int tokens = PROVIDER.tokenCalls.get();
        int calls = PROVIDER.apiCalls.size();

        assertThat(succeeded(NODE.call("clientForm", arguments, run))
                        .at("/output/right")
                        .asBoolean())
                .isTrue();

        assertThat(PROVIDER.tokenCalls.get() - tokens).isEqualTo(1);
        assertThat(PROVIDER.apiCalls.size() - calls).isEqualTo(2);
    }

    @Test
    void aWrongClientIsRefusedWithTheCodeOfTheServerAndNothingElse() {
        Connection made = NODE.connect(
                TENANT_A, "client-form", "stranger", Map.of("clientId", "nobody", "clientSecret", "wrong-secret"));

        EffectOutcome.Failed error = failed(NODE.call("clientForm", "{'connection': 'stranger'}", run));

        assertThat(error.message()).isEqualTo("clientForm.me: token request was refused: invalid_client");
        assertThat(error.fields()).containsEntry("code", "FASTN-03065").containsEntry("retryable", false);
        assertThat(NODE.connections().get(TENANT_A, made.id()).status()).isEqualTo(ConnectionStatus.FAILED);
    }

    @Test
    void aTokenEndpointInsideTheNetworkIsRefusedAsACallWouldBe() {
        NODE.connect(TENANT_A, "inside", "main", client());

        EffectOutcome.Failed error = failed(NODE.call("inside", "{}", run));

        assertThat(error.fields()).containsEntry("code", "FASTN-03006").containsEntry("retryable", false);
    }

    @Test
    void aTokenEndpointThatIsBusyIsWorthARetry() {
        NODE.connect(TENANT_A, "client-form", "busy", client());
        PROVIDER.tokenStatus = 503;
        try {
            EffectOutcome.Failed error = failed(NODE.call("clientForm", "{'connection': 'busy'}", run));

            assertThat(error.fields()).containsEntry("code", "FASTN-03066").containsEntry("retryable", true);
        } finally {
            PROVIDER.tokenStatus = 200;
        }
        assertThat(succeeded(NODE.call("clientForm", "{'connection': 'busy'}", run))
                        .at("/output/right")
                        .asBoolean())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"login", "loginJson"})
    void aLoginGivesATokenThatIsUsedUntilTheServiceEndsIt(String connector) {
        NODE.connect(TENANT_A, connector, "main", user(FakeProvider.PASSWORD));
        int before = PROVIDER.logins.get();

        assertThat(me(connector).path("right").asBoolean()).isTrue();
        assertThat(me(connector).path("right").asBoolean()).isTrue();
        assertThat(PROVIDER.logins.get() - before).isEqualTo(1);

        PROVIDER.endAccessTokens();
        assertThat(me(connector).path("right").asBoolean()).isTrue();
        assertThat(PROVIDER.logins.get() - before).isEqualTo(2);
    }

    @Test
    void aLoginWithAWrongPasswordFailsTheConnection() {
        Connection made = NODE.connect(TENANT_A, "login", "wrong", user("not the password"));

        assertThat(failed(NODE.call("login", "{'connection': 'wrong'}", run)).message())
                .isEqualTo("login.me: token request was refused: wrong_password");
        assertThat(NODE.connections().get(TENANT_A, made.id()).status()).isEqualTo(ConnectionStatus.FAILED);
    }

    @Test
    void fieldsOfAConnectionAreThoseOfItsMethod() {
        assertThatThrownBy(() -> NODE.connect(TENANT_A, "basic", "x", Map.of("password", "long enough")))
                .isInstanceOfSatisfying(FastnException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.CONNECTION_INCOMPLETE);
                    assertThat(e).hasMessage("member \"fields\" lacks username, which connector \"basic\" needs");
                });
        assertThatThrownBy(() -> NODE.connect(TENANT_A, "basic", "x", Map.of("token", "long enough")))
                .hasMessage("member \"fields\" has unknown token; known are password, username");
        assertThatThrownBy(() -> NODE.connect(TENANT_A, "basic", "x", user("short")))
                .hasMessage("member \"fields.password\" has 5 characters: 6 to 16384 are expected");
    }

    private JsonNode me(String connector) {
        return succeeded(NODE.call(connector, "{'connection': 'main'}", run)).path("output");
    }

    private static Map<String, String> user(String password) {
        return Map.of("username", "bob", "password", password);
    }

    private static Map<String, String> client() {
        return Map.of("clientId", FakeProvider.CLIENT_ID, "clientSecret", FakeProvider.CLIENT_SECRET);
    }

    private static String define(String slug, String path, String auth) {
        return Node.definition(PROVIDER, slug, path, auth);
    }

    private static String client(String more) {
        return "{type: oauth2ClientCredentials, tokenUrl: '" + PROVIDER.url() + "/token'" + more + "}";
    }

    private static String login(String form, String more) {
        return "{type: customLogin, url: '" + PROVIDER.url() + "/login', " + form
                + ": {user: '{username}', pass: '{password}'}, tokenPath: data.token, prefix: 'Session '" + more + "}";
    }
}
