package ai.fastn.camunda.effect.state;

import ai.fastn.camunda.effect.secret.Associated;
import ai.fastn.camunda.effect.secret.SealedRows;
import ai.fastn.camunda.effect.secret.Sealing;
import ai.fastn.camunda.workflow.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The values of {@code fastn.state} that may carry secrets, as rows that are sealed. */
public final class SealedState implements SealedRows {

    private final JdbcClient jdbc;
    private final Sealing sealing;

    public SealedState(DataSource plugin, Sealing sealing) {
        this.jdbc = JdbcClient.create(plugin);
        this.sealing = sealing;
    }

    /** What a value is bound to. */
    static byte[] associated(String environment, String workflow, String execution, String key) {
        return Associated.of("fastn.state.v1", environment, workflow, execution, key);
    }

    @SuppressWarnings("ArrayRecordComponent") // opaque, from a row to the key that opens it
    private record Row(String environment, String workflow, String execution, String key, byte[] sealed) {

        static Row of(ResultSet row) throws SQLException {
            return new Row(
                    row.getString("environment"),
                    row.getString("workflow"),
                    row.getString("execution"),
                    row.getString("key"),
                    row.getBytes("sealed"));
        }
    }

    @Override
    public int sealAgain(TenantId tenant, int limit) {
        List<Row> rows = jdbc.sql("""
                        SELECT environment, workflow, execution, key, sealed FROM fastn_state
                        WHERE tenant = ? AND sealed IS NOT NULL AND substring(sealed FROM 1 FOR 5) <> ? LIMIT ?""")
                .params(tenant.value(), sealing.mark(tenant), limit)
                .query((row, number) -> Row.of(row))
                .list();
        rows.forEach(row -> sealAgain(tenant, row));
        return rows.size();
    }

    /** A value that was changed in between is left alone: its new one is sealed with the new key. */
    private void sealAgain(TenantId tenant, Row row) {
        byte[] associated = associated(row.environment(), row.workflow(), row.execution(), row.key());
        jdbc.sql("""
                        UPDATE fastn_state SET sealed = ? WHERE tenant = ? AND environment = ? AND workflow = ?
                            AND execution = ? AND key = ? AND sealed = ?""")
                .params(
                        sealing.seal(tenant, sealing.open(tenant, row.sealed(), associated), associated),
                        tenant.value(),
                        row.environment(),
                        row.workflow(),
                        row.execution(),
                        row.key(),
                        row.sealed())
                .update();
    }

    @Override
    public boolean waits(TenantId tenant) {
        return false;
    }
}
