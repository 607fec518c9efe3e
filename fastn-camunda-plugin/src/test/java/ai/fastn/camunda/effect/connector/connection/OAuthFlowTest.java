package ai.fastn.camunda.effect.connector.connection;

import static ai.fastn.camunda.effect.EffectCalls.TENANT_A;
import static ai.fastn.camunda.effect.EffectCalls.TENANT_B;
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
import ai.fastn.camunda.effect.MovedClock;
import ai.fastn.camunda.effect.connector.ConnectorRegistry;
import ai.fastn.camunda.effect.secret.MasterKey;
import ai.fastn.camunda.workflow.TenantId;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A person agrees in a browser, and the connection lives until the service ends it. */
class OAuthFlowTest {

    private static final String REDIRECT = "https://fastn.example.com/fastn/api/v1/oauth/callback";
    private static final FakeProvider PROVIDER = new FakeProvider();
    private static final MovedClock CLOCK = new MovedClock();
    private static final ConnectorRegistry REGISTRY = Node.registry(List.of(
            Node.definition(PROVIDER, "crm", "/api/me", code("")),
            Node.definition(
                    PROVIDER,
                    "slack",
                    "/api/me",
                    code(
                            ", tokenPath: authed_user.access_token, accountPath: team.name, clientAuth: post, scopeSeparator: ','")),
            Node.definition(PROVIDER, "keyed", "/key/me", "{type: apiKey, name: X-Key}")));
    private static final Node NODE = Node.of(EffectDatabases.plugin(), MasterKey.random(), REGISTRY, PROVIDER, CLOCK);

    private final EffectScope run = scope(TENANT_A);

    @BeforeEach
    void register() {
        PROVIDER.redirectUri = REDIRECT;
        PROVIDER.style = FakeProvider.Style.PLAIN;
        PROVIDER.rotates = true;
        PROVIDER.expiresIn = 3600;
        for (String connector : List.of("crm", "slack")) {
            NODE.apps()
                    .put(
                            Optional.of(TENANT_A),
                            connector,
                            FakeProvider.CLIENT_ID,
                            Optional.of(FakeProvider.CLIENT_SECRET),
                            "anna");
        }
    }

    @AfterAll
    static void close() {
        NODE.calls().close();
        PROVIDER.close();
    }

    @Test
    void aPersonAgreesAndCallsAreMade() {
        Connection made = connect("crm", "agreed");

        assertThat(made.status()).isEqualTo(ConnectionStatus.ACTIVE);
        assertThat(made.scopes()).containsExactly("a", "b");
        assertThat(made.expiresAt()).contains(CLOCK.instant().plusSeconds(3600));
        assertThat(made.updatedBy()).isEqualTo("anna");
        assertThat(right("crm", "agreed")).isTrue();
    }

    @Test
    void theAuthorizationPageIsAskedForWhatTheDefinitionSays() {
        OAuthFlow.Started started = start("slack", "asked", Optional.empty());

        Map<String, String> query = ProviderText.form(started.authorizeUrl().getRawQuery());
        assertThat(query)
                .containsEntry("scope", "read,write all")
                .containsEntry("access_type", "offline")
                .containsEntry("redirect_uri", REDIRECT)
                .containsEntry("client_id", FakeProvider.CLIENT_ID)
                .doesNotContainKeys("client_secret", "code_verifier");
    }

    @ParameterizedTest
    @EnumSource(FakeProvider.Style.class)
    void answersAreReadInEveryForm(FakeProvider.Style style) {
        PROVIDER.style = style;
        String connector = style == FakeProvider.Style.SLACK ? "slack" : "crm";

        Connection made = connect(connector, "style " + style);

        assertThat(made.expiresAt()).isPresent();
        assertThat(right(connector, "style " + style)).isTrue();
        if (style == FakeProvider.Style.SLACK) {
            assertThat(made.account()).contains("Acme");
        }
        if (style == FakeProvider.Style.FORM) {
            assertThat(made.scopes()).containsExactly("repo", "user");
        }
    }

    @Test
    void aStateServesOnce() {
        OAuthFlow.Started started = start("crm", "once", Optional.empty());
        Map<String, String> back = agree(started.authorizeUrl());
        complete(back, started.browser());

        refused(
                () -> complete(back, started.browser()),
                "authorization is unknown, was completed already, or is older than 10 minutes");
    }

    @Test
    void anotherBrowserIsRefusedAndTheStateIsGoneThen() {
        OAuthFlow.Started started = start("crm", "foreign", Optional.empty());
        Map<String, String> back = agree(started.authorizeUrl());
        String another = start("crm", "another", Optional.empty()).browser();

        refused(() -> complete(back, another), "authorization was begun in another browser");
        refused(
                () -> complete(back, started.browser()),
                "authorization is unknown, was completed already, or is older than 10 minutes");
    }

