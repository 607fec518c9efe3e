package ai.fastn.camunda.runtime;

import ai.fastn.camunda.effect.secret.SealedRows;
import ai.fastn.camunda.effect.secret.Sealing;
import ai.fastn.camunda.workflow.TenantId;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is stored of runs that have not ended. It is never written again, and goes with the run. */
public final class SealedRuns implements SealedRows {

    /** The first byte of an {@link Envelope} says whether what follows is sealed. */
    private static final String LEFT = """
            SELECT EXISTS (
                SELECT FROM fastn_execution e JOIN fastn_checkpoint c ON c.execution_id = e.id
                    LEFT JOIN fastn_journal j ON j.execution_id = e.id
                WHERE e.tenant = :tenant AND (
                    (substring(j.content FROM 1 FOR 1) IN ('\\x02', '\\x03') AND substring(j.content FROM 2 FOR 5) <> :mark)
                    OR (substring(c.base FROM 1 FOR 1) IN ('\\x02', '\\x03') AND substring(c.base FROM 2 FOR 5) <> :mark)
                    OR (substring(c.path FROM 1 FOR 1) IN ('\\x02', '\\x03') AND substring(c.path FROM 2 FOR 5) <> :mark)
                    OR substring(e.sealed_input FROM 1 FOR 5) <> :mark))""";

    private final JdbcClient jdbc;
    private final Sealing sealing;

    public SealedRuns(DataSource plugin, Sealing sealing) {
        this.jdbc = JdbcClient.create(plugin);
        this.sealing = sealing;
    }

    @Override
    public int sealAgain(TenantId tenant, int limit) {
        return 0;
    }

    @Override
    public boolean waits(TenantId tenant) {
        return jdbc.sql(LEFT)
                .param("tenant", tenant.value())
                .param("mark", sealing.mark(tenant))
                .query(Boolean.class)
                .single();
    }
}
