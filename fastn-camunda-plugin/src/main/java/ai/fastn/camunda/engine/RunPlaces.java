package ai.fastn.camunda.engine;

import ai.fastn.camunda.runtime.Run;
import ai.fastn.camunda.workflow.ExecutionId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Table {@code fastn_place}: which runs of a tenant hold a place under its concurrency limits, and which wait for one,
 * oldest first. Places are given under a lock of the tenant, in transactions of their own that wait for nobody else.
 */
public final class RunPlaces {

    private static final Logger LOG = LoggerFactory.getLogger(RunPlaces.class);

    /** Rows looked at together; most tenants never have so many that could go on at once. */
    private static final int PAGE = 100;

    private static final String ENTER = """
            INSERT INTO fastn_place (execution_id, tenant, slug, key, of_workflow, of_key, started_at, awaited)
            SELECT execution_id, CAST(:tenant AS text), CAST(:slug AS text), CAST(:key AS text), CAST(:ofWorkflow AS integer),
                   CAST(:ofKey AS integer), CAST(:startedAt AS timestamptz), CAST(:awaited AS boolean) FROM fastn_checkpoint
            WHERE execution_id = :execution ON CONFLICT (execution_id) DO NOTHING""";
    private static final String HELD = "SELECT waits_since FROM fastn_place WHERE execution_id = :execution AND held";
    private static final String ONE_AT_A_TIME =
            "SELECT pg_advisory_xact_lock(hashtext('fastn_place'), hashtext(:tenant))";

    private static final String COUNTED = "SELECT slug, key, awaited, count(*)::int AS runs FROM fastn_place"
            + " WHERE tenant = :tenant AND held GROUP BY slug, key, awaited";

    /** Those whose workflow or key is full are left out, so that nobody waits for them. */
    private static final String WAITING = """
            WITH held AS MATERIALIZED (SELECT slug, key FROM fastn_place WHERE tenant = :tenant AND held),
                 by_slug AS MATERIALIZED (SELECT slug, count(*) AS runs FROM held GROUP BY slug),
                 by_key AS MATERIALIZED (SELECT slug, key, count(*) AS runs FROM held WHERE key IS NOT NULL GROUP BY slug, key)
            SELECT p.execution_id, p.slug, p.key, p.of_workflow, p.of_key, p.job_id, p.awaited FROM fastn_place p
            LEFT JOIN by_slug s ON s.slug = p.slug LEFT JOIN by_key k ON k.slug = p.slug AND k.key = p.key
            WHERE p.tenant = :tenant AND NOT p.held
              AND (p.execution_id = CAST(:self AS text) OR EXISTS (SELECT 1 FROM act_ru_job j WHERE j.id_ = p.job_id))
              AND (p.of_workflow IS NULL OR coalesce(s.runs, 0) < p.of_workflow)
              AND (p.of_key IS NULL OR p.key IS NULL OR coalesce(k.runs, 0) < p.of_key)
            ORDER BY p.started_at, p.number LIMIT :page FOR UPDATE OF p SKIP LOCKED""";

    private static final String WAKE = """
            UPDATE act_ru_job SET duedate_ = :now, rev_ = rev_ + 1 WHERE id_ IN (
                SELECT id_ FROM act_ru_job WHERE id_ = :job AND lock_owner_ IS NULL FOR UPDATE SKIP LOCKED)""";
    private static final String HOLD =
            "UPDATE fastn_place SET held = true, job_id = NULL WHERE execution_id = :execution";
    private static final String PARKED = "UPDATE fastn_place SET job_id = ?, waits_since = coalesce(waits_since, ?)"
            + " WHERE execution_id = ? AND NOT held";
    private static final String GOES_ON = "UPDATE fastn_place SET waits_since = NULL WHERE execution_id = ?";
    private static final String RELEASE = "DELETE FROM fastn_place WHERE execution_id = ?";
    private static final String TENANTS = "SELECT DISTINCT tenant FROM fastn_place WHERE NOT held";

    private final JdbcClient plugin;
    private final TransactionTemplate transactions;
    private final int perTenant;

    /**
     * @param plugin connections that no step holds for long
     * @param perTenant runs of one tenant at once; 0 = no limit
     */
    public RunPlaces(DataSource plugin, int perTenant) {
        this.plugin = JdbcClient.create(plugin);
        this.transactions = new TransactionTemplate(new DataSourceTransactionManager(plugin));
        this.perTenant = perTenant;
    }

    /** Whether a run with these limits is counted. One that another run waits for is under way in that one's place. */
    boolean counts(Run run, ConcurrencyLimits limits) {
        return (perTenant > 0 && !run.isAwaited()) || !limits.isNone();
    }

