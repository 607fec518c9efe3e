package ai.fastn.camunda.effect.secret;

import ai.fastn.camunda.workflow.TenantId;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A net below all others: whatever table of ours has the columns {@code tenant} and {@code sealed}, an old key is not
 * given up while a row there needs it.
 */
public final class UnattendedRows implements SealedRows {

    private static final String TABLES = """
            SELECT table_name FROM information_schema.columns WHERE table_schema = current_schema()
                AND table_name LIKE 'fastn\\_%' AND column_name IN ('tenant', 'sealed')
            GROUP BY table_name HAVING count(*) = 2""";

    private final JdbcClient jdbc;
    private final Sealing sealing;

    public UnattendedRows(DataSource plugin, Sealing sealing) {
        this.jdbc = JdbcClient.create(plugin);
        this.sealing = sealing;
    }

    @Override
    public int sealAgain(TenantId tenant, int limit) {
        return 0;
    }

    @Override
    public boolean waits(TenantId tenant) {
        List<String> tables = jdbc.sql(TABLES).query(String.class).list();
        return tables.stream().anyMatch(table -> waits(table, tenant));
    }

    private boolean waits(String table, TenantId tenant) {
        return jdbc.sql("SELECT EXISTS (SELECT FROM " + table
                        + " WHERE tenant = ? AND substring(sealed FROM 1 FOR 5) <> ?)")
                .params(tenant.value(), sealing.mark(tenant))
                .query(Boolean.class)
                .single();
    }
}