    @Test
    void withoutACookieNothingIsCompleted() {
        OAuthFlow.Started started = start("crm", "no cookie", Optional.empty());
        Map<String, String> back = agree(started.authorizeUrl());

        refused(
                () -> NODE.flow()
                        .complete(back.getOrDefault("state", ""), back.getOrDefault("code", ""), Optional.empty()),
                "authorization was begun in another browser");
    }

    @Test
    void aStateIsTooOldAfterTenMinutes() {
        OAuthFlow.Started started = start("crm", "late", Optional.empty());
        Map<String, String> back = agree(started.authorizeUrl());
        CLOCK.move(Duration.ofMinutes(10));

        refused(
                () -> complete(back, started.browser()),
                "authorization is unknown, was completed already, or is older than 10 minutes");
    }

    @Test
    void twoAuthorizationsOfOneBrowserDoNotDisturbEachOther() {
        OAuthFlow.Started one = start("crm", "tab one", Optional.empty());
        OAuthFlow.Started two = start("crm", "tab two", Optional.of(one.browser()));

        assertThat(complete(agree(one.authorizeUrl()), two.browser()).label()).isEqualTo("tab one");
        assertThat(complete(agree(two.authorizeUrl()), two.browser()).label()).isEqualTo("tab two");
    }

    @Test
    void aCodeWithoutItsVerifierIsWorthNothing() {
        OAuthFlow.Started mine = start("crm", "mine", Optional.empty());
        OAuthFlow.Started victims = start("crm", "victims", Optional.empty());
        String stolen = agree(victims.authorizeUrl()).getOrDefault("code", "");
        String state = agree(mine.authorizeUrl()).getOrDefault("state", "");

        assertThatThrownBy(() -> NODE.flow().complete(state, stolen, Optional.of(mine.browser())))
                .hasMessage("token request was refused: invalid_grant");
    }

    @Test
    void aPersonWhoDoesNotAgreeIsTold() {
        OAuthFlow.Started started = start("crm", "no", Optional.empty());
        String state = ProviderText.form(started.authorizeUrl().getRawQuery()).getOrDefault("state", "");

        refused(
                () -> NODE.flow().refuse(state, "access_denied", Optional.of(started.browser())),
                "service refused the authorization: access_denied");
    }

