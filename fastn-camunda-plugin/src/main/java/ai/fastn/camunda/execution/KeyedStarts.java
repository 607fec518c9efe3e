package ai.fastn.camunda.execution;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.runtime.Run;
import ai.fastn.camunda.runtime.RunFailedException;
import ai.fastn.camunda.runtime.RunFailure;
import ai.fastn.camunda.runtime.StartKey;
import ai.fastn.camunda.workflow.ExecutionId;
import ai.fastn.camunda.workflow.TenantId;
import ai.fastn.camunda.workflow.WorkflowSlug;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Table {@code fastn_start}: which execution a key has started, for as long as keys are kept. */
public final class KeyedStarts {

    private static final String CLAIM = """
            INSERT INTO fastn_start (tenant, slug, key, request, execution_id, instant, expires_at)
            VALUES (:tenant, :slug, :key, :request, :execution, :instant, :expires)
            ON CONFLICT (tenant, slug, key) DO UPDATE SET request = :request, execution_id = :execution,
                instant = :instant, code = NULL, failure = NULL, expires_at = :expires
            WHERE fastn_start.expires_at <= :now""";

    private static final String SWEEP = """
            DELETE FROM fastn_start WHERE ctid = ANY (ARRAY(
                SELECT ctid FROM fastn_start WHERE expires_at <= ? LIMIT ? FOR UPDATE SKIP LOCKED))""";

    private final JdbcClient inEngineTransaction;
    private final JdbcClient apart;
    private final Clock clock;
    private final Duration kept;

    /**
     * The table.
     *
     * @param inEngineTransaction on the engine's data source, so that a key commits with its run
     * @param apart on a pool of its own, for what outlives a rollback
     * @param kept how long a key is known
     */
    public KeyedStarts(JdbcClient inEngineTransaction, JdbcClient apart, Clock clock, Duration kept) {
        this.inEngineTransaction = inEngineTransaction;
        this.apart = apart;
        this.clock = clock;
        this.kept = kept;
    }

    /**
     * What a key has started.
     *
     * @param failure what the caller of an Instant run that failed was told
     */
    record Known(String request, ExecutionId execution, boolean instant, Optional<RunFailedException> failure) {

        private static Known of(ResultSet row) throws SQLException {
            ExecutionId execution = new ExecutionId(row.getString("execution_id"));
            String code = row.getString("code");
            RunFailure failure = code == null ? null : ExecutionStore.readFailure(row.getString("failure"));
            return new Known(
                    row.getString("request"),
                    execution,
                    row.getBoolean("instant"),
                    failure == null
                            ? Optional.empty()
                            : Optional.of(new RunFailedException(ErrorCode.valueOf(code), execution, failure)));
        }
    }

    /**
     * Holds a key until the end of the engine's transaction, also that of a node that dies: for nobody else begins to
     * start a run with it meanwhile.
     *
     * @return false when somebody else holds it; does not wait
     */
    boolean hold(TenantId tenant, WorkflowSlug workflow, StartKey key) {
        return inEngineTransaction
                .sql("SELECT pg_try_advisory_xact_lock(hashtextextended(?, 0))")
                .param(String.join("\n", "fastn_start", tenant.value(), workflow.value(), key.text()))
                .query(Boolean.class)
                .single();
    }

    Optional<Known> find(TenantId tenant, WorkflowSlug workflow, StartKey key) {
        return inEngineTransaction
                .sql("SELECT * FROM fastn_start WHERE tenant = ? AND slug = ? AND key = ? AND expires_at > ?")
                .params(tenant.value(), workflow.value(), key.text(), Timestamp.from(clock.instant()))
                .query((row, number) -> Known.of(row))
                .optional();
    }

    /** The key belongs to this run from now on; its holder calls this. */
    void claim(Run run, StartKey key) {
        Instant now = clock.instant();
        boolean instant = run.tier().isSynchronous();
        int written = (instant ? apart : inEngineTransaction)
                .sql(CLAIM)
                .param("tenant", run.tenant().value())
                .param("slug", run.workflow().value())
                .param("key", key.text())
                .param("request", key.request())
                .param("execution", run.execution().value())
                .param("instant", instant)
                .param("expires", Timestamp.from(now.plus(kept)))
                .param("now", Timestamp.from(now))
                .update();
        if (written == 0) {
            throw new IllegalStateException("bug: a key was claimed by somebody who does not hold it");
        }
    }

    /** An Instant run ended without a result: each further caller is told the same. */
    void failed(TenantId tenant, WorkflowSlug workflow, StartKey key, RunFailedException failure) {
        apart.sql("UPDATE fastn_start SET code = ?, failure = ?"
                        + " WHERE tenant = ? AND slug = ? AND key = ? AND execution_id = ?")
                .params(
                        failure.code().name(),
                        ExecutionStore.write(failure.failure()),
                        tenant.value(),
                        workflow.value(),
                        key.text(),
                        failure.execution().value())
                .update();
    }

    /** Forgets at most so many keys whose time is over, and says how many. */
    public int sweep(int limit) {
        return apart.sql(SWEEP).params(Timestamp.from(clock.instant()), limit).update();
    }
}
