package ai.fastn.camunda.effect.connector.connection;

import ai.fastn.camunda.effect.secret.SealedRows;
import ai.fastn.camunda.effect.secret.Sealing;
import ai.fastn.camunda.workflow.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Connections and OAuth apps as rows that are sealed. States of logins under way last minutes and are waited for. */
public final class SealedConnections implements SealedRows {

    private final JdbcClient jdbc;
    private final Sealing sealing;

    public SealedConnections(DataSource plugin, Sealing sealing) {
        this.jdbc = JdbcClient.create(plugin);
        this.sealing = sealing;
    }

    /** One of a table, with what it is found by. */
    @SuppressWarnings("ArrayRecordComponent") // opaque, from a row to the key that opens it
    private record Row(String id, String clientId, long version, byte[] sealed) {

        static Row of(ResultSet row) throws SQLException {
            return new Row(row.getString(1), row.getString(2), row.getLong(3), row.getBytes(4));
        }
    }

    @Override
    public int sealAgain(TenantId tenant, int limit) {
        return Math.max(connections(tenant, limit), apps(tenant, limit));
    }

    private int connections(TenantId tenant, int limit) {
        List<Row> rows = rows("SELECT id, '', version, sealed FROM fastn_connection", tenant, limit);
        for (Row row : rows) {
            byte[] associated = ConnectionRows.associated(tenant, row.id(), row.version());
            jdbc.sql("UPDATE fastn_connection SET sealed = ? WHERE id = ? AND version = ?")
                    .params(again(tenant, row, associated), row.id(), row.version())
                    .update();
        }
        return rows.size();
    }

    private int apps(TenantId tenant, int limit) {
        List<Row> rows = rows("SELECT connector, client_id, version, sealed FROM fastn_oauth_app", tenant, limit);
        for (Row row : rows) {
            byte[] associated = OAuthApps.associated(tenant, row.id(), row.clientId(), row.version());
            jdbc.sql("UPDATE fastn_oauth_app SET sealed = ? WHERE tenant = ? AND connector = ? AND version = ?")
                    .params(again(tenant, row, associated), tenant.value(), row.id(), row.version())
                    .update();
        }
        return rows.size();
    }

    private List<Row> rows(String select, TenantId tenant, int limit) {
        return jdbc.sql(select + " WHERE tenant = ? AND substring(sealed FROM 1 FOR 5) <> ? LIMIT ?")
                .params(tenant.value(), sealing.mark(tenant), limit)
                .query((row, number) -> Row.of(row))
                .list();
    }

    private byte[] again(TenantId tenant, Row row, byte[] associated) {
        return sealing.seal(tenant, sealing.open(tenant, row.sealed(), associated), associated);
    }

    @Override
    public boolean waits(TenantId tenant) {
        return false;
    }
}
