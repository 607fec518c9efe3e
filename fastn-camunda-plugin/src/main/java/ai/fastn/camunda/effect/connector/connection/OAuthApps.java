package ai.fastn.camunda.effect.connector.connection;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.effect.secret.Associated;
import ai.fastn.camunda.effect.secret.Sealing;
import ai.fastn.camunda.workflow.TenantId;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The OAuth apps of the operator and of tenants, their secrets sealed. The operator's serve only definitions that the
 * operator gave: a definition decides where a client secret is sent to.
 */
public final class OAuthApps {

    /** No tenant has this id. */
    private static final TenantId OPERATOR = new TenantId("");

    private final JdbcClient jdbc;
    private final Sealing sealing;
    private final Clock clock;

    public OAuthApps(DataSource plugin, Sealing sealing, Clock clock) {
        this.jdbc = JdbcClient.create(plugin);
        this.sealing = sealing;
        this.clock = clock;
    }

    /** Writes the app of a tenant, or of the operator (empty). */
    public void put(
            Optional<TenantId> tenant, String connector, String clientId, Optional<String> clientSecret, String who) {
        TenantId owner = tenant.orElse(OPERATOR);
        long version = jdbc.sql("SELECT nextval('fastn_connection_version')")
                .query(Long.class)
                .single();
        byte[] sealed = sealing.seal(
                owner,
                clientSecret.orElse("").getBytes(StandardCharsets.UTF_8),
                associated(owner, connector, clientId, version));
        jdbc.sql("""
                        INSERT INTO fastn_oauth_app (tenant, connector, client_id, version, sealed, updated_at, updated_by)
                        VALUES (?, ?, ?, ?, ?, ?, ?)
                        ON CONFLICT (tenant, connector) DO UPDATE SET client_id = excluded.client_id,
                            version = excluded.version, sealed = excluded.sealed, updated_at = excluded.updated_at,
                            updated_by = excluded.updated_by""")
                .params(owner.value(), connector, clientId, version, sealed)
                .params(clock.instant().atOffset(ZoneOffset.UTC), who)
                .update();
    }

    /** The tenant's app, or else the operator's when the definition is the operator's too. */
    public Optional<OAuthApp> find(TenantId tenant, String connector, boolean managed) {
        return own(tenant, connector).or(() -> managed ? own(OPERATOR, connector) : Optional.empty());
    }

    /** The app that a connection was made with. */
    Optional<OAuthApp> find(TenantId tenant, String connector, boolean managed, Optional<Boolean> own) {
        if (own.isEmpty()) {
            return find(tenant, connector, managed);
        }
        return own.get() ? own(tenant, connector) : managed ? own(OPERATOR, connector) : Optional.empty();
    }

    /** False when there is none. */
    public boolean delete(Optional<TenantId> tenant, String connector) {
        return jdbc.sql("DELETE FROM fastn_oauth_app WHERE tenant = ? AND connector = ?")
                        .params(tenant.orElse(OPERATOR).value(), connector)
                        .update()
                > 0;
    }

    static FastnException missing(String connector) {
        return new FastnException(
                ErrorCode.OAUTH_APP_MISSING, "connector \"" + connector + "\" has no OAuth app: client id and secret");
    }

    private Optional<OAuthApp> own(TenantId owner, String connector) {
        return jdbc.sql("""
                        SELECT client_id, version, sealed, updated_at, updated_by FROM fastn_oauth_app
                        WHERE tenant = ? AND connector = ?""")
                .params(owner.value(), connector)
                .query((row, number) -> new Row(
                        row.getString("client_id"),
                        row.getLong("version"),
                        row.getBytes("sealed"),
                        row.getTimestamp("updated_at").toInstant(),
                        row.getString("updated_by")))
                .optional()
                .map(row -> open(owner, connector, row));
    }

    private OAuthApp open(TenantId owner, String connector, Row row) {
        byte[] secret = sealing.open(owner, row.sealed(), associated(owner, connector, row.clientId(), row.version()));
        return new OAuthApp(
                connector,
                !owner.equals(OPERATOR),
                row.clientId(),
                Optional.of(new String(secret, StandardCharsets.UTF_8)).filter(text -> !text.isEmpty()),
                Optional.of(row.updatedAt()),
                Optional.of(row.updatedBy()));
    }

    /** As stored. */
    @SuppressWarnings("ArrayRecordComponent") // read once
    private record Row(String clientId, long version, byte[] sealed, Instant updatedAt, String updatedBy) {}

    static byte[] associated(TenantId owner, String connector, String clientId, long version) {
        return Associated.of("fastn.oauth-app.v1", owner.value(), connector, clientId, Long.toString(version));
    }
}
