package ai.fastn.camunda.execution;

import ai.fastn.camunda.effect.RunInput;
import ai.fastn.camunda.effect.RunMocks;
import ai.fastn.camunda.runtime.Caller;
import ai.fastn.camunda.runtime.Run;
import ai.fastn.camunda.runtime.RunEnd;
import ai.fastn.camunda.runtime.RunFailure;
import ai.fastn.camunda.workflow.Environment;
import ai.fastn.camunda.workflow.ExecutionId;
import ai.fastn.camunda.workflow.ExecutionStatus;
import ai.fastn.camunda.workflow.RunMode;
import ai.fastn.camunda.workflow.TenantId;
import ai.fastn.camunda.workflow.Tier;
import ai.fastn.camunda.workflow.TriggerKind;
import ai.fastn.camunda.workflow.WorkflowSlug;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Table {@code fastn_execution}, on one connection source. */
public final class ExecutionStore {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final String GOES_ON = "EXISTS (SELECT 1 FROM fastn_checkpoint WHERE execution_id = id)";

    private final JdbcClient jdbc;
    private final StoredMocks mocks;

    public ExecutionStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
        this.mocks = new StoredMocks(jdbc);
    }

    /**
     * Writes the first row of a run, or its only one when it has already ended. An existing row keeps its end.
     *
     * @return whether there was none
     */
    boolean insert(Run run, @Nullable RunEnd end, Instant now) {
        boolean inserted = jdbc.sql("""
                INSERT INTO fastn_execution (id, tenant, environment, slug, version, tier, status, triggered_by, started_by, input,
                    headers, started_at, deadline, ended_at, result, error, process_instance_id, definition_id,
                    caller_id, caller_workflows, caller_waits, sealed_input,
                    mode, recorded)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING""")
                        .params(
                                run.execution().value(),
                                run.tenant().value(),
                                run.environment().name(),
                                run.workflow().value(),
                                run.version(),
                                run.tier().name(),
                                statusOf(end).name(),
                                run.trigger().word(),
                                run.startedBy(),
                                run.input().json(),
                                run.headers(),
                                Timestamp.from(run.startedAt()),
                                Timestamp.from(run.deadline()),
                                end == null ? null : Timestamp.from(now),
                                resultOf(end),
                                errorOf(end),
                                run.processInstanceId(),
                                run.processDefinitionId(),
                                run.caller()
                                        .map(caller -> caller.execution().value())
                                        .orElse(null),
                                run.caller().map(ExecutionStore::workflowsOf).orElse(null),
                                run.caller().map(Caller::waits).orElse(null),
                                end == null ? run.input().sealed() : null,
                                run.input().mocks().mode().name(),
                                run.input().mocks().recorded())
                        .update()
                > 0;
        if (inserted && end == null) {
            mocks.insert(run);
        }
        return inserted;
    }

    private static String workflowsOf(Caller caller) {
        return caller.workflows().stream().map(WorkflowSlug::value).collect(Collectors.joining(" "));
    }

    /** Records the end of a run that is Running or Failed. */
    void end(ExecutionId execution, RunEnd end, Instant now) {
        jdbc.sql("""
                UPDATE fastn_execution SET status = ?, ended_at = ?, result = ?,
                    sealed_input = CASE WHEN ? THEN sealed_input END,
                    error = CASE WHEN ? THEN NULL ELSE coalesce(?, error) END
                WHERE id = ? AND status IN ('RUNNING', 'FAILED')""")
                .params(
                        statusOf(end).name(),
                        Timestamp.from(now),
                        resultOf(end),
                        end instanceof RunEnd.Failed, // may go on
                        end instanceof RunEnd.Completed,
                        errorOf(end),
                        execution.value())
                .update();
    }

    /** Another attempt follows the failed one. */
    void attemptFailed(ExecutionId execution, int attempt, RunFailure failure) {
        jdbc.sql("UPDATE fastn_execution SET attempts = greatest(attempts, ?), error = ? WHERE id = ?")
                .params(attempt + 1, write(failure), execution.value())
                .update();
    }

    /** Makes a failed run Running again and gives it the time it stood still. */
    Duration resume(ExecutionId execution, Instant now) {
        Duration pause = jdbc.sql("SELECT ended_at FROM fastn_execution WHERE id = ? AND status = 'FAILED' FOR UPDATE")
                .param(execution.value())
                .query((row, n) -> Duration.between(row.getTimestamp(1).toInstant(), now))
                .optional()
                .orElse(Duration.ZERO);
        jdbc.sql("""
                UPDATE fastn_execution SET status = 'RUNNING', ended_at = NULL, deadline = deadline + (? * interval '1 millisecond')
                WHERE id = ? AND status = 'FAILED'""").params(pause.toMillis(), execution.value()).update();
        return pause;
    }

    /** Whether a run has ended for good; a failed one that stands still until an operator comes has not. */
    Optional<Boolean> isOver(ExecutionId execution) {
        return jdbc.sql("SELECT NOT " + GOES_ON + " FROM fastn_execution WHERE id = ?")
                .param(execution.value())
                .query(Boolean.class)
                .optional();
    }

    /** Process instances of the runs that this one has called, waits for, and that go on. */
    List<String> awaitedBy(ExecutionId caller) {
        return jdbc.sql("SELECT process_instance_id FROM fastn_execution WHERE caller_id = ? AND caller_waits AND "
                        + GOES_ON)
                .param(caller.value())
                .query(String.class)
                .list();
    }

    /** The run may take until then. */
    void postpone(ExecutionId execution, Instant deadline) {
        jdbc.sql("UPDATE fastn_execution SET deadline = ? WHERE id = ?")
                .params(Timestamp.from(deadline), execution.value())
                .update();
    }

    Optional<Run> run(ExecutionId execution) {
        return jdbc.sql("SELECT * FROM fastn_execution WHERE id = ?")
                .param(execution.value())
                .query((row, n) -> run(row))
                .optional()
                .map(mocks::with);
    }

    Optional<Execution> find(TenantId tenant, ExecutionId execution) {
        return jdbc.sql("SELECT * FROM fastn_execution WHERE id = ? AND tenant = ?")
                .params(execution.value(), tenant.value())
                .query((row, n) -> execution(row))
                .optional();
    }

    /** The runs that this one has called, in the order in which they began. */
    List<Execution> calledBy(TenantId tenant, ExecutionId caller) {
        return jdbc.sql("SELECT * FROM fastn_execution WHERE caller_id = ? AND tenant = ? ORDER BY started_at, id")
                .params(caller.value(), tenant.value())
                .query((row, n) -> execution(row))
                .list();
    }

    List<Execution> list(TenantId tenant, ExecutionFilter filter) {
        return jdbc.sql("""
                SELECT * FROM fastn_execution WHERE tenant = :tenant
                    AND (cast(:slug AS text) IS NULL OR slug = :slug)
                    AND (cast(:status AS text) IS NULL OR status = :status)
                    AND (cast(:mode AS text) IS NULL OR mode = :mode)
                    AND (cast(:before AS timestamptz) IS NULL OR started_at < :before)
                ORDER BY started_at DESC LIMIT :limit""")
                .param("tenant", tenant.value())
                .param("slug", filter.workflow().map(WorkflowSlug::value).orElse(null))
                .param("status", filter.status().map(Enum::name).orElse(null))
                .param("mode", filter.mode().map(Enum::name).orElse(null))
                .param("before", filter.before().map(Timestamp::from).orElse(null))
                .param("limit", filter.limit())
                .query((row, n) -> execution(row))
                .list();
    }

    /** The newest runs of each of these workflows: one statement, one index scan a workflow. */
    Map<WorkflowSlug, List<LastExecution>> latest(TenantId tenant, Collection<WorkflowSlug> workflows, int each) {
        Map<WorkflowSlug, List<LastExecution>> latest = new HashMap<>();
        String[] slugs = workflows.stream().map(WorkflowSlug::value).toArray(String[]::new);
        jdbc.sql("""
                SELECT asked.slug, run.id, run.status FROM unnest(?::text[]) AS asked (slug) CROSS JOIN LATERAL (
                    SELECT id, status, started_at FROM fastn_execution WHERE tenant = ? AND slug = asked.slug
                    ORDER BY started_at DESC LIMIT ?) AS run
                ORDER BY run.started_at DESC""").params(slugs, tenant.value(), each).query((RowCallbackHandler) row -> latest.computeIfAbsent(
                        WorkflowSlug.of(row.getString("slug")), slug -> new ArrayList<>())
                .add(new LastExecution(
                        new ExecutionId(row.getString("id")), ExecutionStatus.valueOf(row.getString("status")))));
        return latest;
    }

    private static ExecutionStatus statusOf(@Nullable RunEnd end) {
        return end == null ? ExecutionStatus.RUNNING : end.status();
    }

    private static @Nullable String resultOf(@Nullable RunEnd end) {
        return end instanceof RunEnd.Completed completed ? completed.resultJson() : null;
    }

    private static @Nullable String errorOf(@Nullable RunEnd end) {
        return end instanceof RunEnd.Failed failed ? write(failed.failure()) : null;
    }

    static String write(RunFailure failure) {
        try {
            return JSON.writeValueAsString(failure);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("bug: a failure can not be written", e);
        }
    }

    static RunFailure readFailure(String json) {
        try {
            return JSON.readValue(json, RunFailure.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("bug: a stored failure can not be read", e);
        }
    }

    private static Run run(ResultSet row) throws SQLException {
        return new Run(
                new ExecutionId(row.getString("id")),
                new TenantId(row.getString("tenant")),
                new Environment(row.getString("environment")),
                WorkflowSlug.of(row.getString("slug")),
                row.getInt("version"),
                Tier.valueOf(row.getString("tier")),
                TriggerKind.ofWord(row.getString("triggered_by")),
                row.getString("started_by"),
                new RunInput(
                        row.getString("input"),
                        row.getBytes("sealed_input"),
                        new RunMocks(RunMode.valueOf(row.getString("mode")), "", row.getBoolean("recorded"))),
                row.getString("headers"),
                caller(row),
                row.getTimestamp("started_at").toInstant(),
                row.getTimestamp("deadline").toInstant(),
                row.getString("process_instance_id"),
                row.getString("definition_id"));
    }

    private static Optional<Caller> caller(ResultSet row) throws SQLException {
        String id = row.getString("caller_id");
        return id == null
                ? Optional.empty()
                : Optional.of(new Caller(
                        new ExecutionId(id),
                        row.getBoolean("caller_waits"),
                        Stream.of(row.getString("caller_workflows").split(" "))
                                .map(WorkflowSlug::of)
                                .toList()));
    }

    private static Execution execution(ResultSet row) throws SQLException {
        return new Execution(
                new ExecutionId(row.getString("id")),
                WorkflowSlug.of(row.getString("slug")),
                row.getInt("version"),
                Tier.valueOf(row.getString("tier")),
                ExecutionStatus.valueOf(row.getString("status")),
                TriggerKind.ofWord(row.getString("triggered_by")),
                row.getString("started_by"),
                caller(row),
                row.getTimestamp("started_at").toInstant(),
                Optional.ofNullable(row.getTimestamp("ended_at")).map(Timestamp::toInstant),
                row.getInt("attempts"),
                Optional.ofNullable(row.getString("result")),
                Optional.ofNullable(row.getString("error")).map(ExecutionStore::readFailure),
                row.getString("process_instance_id"),
                RunMode.valueOf(row.getString("mode")),
                row.getBoolean("recorded"));
    }
}
