package ai.fastn.camunda.effect.connector.connection;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.effect.connector.ConnectorAuth;
import ai.fastn.camunda.effect.connector.ConnectorDefinition;
import ai.fastn.camunda.effect.connector.ConnectorRegistry;
import ai.fastn.camunda.effect.connector.OAuthTerms;
import ai.fastn.camunda.effect.connector.connection.OAuthStates.Pending;
import ai.fastn.camunda.workflow.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DuplicateKeyException;

/** What people and machines do with connections; nothing here gives a secret back. */
public final class Connections {

    private static final Logger LOG = LoggerFactory.getLogger(Connections.class);

    private final ConnectorRegistry registry;
    private final ConnectionStore store;
    private final OAuthApps apps;
    private final TokenClient tokens;
    private final Renewals renewals;

    public Connections(
            ConnectorRegistry registry, ConnectionStore store, OAuthApps apps, TokenClient tokens, Renewals renewals) {
        this.registry = registry;
        this.store = store;
        this.apps = apps;
        this.tokens = tokens;
        this.renewals = renewals;
    }

    /** All of a tenant, by connector and label. */
    public List<Connection> list(TenantId tenant) {
        return store.list(tenant);
    }

    /**
     * One of a tenant.
     *
     * @throws FastnException CONNECTION_UNKNOWN
     */
    public Connection get(TenantId tenant, String id) {
        return opened(tenant, id).connection();
    }

    /**
     * Makes a connection of fields that somebody knows.
     *
     * @throws FastnException CONNECTOR_UNKNOWN, CONNECTION_INCOMPLETE, OAUTH_REFUSED where a person has to agree first,
     *     or REQUEST_FIELD
     */
    public Connection create(TenantId tenant, ConnectionDraft draft, String who) {
        ConnectorDefinition installed =
                registry.resolve(tenant, draft.connector(), draft.orgId().orElse(null));
        ConnectorDefinition definition = installed.saidBy(draft.settings());
        if (isByCode(definition.auth())) {
            throw new FastnException(
                    ErrorCode.OAUTH_REFUSED,
                    "connector \"" + definition.slug() + "\" is connected by POST /oauth/start: a person has to agree");
        }
        ConnectionRules.requireFields(definition, draft.fields());
        if (!usesApp(tenant, installed, draft.fields().keySet())) {
            ConnectionRules.requireAllFields(definition, draft.fields().keySet());
        }
        ConnectionRules.requireLabel(draft.label());
        ConnectionRules.requireEnvironment(draft.environment());
        ConnectionRules.requireSettings(definition, draft.settings());
        Connection made = NewConnection.of(tenant, definition, registry.isManaged(installed), draft, Optional.empty());
        return add(new Opened(made, draft.fields()), draft.isDefault(), who).connection();
    }

    /** The first of its connector and environment becomes the default, unless somebody says otherwise. */
    private Opened add(Opened made, Optional<Boolean> asDefault, String who) {
        return saved(
                () -> {
                    boolean isDefault = asDefault.orElseGet(() -> !store.hasDefault(made.connection()));
                    return store.save(new Opened(made.connection().asDefault(isDefault), made.fields()), who);
                },
                made.connection().label());
    }

    /** Keeps the tokens that a person has agreed to: in a new connection, or in the one that is connected again. */
    Connection connected(TenantId tenant, ConnectorDefinition definition, Pending pending, Tokens tokens, Instant now) {
        Optional<Boolean> ownApp = Optional.of(pending.ownApp());
        if (pending.reconnects().isEmpty()) {
            Opened empty = new Opened(
                    NewConnection.of(tenant, definition, pending.managed(), pending.draft(), ownApp), Map.of());
            return add(empty.with(tokens, now), pending.draft().isDefault(), pending.who())
                    .connection();
        }
        return store.inTransaction(() -> {
                    Connection again = locked(tenant, pending.reconnects())
                            .connection()
                            .madeWith(pending.ownApp(), pending.scopes());
                    return store.save(new Opened(again, Map.of()).with(tokens, now), pending.who());
                })
                .connection();
    }

    /**
     * Changes label, secrets, settings or whether it is in use; the next call sees it.
     *
     * @throws FastnException CONNECTION_UNKNOWN, REQUEST_FIELD, CONNECTION_INCOMPLETE
     */
    public Connection change(TenantId tenant, String id, ConnectionChange change, String who) {
        return saved(
                        () -> {
                            Opened now = locked(tenant, id);
                            change.label().ifPresent(ConnectionRules::requireLabel);
                            Opened kept = keptBy(now, change);
                            return store.save(kept.with(change), who);
                        },
                        change.label().orElse(""))
                .connection();
    }

