package ai.fastn.camunda.effect.secret;

import ai.fastn.camunda.database.Transactions;
import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.workflow.TenantId;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Table {@code fastn_keyset}: the keysets of tenants, all wrapped with the master key that made the check value. */
final class Keysets {

    private final DataSource plugin;
    private final MasterKeys masterKeys;

    Keysets(DataSource plugin, MasterKeys masterKeys) {
        this.plugin = plugin;
        this.masterKeys = masterKeys;
    }

    /**
     * One keyset.
     *
     * @param version raised with every change
     */
    record Stored(KeysetHandle handle, long version, Instant changedAt) {}

    @SuppressWarnings("ArrayRecordComponent") // opaque, from a row to the key that opens it
    private record Row(String tenant, byte[] wrapped, long version, Instant changedAt) {}

    /** Changes a keyset. */
    interface Change {
        /** The keyset as it is to be; empty = as it is. */
        Optional<KeysetHandle> of(Stored keyset) throws GeneralSecurityException;
    }

    /**
     * Wraps everything with this node's own master key, if it is wrapped with another one that the node knows. All
     * others must know both keys.
     *
     * @throws FastnException SECRET_STORE when this node does not know the key
     */
    void adopt() {
        inTransaction(jdbc -> {
            jdbc.sql("INSERT INTO fastn_master_key (check_value) VALUES (?) ON CONFLICT DO NOTHING")
                    .param(masterKeys.checkValue())
                    .update();
            KeyWrapping current = current(jdbc, "FOR UPDATE");
            if (current != masterKeys.own()) {
                for (Row row : rows(jdbc)) {
                    byte[] associated = associated(row.tenant());
                    KeysetHandle keyset = MasterKeys.unwrap(current, row.wrapped(), associated);
                    jdbc.sql("UPDATE fastn_keyset SET wrapped = ? WHERE tenant = ?")
                            .params(MasterKeys.wrap(masterKeys.own(), keyset, associated), row.tenant())
                            .update();
                }
                jdbc.sql("UPDATE fastn_master_key SET check_value = ?")
                        .param(masterKeys.checkValue())
                        .update();
            }
            return true;
        });
    }

    /** The keyset of a tenant, made if there is none. */
    Stored of(TenantId tenant) {
        return inTransaction(jdbc -> {
            KeyWrapping current = current(jdbc, "FOR SHARE");
            Optional<Row> row = row(jdbc, tenant, "");
            if (row.isEmpty()) {
                KeysetHandle made =
                        KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM, RegistryConfiguration.get());
                jdbc.sql("INSERT INTO fastn_keyset (tenant, wrapped) VALUES (?, ?) ON CONFLICT DO NOTHING")
                        .params(tenant.value(), MasterKeys.wrap(current, made, associated(tenant.value())))
                        .update();
                row = row(jdbc, tenant, "");
            }
            return stored(current, row.orElseThrow());
        });
    }

    /** Changes the keyset of a tenant, one node at a time; empty when there is none or it stays as it is. */
    Optional<Stored> change(TenantId tenant, Instant now, Change change) {
        return inTransaction(jdbc -> {
            KeyWrapping current = current(jdbc, "FOR SHARE");
            Optional<Row> row = row(jdbc, tenant, " FOR UPDATE");
            if (row.isEmpty()) {
                return Optional.empty();
            }
            Optional<KeysetHandle> changed = change.of(stored(current, row.get()));
            if (changed.isEmpty()) {
                return Optional.empty();
            }
            jdbc.sql("""
                            UPDATE fastn_keyset SET wrapped = ?, version = version + 1, changed_at = ?, rotating = ?
                            WHERE tenant = ?""")
                    .params(
                            MasterKeys.wrap(current, changed.get(), associated(tenant.value())),
                            Timestamp.from(now),
                            changed.get().size() > 1,
                            tenant.value())
                    .update();
            return Optional.of(new Stored(changed.get(), row.get().version() + 1, now));
        });
    }

    /** The version of a tenant's keyset; 0 when there is none. */
    long version(TenantId tenant) {
        return JdbcClient.create(plugin)
                .sql("SELECT version FROM fastn_keyset WHERE tenant = ?")
                .param(tenant.value())
                .query(Long.class)
                .optional()
                .orElse(0L);
    }

    /** The tenants that have more than one key. */
    List<TenantId> rotating() {
        return JdbcClient.create(plugin)
                .sql("SELECT tenant FROM fastn_keyset WHERE rotating ORDER BY tenant")
                .query(String.class)
                .list()
                .stream()
                .map(TenantId::new)
                .toList();
    }

    private static Stored stored(KeyWrapping current, Row row) throws GeneralSecurityException {
        return new Stored(
                MasterKeys.unwrap(current, row.wrapped(), associated(row.tenant())), row.version(), row.changedAt());
    }

    private KeyWrapping current(JdbcClient jdbc, String lock) {
        byte[] checkValue = jdbc.sql("SELECT check_value FROM fastn_master_key " + lock)
                .query(byte[].class)
                .single();
        return masterKeys
                .thatMade(checkValue)
                .orElseThrow(() -> new FastnException(
                        ErrorCode.SECRET_STORE,
                        "master key is not the one this database was sealed with; its secrets can not be read"));
    }

    private static Optional<Row> row(JdbcClient jdbc, TenantId tenant, String lock) {
        return jdbc.sql("SELECT tenant, wrapped, version, changed_at FROM fastn_keyset WHERE tenant = ?" + lock)
                .param(tenant.value())
                .query((row, number) -> row(row))
                .optional();
    }

    private static List<Row> rows(JdbcClient jdbc) {
        return jdbc.sql("SELECT tenant, wrapped, version, changed_at FROM fastn_keyset FOR UPDATE")
                .query((row, number) -> row(row))
                .list();
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                row.getString("tenant"),
                row.getBytes("wrapped"),
                row.getLong("version"),
                row.getTimestamp("changed_at").toInstant());
    }

    private static byte[] associated(String tenant) {
        return Associated.of("fastn.keyset.v1", tenant);
    }

    /** Work on the tables of keys. */
    private interface Work<T> {
        T on(JdbcClient jdbc) throws GeneralSecurityException;
    }

    private <T> T inTransaction(Work<T> work) {
        try (Connection connection = plugin.getConnection()) {
            return Transactions.run(connection, () -> {
                try {
                    return work.on(JdbcClient.create(new SingleConnectionDataSource(connection, true)));
                } catch (GeneralSecurityException e) {
                    throw new FastnException(
                            ErrorCode.SECRET_STORE,
                            "keyset of a tenant was changed, or the master key does not answer",
                            e);
                }
            });
        } catch (SQLException e) {
            throw new DataAccessResourceFailureException("keys can not be reached", e);
        }
    }
}