    @Test
    void withoutAnAppOrWithAnotherMethodNothingBegins() {
        assertThatThrownBy(() -> start(TENANT_B, "crm", "x", Optional.empty()))
                .isInstanceOfSatisfying(
                        FastnException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.OAUTH_APP_MISSING));
        refused(() -> start("keyed", "x", Optional.empty()), "connector \"keyed\" does not use an authorization code");
    }

    @Test
    void theOperatorsAppServesTenantsThatHaveNone() {
        NODE.apps().put(Optional.empty(), "crm", FakeProvider.CLIENT_ID, Optional.of(FakeProvider.CLIENT_SECRET), "op");
        try {
            OAuthFlow.Started started = start(TENANT_B, "crm", "managed", Optional.empty());

            Connection made = complete(agree(started.authorizeUrl()), started.browser());

            assertThat(made.tenant()).isEqualTo(TENANT_B);
            assertThat(made.ownApp()).contains(false);
        } finally {
            NODE.apps().delete(Optional.empty(), "crm");
        }
    }

    @Test
    void aTokenIsRenewedBeforeItsEndAndTheRotatedRefreshTokenIsKept() {
        connect("crm", "rotating");
        for (int round = 0; round < 3; round++) {
            CLOCK.move(Duration.ofSeconds(3545));
            int before = PROVIDER.tokenCalls.get();

            assertThat(right("crm", "rotating")).isTrue();
            assertThat(right("crm", "rotating")).isTrue();

            assertThat(PROVIDER.tokenCalls.get() - before).isEqualTo(1);
        }
    }

    @Test
    void aRefreshTokenThatDoesNotRotateStaysInUse() {
        PROVIDER.rotates = false;
        connect("crm", "constant");
        for (int round = 0; round < 3; round++) {
            CLOCK.move(Duration.ofHours(1));
            assertThat(right("crm", "constant")).isTrue();
        }
    }

    @Test
    void aClockThatIsBehindUsesAnEndedTokenOnceAndRenewsItAfterThe401() {
        connect("crm", "behind");
        PROVIDER.endAccessTokens();
        int tokens = PROVIDER.tokenCalls.get();
        int calls = PROVIDER.apiCalls.size();

        assertThat(right("crm", "behind")).isTrue();

        assertThat(PROVIDER.tokenCalls.get() - tokens).isEqualTo(1);
        assertThat(PROVIDER.apiCalls.size() - calls).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(
            value = FakeProvider.Style.class,
            names = {"PLAIN", "FORM", "SLACK"})
    void aRevokedConnectionExpiresAndSaysThatSomebodyHasToConnectAgain(FakeProvider.Style style) {
        PROVIDER.style = style;
        String connector = style == FakeProvider.Style.SLACK ? "slack" : "crm";
        Connection made = connect(connector, "revoked " + style);
        PROVIDER.revokeEverything();

        EffectOutcome.Failed error = failed(call(connector, "revoked " + style));
        int tokens = PROVIDER.tokenCalls.get();
        EffectOutcome.Failed next = failed(call(connector, "revoked " + style));

        assertThat(error.message())
                .isEqualTo(connector + ".me: connection \"revoked " + style
                        + "\" has expired: the service no longer accepts it; connect it again");
        assertThat(error.fields()).containsEntry("code", "FASTN-03062").containsEntry("retryable", false);
        assertThat(next.fields()).containsEntry("code", "FASTN-03062");
        assertThat(PROVIDER.tokenCalls.get())
                .as("no request for an expired one")
                .isEqualTo(tokens);
        assertThat(NODE.connections().get(TENANT_A, made.id()).status()).isEqualTo(ConnectionStatus.EXPIRED);
    }

    @Test
    void connectingAgainBringsAnExpiredConnectionBackAsWhatItWas() {
        Connection made = connect("crm", "comes back");
        PROVIDER.revokeEverything();
        failed(call("crm", "comes back"));

        OAuthFlow.Started started = NODE.flow()
                .start(
                        TENANT_A,
                        new OAuthBegin(draft("-", "-"), Optional.of(made.id())),
                        Optional.empty(),
                        REDIRECT,
                        "bert");
        Connection again = complete(agree(started.authorizeUrl()), started.browser());

        assertThat(again.id()).isEqualTo(made.id());
        assertThat(again.label()).isEqualTo("comes back");
        assertThat(again.isDefault()).isEqualTo(made.isDefault());
        assertThat(again.status()).isEqualTo(ConnectionStatus.ACTIVE);
        assertThat(right("crm", "comes back")).isTrue();
    }

    @Test
    void aTokenWithoutEndLivesUntilTheServiceRefusesIt() {
        PROVIDER.expiresIn = 0;
        Connection made = connect("crm", "endless");
        CLOCK.move(Duration.ofDays(400));

        assertThat(made.expiresAt()).isEmpty();
        assertThat(right("crm", "endless")).isTrue();
    }

    @Test
    void deletingGivesTheTokensBack() {
        Connection made = connect("crm", "deleted");
        assertThat(PROVIDER.isLive()).isTrue();

        NODE.connections().delete(TENANT_A, made.id());

        assertThat(failed(call("crm", "deleted")).fields()).containsEntry("code", "FASTN-03060");
        assertThat(PROVIDER.isLive()).isFalse();
    }

    private Connection connect(String connector, String label) {
        OAuthFlow.Started started = start(connector, label, Optional.empty());
        return complete(agree(started.authorizeUrl()), started.browser());
    }

    private static OAuthFlow.Started start(String connector, String label, Optional<String> browser) {
        return start(TENANT_A, connector, label, browser);
    }

    private static OAuthFlow.Started start(TenantId tenant, String connector, String label, Optional<String> browser) {
        return NODE.flow()
                .start(tenant, new OAuthBegin(draft(connector, label), Optional.empty()), browser, REDIRECT, "anna");
    }

    private static ConnectionDraft draft(String connector, String label) {
        return new ConnectionDraft(
                connector, Optional.empty(), Optional.empty(), label, Map.of(), Map.of(), List.of(), Optional.empty());
    }

    private static Connection complete(Map<String, String> back, String browser) {
        return NODE.flow()
                .complete(back.getOrDefault("state", ""), back.getOrDefault("code", ""), Optional.of(browser));
    }

    /** What the service sends the browser back with. */
    static Map<String, String> agree(URI authorizeUrl) {
        try {
            var answer = HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(authorizeUrl).build(), BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(302);
            return ProviderText.form(
                    URI.create(answer.headers().firstValue("Location").orElseThrow())
                            .getRawQuery());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private EffectOutcome call(String connector, String label) {
        return NODE.call(connector, "{'connection': '" + label + "'}", run);
    }

    private boolean right(String connector, String label) {
        return succeeded(call(connector, label)).at("/output/right").asBoolean();
    }

    private static void refused(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOfSatisfying(FastnException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.OAUTH_REFUSED);
            assertThat(e).hasMessage(message);
        });
    }

    private static String code(String more) {
        return code(PROVIDER, more);
    }

    static String code(FakeProvider provider, String more) {
        return "{type: oauth2Code, authorizeUrl: '" + provider.url() + "/authorize', tokenUrl: '" + provider.url()
                + "/token', revokeUrl: '" + provider.url() + "/revoke', scopes: [read, write all],"
                + " authorizeParams: {access_type: offline}" + more + "}";
    }
}