    /** What of a connection stays in a change that may be made. */
    private Opened keptBy(Opened now, ConnectionChange change) {
        Map<String, String> before = now.connection().settings();
        Map<String, String> settings = change.settings().orElse(before);
        ConnectorDefinition installed = installed(now.connection());
        ConnectorDefinition definition = installed.saidBy(settings);
        ConnectionRules.requireFields(definition, change.fields());
        change.settings().ifPresent(given -> ConnectionRules.requireSettings(definition, given));
        if (!installed.goesWhereSettingsSay() || settings.equals(before)) {
            return now;
        }
        ConnectionRules.requireMethod(now.connection(), definition);
        ConnectionRules.requireAllFields(definition, change.fields().keySet());
        return new Opened(now.connection(), Map.of());
    }

    /** Makes it the one that calls use which name none. */
    public Connection makeDefault(TenantId tenant, String id, String who) {
        return store.inTransaction(() -> {
                    Opened now = locked(tenant, id);
                    return store.save(new Opened(now.connection().asDefault(true), now.fields()), who);
                })
                .connection();
    }

    /**
     * Gets a new token now, also for a connection that has expired.
     *
     * @throws FastnException CONNECTION_UNKNOWN, REQUEST_FIELD for one without token, or why there is no token
     */
    public Connection refresh(TenantId tenant, String id) {
        Opened now = opened(tenant, id);
        ConnectorDefinition definition = definitionOf(now.connection());
        if (!(definition.auth() instanceof ConnectorAuth.OAuth2
                || definition.auth() instanceof ConnectorAuth.CustomLogin)) {
            throw ConnectionRules.wrong("connection \"" + id + "\" has no token to renew");
        }
        if (now.connection().status() == ConnectionStatus.EXPIRED) {
            store.setStatus(now.connection(), ConnectionStatus.ACTIVE, Optional.empty());
        }
        return renewals.renewed(definition, now, TokenClient.LIMIT).connection();
    }

    /**
     * Deletes it, and gives its tokens back where the service takes them; a service that does not answer keeps nobody
     * from deleting.
     *
     * @throws FastnException CONNECTION_UNKNOWN
     */
    public void delete(TenantId tenant, String id) {
        Opened last = opened(tenant, id);
        store.delete(tenant, id);
        try {
            revoke(last);
        } catch (FastnException e) {
            LOG.warn("FASTN connection {} is deleted, but its tokens were not revoked: {}", id, e.getMessage());
        }
    }

    private void revoke(Opened last) {
        Connection c = last.connection();
        ConnectorDefinition definition = definitionOf(c);
        if (definition.auth() instanceof ConnectorAuth.OAuth2 oauth
                && oauth.terms().revokeUrl().isPresent()) {
            apps.find(c.tenant(), c.connector(), c.managed(), c.ownApp())
                    .ifPresent(app -> last.field(Opened.REFRESH_TOKEN)
                            .or(last::accessToken)
                            .ifPresent(token -> tokens.revoke(oauth.terms(), c.settings(), app, token)));
        }
    }

    ConnectorDefinition definitionOf(Connection connection) {
        return installed(connection).saidBy(connection.settings());
    }

    private ConnectorDefinition installed(Connection connection) {
        return registry.resolve(
                connection.tenant(), connection.connector(), connection.managed() ? "managed" : "custom");
    }

    Opened opened(TenantId tenant, String id) {
        return store.get(tenant, id).orElseThrow(() -> unknown(id));
    }

    Opened locked(TenantId tenant, String id) {
        return store.lock(tenant, id).orElseThrow(() -> unknown(id));
    }

    Opened saved(Supplier<Opened> work, String label) {
        try {
            return store.inTransaction(work);
        } catch (DuplicateKeyException e) {
            throw new FastnException(
                    ErrorCode.REQUEST_FIELD,
                    "member \"label\" is \"" + label + "\", which another connection of this connector has",
                    e);
        }
    }

    static boolean isByCode(ConnectorAuth auth) {
        return auth instanceof ConnectorAuth.OAuth2 oauth && oauth.terms().grant() == OAuthTerms.Grant.CODE;
    }

    /** A client of its own, all of it, or none: then the OAuth app serves, but to no address that a tenant chose. */
    private boolean usesApp(TenantId tenant, ConnectorDefinition installed, Set<String> given) {
        return given.isEmpty()
                && installed.auth() instanceof ConnectorAuth.OAuth2
                && apps.find(tenant, installed.slug(), registry.isManaged(installed))
                        .isPresent();
    }

    static FastnException unknown(String id) {
        return new FastnException(ErrorCode.CONNECTION_UNKNOWN, "connection \"" + id + "\" does not exist");
    }
}
