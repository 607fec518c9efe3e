package ai.fastn.camunda.engine;

import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * The engine's table of jobs as a queue of each process definition. What may be executed is decided as the engine does
 * it ({@code selectNextJobsToExecute}); where jobs of a definition begin, {@link JobIndex} knows.
 */
final class JobQueue {

    private static final String ACTIVE = "j.retries_ > 0 AND j.suspension_state_ = 1";
    private static final String DUE = " AND (j.duedate_ IS NULL OR j.duedate_ <= :now)";
    private static final String FREE =
            " AND (j.lock_owner_ IS NULL OR j.lock_exp_time_ < :now)" + " AND j.priority_ BETWEEN :lowest AND :highest";
    private static final String ALONE = " AND (NOT j.exclusive_ OR NOT EXISTS (SELECT 1 FROM act_ru_job k WHERE %s"
            + " AND k.exclusive_ AND k.lock_owner_ IS NOT NULL AND k.lock_exp_time_ >= :now))";
    private static final String SAME_INSTANCE = "k.process_instance_id_ = j.process_instance_id_";
    private static final String SAME_HIERARCHY = "(k.root_proc_inst_id_ = j.root_proc_inst_id_"
            + " OR j.root_proc_inst_id_ IS NULL AND " + SAME_INSTANCE + ")";

    private static final String ORDER = "j.process_def_id_, j.duedate_, j.create_time_";

    /** Of one definition: first what has a due date, then the rest; each part is one piece of the index. */
    private static final String FIRST_OF_DEFINITION = "((SELECT j.* FROM act_ru_job j WHERE " + ACTIVE
            + " AND j.process_def_id_ %1$s AND j.duedate_ <= :now%2$s ORDER BY " + ORDER + " LIMIT :count)"
            + " UNION ALL (SELECT j.* FROM act_ru_job j WHERE " + ACTIVE
            + " AND j.process_def_id_ %1$s AND j.duedate_ IS NULL%2$s"
            + " ORDER BY " + ORDER + " LIMIT :count) LIMIT :count)";

    private static final String NEXT = "(SELECT min(j.duedate_) FROM act_ru_job j WHERE " + ACTIVE
            + " AND j.process_def_id_ %s AND j.duedate_ > :now)";

    private static final String DEFINITIONS = "(SELECT j.process_def_id_ FROM act_ru_job j WHERE " + ACTIVE
            + " AND j.process_def_id_ %s ORDER BY j.process_def_id_ LIMIT 1)";
    private static final String LOOK = "WITH RECURSIVE q(definition) AS (" + DEFINITIONS.formatted("IS NOT NULL")
            + " UNION ALL SELECT " + DEFINITIONS.formatted("> q.definition")
            + " FROM q WHERE q.definition IS NOT NULL)"
            + " SELECT q.definition, f.duedate_, f.create_time_, " + NEXT.formatted("= q.definition") + " AS next_"
            + " FROM q LEFT JOIN LATERAL %1$s f ON true WHERE q.definition IS NOT NULL"
            + " UNION ALL SELECT NULL, f.duedate_, f.create_time_, " + NEXT.formatted("IS NULL")
            + " FROM (VALUES (1)) one LEFT JOIN LATERAL %2$s f ON true";
    private static final String FIRST = "SELECT f.* FROM unnest(:definitions) AS q(definition) CROSS JOIN LATERAL %s f";
    private static final String OTHERS = "SELECT j.* FROM act_ru_job j WHERE " + ACTIVE
            + " AND (j.process_def_id_ IS NULL OR j.process_def_id_ = ANY (:definitions))" + DUE;
    private static final String LOCK = """
            UPDATE act_ru_job SET lock_owner_ = :owner, lock_exp_time_ = :until, rev_ = rev_ + 1 WHERE id_ IN (
                SELECT id_ FROM act_ru_job WHERE id_ = ANY (:ids) AND (lock_owner_ IS NULL OR lock_exp_time_ < :now)
                FOR UPDATE SKIP LOCKED)
            RETURNING id_""";
    private static final String KEEP =
            "UPDATE act_ru_job SET lock_exp_time_ = :until WHERE id_ = ANY (:ids) AND handler_type_ = :type";

    /**
     * A lost lock is found by the node lease. Planning takes ten times as long as executing, so plans are kept; only
     * one that reads the index in its order is any good, however small the table was when it was made.
     */
    private static final String TRANSACTION =
            "SET LOCAL synchronous_commit = off; SET LOCAL plan_cache_mode = force_generic_plan;"
                    + " SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off;"
                    + " SET LOCAL enable_incremental_sort = off; SET LOCAL jit = off";

    private final Connection connection;
    private final ProcessEngineConfigurationImpl engine;
    private final Timestamp now;
    private final JdbcClient jdbc;
    private final String free;

