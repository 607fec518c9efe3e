package ai.fastn.camunda.effect.connector.connection;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.effect.connector.ConnectorAuth;
import ai.fastn.camunda.effect.connector.ConnectorDefinition;
import ai.fastn.camunda.effect.connector.OAuthTerms;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gets new tokens, one request for all who need one at the same time: the first of a node locks the connection's row,
 * which keeps other nodes waiting; whoever gets the row next finds the new token there. Thread-safe.
 */
public final class Renewals {

    private static final Logger LOG = LoggerFactory.getLogger(Renewals.class);
    private static final Duration PATIENCE = TokenClient.LIMIT.multipliedBy(2);

    private final ConnectionStore store;
    private final OAuthApps apps;
    private final TokenClient tokens;
    private final Clock clock;
    private final Map<String, CompletableFuture<Opened>> running = new ConcurrentHashMap<>();

    public Renewals(ConnectionStore store, OAuthApps apps, TokenClient tokens, Clock clock) {
        this.store = store;
        this.apps = apps;
        this.tokens = tokens;
        this.clock = clock;
    }

    /**
     * The connection with another token than this one.
     *
     * @throws FastnException CONNECTION_EXPIRED, TOKEN_REFUSED, TOKEN_UNAVAILABLE, OAUTH_APP_MISSING
     */
    Opened renewed(ConnectorDefinition definition, Opened stale, Duration limit) {
        CompletableFuture<Opened> own = new CompletableFuture<>();
        String key = stale.connection().id() + " " + stale.connection().version();
        CompletableFuture<Opened> first = running.putIfAbsent(key, own);
        if (first != null) {
            return awaited(first);
        }
        try {
            Opened renewed = inRow(definition, stale, limit);
            own.complete(renewed);
            return renewed;
        } catch (RuntimeException e) {
            own.completeExceptionally(e);
            throw e;
        } finally {
            running.remove(key, own);
        }
    }

    private static Opened awaited(CompletableFuture<Opened> first) {
        try {
            return first.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable(e);
        } catch (TimeoutException e) {
            throw unavailable(e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException why ? why : unavailable(e);
        }
    }

    private static FastnException unavailable(Exception e) {
        return new FastnException(
                ErrorCode.TOKEN_UNAVAILABLE, "token of the connection was not renewed in time by another call", e);
    }

    /** A failure is stored too, so that its transaction must commit. */
    private Opened inRow(ConnectorDefinition definition, Opened stale, Duration limit) {
        Result result = store.inTransaction(() -> {
            Opened now = store.lock(
                            stale.connection().tenant(), stale.connection().id())
                    .orElseThrow(() -> Connections.unknown(stale.connection().id()));
            ConnectionCredentials.requireUsable(now);
            return now.accessToken().equals(stale.accessToken())
                    ? obtained(definition, now, limit)
                    : new Result(now, Optional.empty());
        });
        result.failure().ifPresent(e -> {
            throw e;
        });
        return ConnectionCredentials.requireUsable(result.opened());
    }

    private Result obtained(ConnectorDefinition definition, Opened now, Duration limit) {
        try {
            return new Result(stored(now, obtain(definition, now, limit)), Optional.empty());
        } catch (TokenClient.GrantEndedException e) {
            return new Result(now, Optional.of(ended(now.connection())));
        } catch (FastnException e) {
            if (e.code() == ErrorCode.TOKEN_REFUSED) {
                store.setStatus(now.connection(), ConnectionStatus.FAILED, Optional.empty());
                LOG.warn(
                        "FASTN connection {} of connector {}, tenant {}: {}",
                        now.connection().id(),
                        now.connection().connector(),
                        now.connection().tenant(),
                        e.getMessage());
            }
            return new Result(now, Optional.of(e));
        }
    }

    private FastnException ended(Connection connection) {
        store.setStatus(connection, ConnectionStatus.EXPIRED, Optional.empty());
        LOG.warn(
                "FASTN connection {} of connector {}, tenant {} has expired: somebody has to connect it again",
                connection.id(),
                connection.connector(),
                connection.tenant());
        return ConnectionCredentials.expired(connection);
    }

    private Tokens obtain(ConnectorDefinition definition, Opened now, Duration limit)
            throws TokenClient.GrantEndedException {
        Map<String, String> settings = now.connection().settings();
        if (definition.auth() instanceof ConnectorAuth.CustomLogin login) {
            return tokens.login(login.recipe(), settings, now.values(), limit);
        }
        OAuthTerms terms = ((ConnectorAuth.OAuth2) definition.auth()).terms();
        if (terms.grant() == OAuthTerms.Grant.CLIENT_CREDENTIALS) {
            return tokens.clientCredentials(
                    terms, settings, app(now), now.connection().scopes(), limit);
        }
        String refreshToken = now.field(Opened.REFRESH_TOKEN)
                .orElseThrow(() -> new TokenClient.GrantEndedException("there is no refresh token"));
        return tokens.refresh(terms, settings, app(now), refreshToken, limit);
    }

    /** The client that stands in the connection itself, or else the app it was made with. */
    private OAuthApp app(Opened now) {
        Connection c = now.connection();
        return now.field("clientId")
                .map(id -> new OAuthApp(
                        c.connector(), true, id, now.field("clientSecret"), Optional.empty(), Optional.empty()))
                .or(() -> apps.find(c.tenant(), c.connector(), c.managed(), c.ownApp()))
                .orElseThrow(() -> OAuthApps.missing(c.connector()));
    }

    /** A token that came without a refresh token leaves the old one in use. */
    private Opened stored(Opened now, Tokens got) {
        return store.save(now.with(got, clock.instant()), now.connection().updatedBy());
    }

    private record Result(Opened opened, Optional<FastnException> failure) {}
}
