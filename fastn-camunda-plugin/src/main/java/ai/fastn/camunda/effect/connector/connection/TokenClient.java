package ai.fastn.camunda.effect.connector.connection;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.effect.connector.GuardedRequests;
import ai.fastn.camunda.effect.connector.LoginRecipe;
import ai.fastn.camunda.effect.connector.OAuthTerms;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Asks authorization servers and logins for tokens. Thread-safe. */
public final class TokenClient {

    /** Shorter than the 10 s after which the database ends a transaction that waits, as a renewal does. */
    static final Duration LIMIT = Duration.ofSeconds(8);

    /** Error codes that mean that the person's consent has ended, of RFC 6749, GitHub and Slack. */
    private static final Set<String> ENDED = Set.of(
            "invalid_grant",
            "bad_refresh_token",
            "invalid_refresh_token",
            "token_revoked",
            "token_expired",
            "expired_token",
            "account_inactive",
            "access_denied",
            "interaction_required");

    private final GuardedRequests requests;

    public TokenClient(GuardedRequests requests) {
        this.requests = requests;
    }

    /** Exchanges the code that a person's browser has brought. */
    Tokens exchange(OAuthTerms terms, Map<String, String> settings, OAuthApp app, Map<String, String> grant) {
        try {
            return tokens(terms, settings, app, grant, LIMIT);
        } catch (GrantEndedException e) {
            throw refused(e.reason);
        }
    }

    /**
     * Gets a new token for a refresh token.
     *
     * @throws GrantEndedException when the refresh token is no longer accepted
     */
    Tokens refresh(OAuthTerms terms, Map<String, String> settings, OAuthApp app, String refreshToken, Duration limit)
            throws GrantEndedException {
        Map<String, String> grant = new LinkedHashMap<>();
        grant.put("grant_type", "refresh_token");
        grant.put("refresh_token", refreshToken);
        return tokens(terms, settings, app, grant, limit);
    }

    /** Gets a token for the client itself. */
    Tokens clientCredentials(
            OAuthTerms terms, Map<String, String> settings, OAuthApp app, List<String> scopes, Duration limit) {
        Map<String, String> grant = new LinkedHashMap<>();
        grant.put("grant_type", "client_credentials");
        if (!scopes.isEmpty()) {
            grant.put("scope", String.join(terms.scopeSeparator(), scopes));
        }
        try {
            return tokens(terms, settings, app, grant, limit);
        } catch (GrantEndedException e) {
            throw refused(e.reason);
        }
    }

    /** Logs in. */
    Tokens login(LoginRecipe recipe, Map<String, String> settings, Map<String, String> values, Duration limit) {
        Map<String, String> headers = new LinkedHashMap<>(recipe.headers(values));
        headers.put("Accept", "application/json");
        ObjectNode body = recipe.body(values);
        String text = body(recipe.form(), body, headers);
        TokenAnswer answer = send(recipe.url().filled(settings), headers, text, limit);
        requireAnswered(answer);
        answer.error(recipe.tokenPath()).ifPresent(reason -> {
            throw refused(reason);
        });
        return answer.tokens(recipe.tokenPath(), Optional.empty(), recipe.lifetime());
    }

    /** Gives a token back (RFC 7009); an answer of whatever kind is enough. */
    void revoke(OAuthTerms terms, Map<String, String> settings, OAuthApp app, String token) {
        Map<String, String> headers = new LinkedHashMap<>();
        Map<String, String> form = new LinkedHashMap<>(Map.of("token", token));
        authenticate(terms, app, headers, form);
        terms.revokeUrl().ifPresent(url -> send(url.filled(settings), headers, form(form, headers), LIMIT));
    }

    private Tokens tokens(
            OAuthTerms terms, Map<String, String> settings, OAuthApp app, Map<String, String> grant, Duration limit)
            throws GrantEndedException {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Accept", "application/json");
        Map<String, String> params = new LinkedHashMap<>(grant);
        params.putAll(terms.tokenParams());
        authenticate(terms, app, headers, params);
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        params.forEach(body::put);
        String text = body(terms.tokenRequest() == OAuthTerms.TokenRequest.FORM, body, headers);
        TokenAnswer answer = send(terms.tokenUrl().filled(settings), headers, text, limit);
        requireAnswered(answer);
        Optional<String> error = answer.error(terms.tokenPath());
        if (error.isPresent() && ENDED.contains(error.get())) {
            throw new GrantEndedException(error.get());
        }
        error.ifPresent(reason -> {
            throw refused(reason);
        });
        return answer.tokens(terms.tokenPath(), terms.accountPath(), terms.lifetime());
    }

    private static void authenticate(
            OAuthTerms terms, OAuthApp app, Map<String, String> headers, Map<String, String> params) {
        if (terms.clientAuth() == OAuthTerms.ClientAuth.BASIC
                && app.clientSecret().isPresent()) {
            String pair =
                    encoded(app.clientId()) + ":" + encoded(app.clientSecret().get());
            headers.put(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
        } else {
            params.put("client_id", app.clientId());
            app.clientSecret().ifPresent(secret -> params.put("client_secret", secret));
        }
    }

    private TokenAnswer send(URI url, Map<String, String> headers, String body, Duration limit) {
        try {
            Duration shorter = limit.compareTo(LIMIT) < 0 ? limit : LIMIT;
            return TokenAnswer.of(requests.post(url, headers, body, shorter));
        } catch (IOException e) {
            throw new FastnException(
                    ErrorCode.TOKEN_UNAVAILABLE, "token endpoint of host \"" + url.getHost() + "\" did not answer", e);
        }
    }

    private static void requireAnswered(TokenAnswer answer) {
        if (answer.isTransient()) {
            throw new FastnException(
                    ErrorCode.TOKEN_UNAVAILABLE,
                    "token endpoint answered " + answer.status() + "; it may answer later");
        }
    }

    private static String body(boolean asForm, ObjectNode body, Map<String, String> headers) {
        if (!asForm) {
            headers.put("Content-Type", "application/json");
            return body.toString();
        }
        Map<String, String> params = new LinkedHashMap<>();
        body.properties()
                .forEach(each -> params.put(each.getKey(), each.getValue().asText()));
        return form(params, headers);
    }

    private static String form(Map<String, String> params, Map<String, String> headers) {
        headers.put("Content-Type", "application/x-www-form-urlencoded");
        List<String> pairs = new ArrayList<>();
        params.forEach((name, value) -> pairs.add(encoded(name) + "=" + encoded(value)));
        return String.join("&", pairs);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static FastnException refused(String reason) {
        return new FastnException(ErrorCode.TOKEN_REFUSED, "token request was refused: " + reason);
    }

    /** The consent that a refresh token stands for has ended. */
    static final class GrantEndedException extends Exception {

        private static final long serialVersionUID = 1L;

        private final String reason;

        GrantEndedException(String reason) {
            super(reason);
            this.reason = reason;
        }
    }
}
