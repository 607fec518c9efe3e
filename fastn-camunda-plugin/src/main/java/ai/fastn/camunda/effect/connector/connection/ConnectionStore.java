package ai.fastn.camunda.effect.connector.connection;

import ai.fastn.camunda.effect.secret.Sealing;
import ai.fastn.camunda.workflow.Environment;
import ai.fastn.camunda.workflow.TenantId;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The connections of all tenants. */
public final class ConnectionStore {

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final ConnectionRows rows;
    private final Clock clock;

    public ConnectionStore(DataSource plugin, Sealing sealing, Clock clock) {
        this.jdbc = JdbcClient.create(plugin);
        this.transactions = new TransactionTemplate(new DataSourceTransactionManager(plugin));
        this.rows = new ConnectionRows(sealing);
        this.clock = clock;
    }

    /** Those that calls of a definition may use. */
    record Place(TenantId tenant, String connector, boolean managed, Environment environment) {}

    /** The connection of this label or id, or the default one; one of the environment itself before one for all. */
    Optional<Opened> find(Place place, Optional<String> name) {
        return jdbc.sql("SELECT * FROM fastn_connection WHERE tenant = ? AND connector = ? AND managed = ?"
                        + " AND environment IN (?, '')"
                        + (name.isPresent() ? " AND (label = ? OR id = ?)" : " AND is_default")
                        + " ORDER BY environment DESC LIMIT 1")
                .params(place.tenant().value(), place.connector(), place.managed())
                .param(place.environment().name())
                .params(name.map(text -> List.<Object>of(text, text)).orElse(List.of()))
                .query((row, number) -> ConnectionRows.sealed(row))
                .optional()
                .map(rows::open);
    }

    /** Labels that calls may name, sorted. */
    List<String> labels(Place place) {
        return jdbc.sql("""
                        SELECT DISTINCT label FROM fastn_connection WHERE tenant = ? AND connector = ? AND managed = ?
                        AND environment IN (?, '') ORDER BY label""")
                .params(place.tenant().value(), place.connector(), place.managed())
                .param(place.environment().name())
                .query(String.class)
                .list();
    }

    List<Connection> list(TenantId tenant) {
        return jdbc.sql("SELECT * FROM fastn_connection WHERE tenant = ? ORDER BY connector, label, environment, id")
                .param(tenant.value())
                .query((row, number) -> ConnectionRows.read(row))
                .list();
    }

    Optional<Opened> get(TenantId tenant, String id) {
        return select(tenant, id, "");
    }

    /** Reads the row and keeps others from changing it until the transaction ends. */
    Optional<Opened> lock(TenantId tenant, String id) {
        return select(tenant, id, " FOR UPDATE");
    }

    <T> T inTransaction(Supplier<T> work) {
        @Nullable T result = transactions.execute(status -> work.get());
        if (result == null) {
            throw new IllegalStateException("bug: a transaction without a result");
        }
        return result;
    }

    /** Writes all of a connection under a new version; as the default, in place of the one that was. */
    Opened save(Opened changed, String who) {
        Connection c = changed.connection();
        long version = jdbc.sql("SELECT nextval('fastn_connection_version')")
                .query(Long.class)
                .single();
        if (c.isDefault()) {
            jdbc.sql("UPDATE fastn_connection SET is_default = false WHERE is_default AND id <> ?"
                            + " AND tenant = ? AND connector = ? AND managed = ? AND environment = ?")
                    .params(c.id(), c.tenant().value(), c.connector(), c.managed(), place(c))
                    .update();
        }
        return rows.open(jdbc.sql("""
                        INSERT INTO fastn_connection (id, tenant, environment, connector, managed, label, method, account,
                            settings, sealed, own_app, scopes, expires_at, renew_at, status, is_default, last_verified,
                            version, updated_at, updated_by)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        ON CONFLICT (id) DO UPDATE SET label = excluded.label, account = excluded.account,
                            settings = excluded.settings, sealed = excluded.sealed, own_app = excluded.own_app,
                            scopes = excluded.scopes, expires_at = excluded.expires_at, renew_at = excluded.renew_at,
                            status = excluded.status, is_default = excluded.is_default,
                            last_verified = excluded.last_verified, version = excluded.version,
                            updated_at = excluded.updated_at, updated_by = excluded.updated_by
                        RETURNING *""")
                .params(c.id(), c.tenant().value(), place(c), c.connector(), c.managed(), c.label(), c.method())
                .params(c.account().orElse(null), ConnectionRows.json(c.settings()))
                .params(
                        rows.seal(c.tenant(), c.id(), version, changed.fields()),
                        c.ownApp().orElse(null))
                .params(c.scopes().toArray(String[]::new), time(c.expiresAt()), time(c.renewAt()))
                .params(c.status().name(), c.isDefault(), time(c.lastVerified()), version)
                .params(time(Optional.of(clock.instant())), who)
                .query((row, number) -> ConnectionRows.sealed(row))
                .single());
    }

    /** The secrets stay; so does the version. */
    void setStatus(Connection connection, ConnectionStatus status, Optional<Instant> verified) {
        jdbc.sql("UPDATE fastn_connection SET status = ?, last_verified = COALESCE(?, last_verified)"
                        + " WHERE tenant = ? AND id = ?")
                .params(status.name(), time(verified))
                .params(connection.tenant().value(), connection.id())
                .update();
    }

    /** With what is known of its calls. */
    boolean delete(TenantId tenant, String id) {
        return jdbc.sql("""
                        WITH calls AS (DELETE FROM fastn_call WHERE tenant = :tenant AND connection = :id),
                        waits AS (DELETE FROM fastn_call_wait WHERE tenant = :tenant AND connection = :id),
                        holds AS (DELETE FROM fastn_call_hold WHERE tenant = :tenant AND connection = :id)
                        DELETE FROM fastn_connection WHERE tenant = :tenant AND id = :id""").param("tenant", tenant.value()).param("id", id).update() > 0;
    }

    /** Whether a connection of exactly this environment is the default. */
    boolean hasDefault(Connection like) {
        return jdbc.sql("SELECT count(*) FROM fastn_connection WHERE is_default"
                                + " AND tenant = ? AND connector = ? AND managed = ? AND environment = ?")
                        .params(like.tenant().value(), like.connector(), like.managed(), place(like))
                        .query(Long.class)
                        .single()
                > 0;
    }

    private Optional<Opened> select(TenantId tenant, String id, String how) {
        return jdbc.sql("SELECT * FROM fastn_connection WHERE tenant = ? AND id = ?" + how)
                .params(tenant.value(), id)
                .query((row, number) -> ConnectionRows.sealed(row))
                .optional()
                .map(rows::open);
    }

    private static String place(Connection connection) {
        return connection.environment().map(Environment::name).orElse("");
    }

    private static @Nullable OffsetDateTime time(Optional<Instant> instant) {
        return instant.map(at -> at.atOffset(ZoneOffset.UTC)).orElse(null);
    }
}