    /**
     * Asks for a place.
     *
     * @return the place of the run; empty = it is one of those that wait from now on
     */
    Optional<Place> enter(Run run, ConcurrencyLimits limits) {
        String execution = run.execution().value();
        Optional<Place> held = held(execution);
        if (held.isPresent()) {
            return held;
        }
        String key = limits.keyOf(run.input().json()).orElse(null);
        plugin.sql(ENTER)
                .param("execution", execution)
                .param("tenant", run.tenant().value())
                .param("slug", run.workflow().value())
                .param("key", key)
                .param("ofWorkflow", limits.ofWorkflow())
                .param("ofKey", key == null ? null : limits.ofKey())
                .param("startedAt", Timestamp.from(run.startedAt()))
                .param("awaited", run.isAwaited())
                .update();
        give(run.tenant().value(), execution);
        return held(execution);
    }

    private Optional<Place> held(String execution) {
        return plugin.sql(HELD)
                .param("execution", execution)
                .query((row, number) -> {
                    Timestamp since = row.getTimestamp("waits_since");
                    return new Place(since == null ? null : since.toInstant());
                })
                .optional();
    }

    /** In the engine's transaction: the run waits in this job. */
    static void parked(Connection engine, ExecutionId execution, String job) throws SQLException {
        try (PreparedStatement update = engine.prepareStatement(PARKED)) {
            update.setString(1, job);
            update.setTimestamp(2, Timestamp.from(RunSession.now()));
            update.setString(3, execution.value());
            update.executeUpdate();
        }
    }

    /** In the engine's transaction: the run has gone on, and its wait is over. */
    static void goesOn(Connection engine, ExecutionId execution) throws SQLException {
        try (PreparedStatement update = engine.prepareStatement(GOES_ON)) {
            update.setString(1, execution.value());
            update.executeUpdate();
        }
    }

    /** In the engine's transaction: the run stands still until somebody retries it. */
    static void release(Connection engine, ExecutionId execution) throws SQLException {
        try (PreparedStatement delete = engine.prepareStatement(RELEASE)) {
            delete.setString(1, execution.value());
            delete.executeUpdate();
        }
    }

    /** After a commit that may have freed a place, or in which a run began to wait. True when some run can go on. */
    boolean next(String tenant) {
        try {
            return give(tenant, null);
        } catch (RuntimeException e) {
            LOG.warn("free places of tenant \"{}\" are given by the next sweep: {}", tenant, e.getMessage());
            return false;
        }
    }

    /**
     * What a crash has left.
     *
     * @return whether some run can go on
     */
    public boolean nextOfAll() {
        boolean any = false;
        for (String tenant : plugin.sql(TENANTS).query(String.class).list()) {
            any |= next(tenant);
        }
        return any;
    }

    private boolean give(String tenant, @Nullable String self) {
        return Objects.requireNonNull(transactions.execute(status -> giveLocked(tenant, self)));
    }

    private boolean giveLocked(String tenant, @Nullable String self) {
        plugin.sql(ONE_AT_A_TIME)
                .param("tenant", tenant)
                .query((row, number) -> true)
                .single();
        boolean given = false;
        for (boolean again = true; again; ) {
            PlaceCounts counts = counts(tenant);
            List<Waiting> waiting = waiting(tenant, self);
            long some = waiting.stream()
                    .filter(run -> counts.admit(run.slug(), run.key(), run.ofWorkflow(), run.ofKey(), run.awaited()))
                    .toList()
                    .stream()
                    .filter(run -> hold(run, self))
                    .count();
            given |= some > 0;
            again = some > 0 && waiting.size() == PAGE;
        }
        return given;
    }

    private PlaceCounts counts(String tenant) {
        PlaceCounts counts = new PlaceCounts(perTenant);
        plugin.sql(COUNTED).param("tenant", tenant).query(row -> {
            counts.add(row.getString("slug"), row.getString("key"), row.getBoolean("awaited"), row.getInt("runs"));
        });
        return counts;
    }

    private List<Waiting> waiting(String tenant, @Nullable String self) {
        return plugin.sql(WAITING)
                .param("tenant", tenant)
                .param("self", self)
                .param("page", PAGE)
                .query((row, number) -> new Waiting(
                        row.getString("execution_id"),
                        row.getString("slug"),
                        row.getString("key"),
                        row.getObject("of_workflow", Integer.class),
                        row.getObject("of_key", Integer.class),
                        row.getString("job_id"),
                        row.getBoolean("awaited")))
                .list();
    }

    /** A job that is being executed or deleted stays as it is: it asks for itself, or its run ends. */
    private boolean hold(Waiting run, @Nullable String self) {
        boolean awake = run.job() == null
                || run.execution().equals(self)
                || plugin.sql(WAKE)
                                .param("now", Timestamp.from(RunSession.now()))
                                .param("job", run.job())
                                .update()
                        == 1;
        return awake && plugin.sql(HOLD).param("execution", run.execution()).update() == 1;
    }

    /**
     * A run holds a place.
     *
     * @param waitedSince since when it has waited for it; null when it got it at once, or has gone on since
     */
    record Place(@Nullable Instant waitedSince) {}

    /** A run that waits for a place. */
    private record Waiting(
            String execution,
            String slug,
            @Nullable String key,
            @Nullable Integer ofWorkflow,
            @Nullable Integer ofKey,
            @Nullable String job,
            boolean awaited) {}
}
