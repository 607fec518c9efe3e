package ai.fastn.camunda.effect.connector.connection;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.effect.connector.ConnectorAuth;
import ai.fastn.camunda.effect.connector.ConnectorDefinition;
import ai.fastn.camunda.effect.connector.ConnectorRegistry;
import ai.fastn.camunda.effect.connector.OAuthTerms;
import ai.fastn.camunda.effect.secret.Sealing;
import ai.fastn.camunda.workflow.TenantId;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * The authorization code grant with PKCE (RFC 6749, RFC 7636): sends a person's browser to the service and makes a
 * connection of what it brings back. What begins in one browser can only be completed in it.
 */
public final class OAuthFlow {

    private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();
    private static final int RANDOM_BYTES = 32;

    private final ConnectorRegistry registry;
    private final Connections connections;
    private final OAuthApps apps;
    private final TokenClient tokens;
    private final OAuthStates states;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    public OAuthFlow(
            ConnectorRegistry registry,
            Connections connections,
            OAuthApps apps,
            TokenClient tokens,
            DataSource plugin,
            Sealing sealing,
            Clock clock) {
        this.registry = registry;
        this.connections = connections;
        this.apps = apps;
        this.tokens = tokens;
        this.states = new OAuthStates(plugin, sealing, clock);
        this.clock = clock;
    }

    /**
     * Where the browser goes.
     *
     * @param browser secret that the browser keeps until it comes back
     */
    public record Started(URI authorizeUrl, String browser) {

        @Override
        public String toString() {
            return "authorization";
        }
    }

    /**
     * Begins.
     *
     * @param browser secret that this browser has from an earlier beginning
     * @param redirectUri where the service sends the browser to
     * @throws FastnException CONNECTOR_UNKNOWN, OAUTH_REFUSED, OAUTH_APP_MISSING, CONNECTION_UNKNOWN,
     *     CONNECTION_INCOMPLETE, REQUEST_FIELD
     */
    public Started start(TenantId tenant, OAuthBegin begin, Optional<String> browser, String redirectUri, String who) {
        OAuthBegin asked =
                begin.reconnects().map(id -> again(tenant, id, begin)).orElse(begin);
        ConnectionDraft draft = asked.draft();
        ConnectorDefinition definition =
                registry.resolve(tenant, draft.connector(), draft.orgId().orElse(null));
        OAuthTerms terms = terms(definition);
        boolean managed = registry.isManaged(definition);
        OAuthApp app =
                apps.find(tenant, definition.slug(), managed).orElseThrow(() -> OAuthApps.missing(definition.slug()));
        ConnectionRules.requireLabel(draft.label());
        ConnectionRules.requireEnvironment(draft.environment());
        ConnectionRules.requireSettings(definition, draft.settings());
        String state = randomText();
        String verifier = randomText();
        String secret = browser.filter(text -> text.length() == state.length()).orElseGet(this::randomText);
        states.add(
                tenant,
                state,
                secret,
                verifier,
                asked.pending(managed, app.own(), definition.slug(), redirectUri, who));
        return new Started(authorizeUrl(terms, app, draft, redirectUri, state, verifier), secret);
    }

    /**
     * Exchanges the code and keeps the connection.
     *
     * @param browser secret of the browser that brings the code
     * @throws FastnException OAUTH_REFUSED, TOKEN_REFUSED, TOKEN_UNAVAILABLE, OAUTH_APP_MISSING, REQUEST_FIELD when the
     *     label was taken in between
     */
    public Connection complete(String state, String code, Optional<String> browser) {
        OAuthStates.Begun begun = begun(state, browser);
        OAuthStates.Pending pending = begun.pending();
        ConnectorDefinition definition =
                registry.resolve(begun.tenant(), pending.connector(), pending.managed() ? "managed" : "custom");
        OAuthApp app = apps.find(begun.tenant(), pending.connector(), pending.managed(), Optional.of(pending.ownApp()))
                .orElseThrow(() -> OAuthApps.missing(pending.connector()));
        Map<String, String> grant = new LinkedHashMap<>();
        grant.put("grant_type", "authorization_code");
        grant.put("code", code);
        grant.put("redirect_uri", pending.redirectUri());
        grant.put("code_verifier", begun.verifier());
        Tokens got = tokens.exchange(terms(definition), pending.settings(), app, grant);
        return connections.connected(begun.tenant(), definition, pending, got, clock.instant());
    }

    /**
     * The person did not agree, or the service could not ask.
     *
     * @throws FastnException OAUTH_REFUSED, always
     */
    public void refuse(String state, String error, Optional<String> browser) {
        begun(state, browser);
        String shown = error.matches("[A-Za-z0-9_.-]{1,60}") ? error : "an error";
        throw refused("service refused the authorization: " + shown);
    }

    private OAuthStates.Begun begun(String state, Optional<String> browser) {
        OAuthStates.Begun begun = states.take(state)
                .orElseThrow(() -> refused("authorization is unknown, was completed already, or is older than "
                        + OAuthStates.LIFETIME.toMinutes() + " minutes"));
        byte[] shown = OAuthStates.hash(browser.orElse(""));
        if (!MessageDigest.isEqual(shown, begun.browserHash())) {
            throw refused("authorization was begun in another browser");
        }
        return begun;
    }

    /** A connection that exists says itself what it is for. */
    private OAuthBegin again(TenantId tenant, String id, OAuthBegin begin) {
        Connection c = connections.get(tenant, id);
        return new OAuthBegin(
                new ConnectionDraft(
                        c.connector(),
                        Optional.of(c.managed() ? "managed" : "custom"),
                        c.environment(),
                        c.label(),
                        Map.of(),
                        c.settings(),
                        begin.draft().scopes().isEmpty()
                                ? c.scopes()
                                : begin.draft().scopes(),
                        Optional.of(c.isDefault())),
                Optional.of(id));
    }

    private static URI authorizeUrl(
            OAuthTerms terms, OAuthApp app, ConnectionDraft draft, String redirectUri, String state, String verifier) {
        Map<String, String> params = new LinkedHashMap<>();
        params.put("response_type", "code");
        params.put("client_id", app.clientId());
        params.put("redirect_uri", redirectUri);
        List<String> scopes = draft.scopes().isEmpty() ? terms.scopes() : draft.scopes();
        if (!scopes.isEmpty()) {
            params.put("scope", String.join(terms.scopeSeparator(), scopes));
        }
        params.put("state", state);
        params.put("code_challenge", TEXT.encodeToString(OAuthStates.hash(verifier)));
        params.put("code_challenge_method", "S256");
        terms.authorizeParams().forEach(params::putIfAbsent);
        String page =
                terms.authorizeUrl().orElseThrow().filled(draft.settings()).toString();
        List<String> pairs = new ArrayList<>();
        params.forEach((name, value) -> pairs.add(encoded(name) + "=" + encoded(value)));
        return URI.create(page + (page.contains("?") ? "&" : "?") + String.join("&", pairs));
    }

    private static OAuthTerms terms(ConnectorDefinition definition) {
        if (definition.auth() instanceof ConnectorAuth.OAuth2 oauth
                && oauth.terms().grant() == OAuthTerms.Grant.CODE) {
            return oauth.terms();
        }
        throw refused("connector \"" + definition.slug() + "\" does not use an authorization code");
    }

    private String randomText() {
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        return TEXT.encodeToString(bytes);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static FastnException refused(String message) {
        return new FastnException(ErrorCode.OAUTH_REFUSED, message);
    }
}