    /** @param connection of a transaction that only acquires jobs */
    JobQueue(Connection connection, ProcessEngineConfigurationImpl engine, Date now) {
        this.connection = connection;
        this.engine = engine;
        this.now = Timestamp.from(now.toInstant());
        this.jdbc = JdbcClient.create(new SingleConnectionDataSource(connection, true));
        this.free = FREE
                + ALONE.formatted(
                        engine.isJobExecutorAcquireExclusiveOverProcessHierarchies() ? SAME_HIERARCHY : SAME_INSTANCE);
        jdbc.sql(TRANSACTION).update();
    }

    /**
     * The queue of a definition.
     *
     * @param definition null stands for jobs that belong to none
     * @param first how long its first job could have run; null when none can
     * @param next when a job of it becomes due; null when none will
     */
    record OfDefinition(
            @Nullable String definition,
            @Nullable Since first,
            @Nullable Date next) {}

    /** The queues in which there is or will be something. */
    List<OfDefinition> look() {
        return statement(LOOK.formatted(firstWhere("= q.definition"), firstWhere("IS NULL")))
                .param("count", 1)
                .query((row, number) -> new OfDefinition(row.getString(1), since(row), row.getTimestamp("next_")))
                .list();
    }

    /** The first so many jobs of each definition. */
    List<QueuedJob> first(Collection<String> definitions, int count) {
        return statement(FIRST.formatted(firstWhere("= q.definition")))
                .param("definitions", array(definitions))
                .param("count", count)
                .query((row, number) -> job(row))
                .list();
    }

    /** Jobs of these definitions and of none, in the order that the engine is configured for. */
    List<QueuedJob> others(Collection<String> definitions, int count) {
        List<String> order = new ArrayList<>();
        if (engine.isJobExecutorAcquireByPriority()) {
            order.add("j.priority_ DESC");
        }
        if (engine.isJobExecutorPreferTimerJobs()) {
            order.add("j.type_ DESC");
        }
        if (engine.isJobExecutorAcquireByDueDate()) {
            order.add("j.duedate_ ASC");
        }
        String sql = OTHERS + free
                + (engine.isHistoryCleanupEnabled() ? "" : " AND j.handler_type_ <> 'history-cleanup'")
                + (engine.isJobExecutorDeploymentAware()
                        ? " AND (j.deployment_id_ IS NULL OR j.deployment_id_ = ANY (:deployments))"
                        : "")
                + (order.isEmpty() ? "" : " ORDER BY " + String.join(", ", order))
                + " LIMIT :count";
        return statement(sql)
                .param("definitions", array(definitions))
                .param("deployments", array(engine.getRegisteredDeployments()))
                .param("count", count)
                .query((row, number) -> job(row))
                .list();
    }

    /** Locks those of the jobs that nobody has locked meanwhile. */
    Set<String> lock(Collection<String> ids, String owner, Date until) {
        return ids.isEmpty()
                ? Set.of()
                : new HashSet<>(statement(LOCK)
                        .param("ids", array(ids))
                        .param("owner", owner)
                        .param("until", Timestamp.from(until.toInstant()))
                        .query(String.class)
                        .list());
    }

    /** Steps that people have drawn are among the jobs of other processes, and may take as long as any step. */
    void keepSteps(Collection<String> locked) {
        if (!locked.isEmpty()) {
            statement(KEEP)
                    .param("ids", array(locked))
                    .param("type", StepJobHandler.TYPE)
                    .param("until", Timestamp.from(LongLock.fromNow().toInstant()))
                    .update();
        }
    }

    private String firstWhere(String definition) {
        return FIRST_OF_DEFINITION.formatted(definition, free);
    }

    private JdbcClient.StatementSpec statement(String sql) {
        boolean byPriority = engine.isJobExecutorAcquireByPriority();
        return jdbc.sql(sql)
                .param("now", now)
                .param("lowest", byPriority ? engine.getJobExecutorPriorityRangeMin() : Long.MIN_VALUE)
                .param("highest", byPriority ? engine.getJobExecutorPriorityRangeMax() : Long.MAX_VALUE);
    }

    private Array array(Collection<String> values) {
        try {
            return connection.createArrayOf("text", values.toArray());
        } catch (SQLException e) {
            throw new IllegalStateException("bug: PostgreSQL has arrays of text", e);
        }
    }

    private QueuedJob job(ResultSet row) throws SQLException {
        String instance = row.getString("process_instance_id_");
        String exclusiveTo = engine.isJobExecutorAcquireExclusiveOverProcessHierarchies()
                ? Optional.ofNullable(row.getString("root_proc_inst_id_")).orElse(instance)
                : instance;
        return new QueuedJob(
                row.getString("id_"),
                row.getString("process_def_id_"),
                row.getBoolean("exclusive_") ? exclusiveTo : null,
                Objects.requireNonNull(since(row)));
    }

    private static @Nullable Since since(ResultSet row) throws SQLException {
        Timestamp due = row.getTimestamp("duedate_");
        Timestamp created = row.getTimestamp("create_time_");
        if (due != null) {
            return new Since(true, due);
        }
        return created == null ? null : new Since(false, created);
    }
}
