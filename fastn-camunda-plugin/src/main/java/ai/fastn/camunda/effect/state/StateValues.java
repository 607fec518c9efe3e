package ai.fastn.camunda.effect.state;

import ai.fastn.camunda.database.Transactions;
import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.effect.Effect;
import ai.fastn.camunda.effect.EffectOutcome;
import ai.fastn.camunda.effect.EffectRequest;
import ai.fastn.camunda.effect.EffectScope;
import ai.fastn.camunda.effect.OutcomeRecord;
import ai.fastn.camunda.workflow.ExecutionId;
import ai.fastn.camunda.workflow.StepKind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;

/**
 * {@code fastn.state}: values of a workflow (ORG) or of one run (INVOCATION). A change and the record of its outcome
 * are committed in one transaction, so that a value is changed exactly once however often the run is resumed.
 */
public final class StateValues implements Effect {

    private static final String PLACE =
            " WHERE tenant = ? AND environment = ? AND workflow = ? AND execution = ? AND key = ?";
    private static final String GET =
            "SELECT value FROM fastn_state" + PLACE + " AND (expires_at IS NULL OR expires_at > ?)";
    private static final String DELETE =
            "DELETE FROM fastn_state" + PLACE + " RETURNING expires_at IS NULL OR expires_at > ?";
    private static final String SET = """
            INSERT INTO fastn_state (tenant, environment, workflow, execution, key, updated_at, value, expires_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (tenant, environment, workflow, execution, key) DO UPDATE
            SET value = excluded.value, updated_at = excluded.updated_at, expires_at = excluded.expires_at""";
    private static final String SWEEP = """
            DELETE FROM fastn_state WHERE ctid = ANY (ARRAY(
                SELECT ctid FROM fastn_state WHERE expires_at <= ? LIMIT ? FOR UPDATE SKIP LOCKED))""";

    private static final String SWEEP_INVOCATIONS = """
            DELETE FROM fastn_state WHERE ctid = ANY (ARRAY(
                SELECT s.ctid FROM fastn_state s WHERE s.execution <> '' AND s.updated_at < ?
                    AND NOT EXISTS (SELECT 1 FROM fastn_checkpoint c WHERE c.execution_id = s.execution)
                LIMIT ? FOR UPDATE OF s SKIP LOCKED))""";
    private static final Duration LONGER_THAN_INSTANT = Duration.ofMinutes(10);

    /** Instant runs that have written INVOCATION values: most have none, and their end need not ask the database. */
    private final Set<String> invocations = ConcurrentHashMap.newKeySet();

    private final DataSource plugin;
    private final Clock clock;

    public StateValues(DataSource plugin, Clock clock) {
        this.plugin = plugin;
        this.clock = clock;
    }

    @Override
    public String family() {
        return "state";
    }

    @Override
    public StepKind kind(EffectRequest request) {
        return request.name().equals("state.get") ? StepKind.READ : StepKind.WRITE;
    }

    @Override
    public EffectOutcome perform(EffectRequest request, EffectScope scope, OutcomeRecord record) {
        try {
            StateCall call = StateCall.of(request, scope);
            return call.function() == StateCall.Function.GET ? get(call, scope) : change(call, scope, record);
        } catch (FastnException e) {
            return new EffectOutcome.Failed(
                    "StateError", e.getMessage(), Map.of("code", e.code().code(), "retryable", false));
        } catch (SQLException e) {
            return new EffectOutcome.Failed(
                    "StateError",
                    "state could not be reached: SQLSTATE " + e.getSQLState(),
                    Map.of("code", ErrorCode.STATE_UNAVAILABLE.code(), "retryable", true));
        }
    }

    /** Deletes the INVOCATION values of an Instant run of this node that has ended. */
    public void clearInvocation(ExecutionId execution) {
        if (!invocations.remove(execution.value())) {
            return;
        }
        try (Connection connection = plugin.getConnection()) {
            clearInvocation(connection, execution);
        } catch (SQLException e) {
            throw new FastnException(
                    ErrorCode.STATE_UNAVAILABLE, "state of execution \"" + execution + "\" could not be deleted", e);
        }
    }

    /** Deletes the INVOCATION values of a run, in the transaction of this connection. */
    public void clearInvocation(Connection connection, ExecutionId execution) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM fastn_state WHERE execution = ?")) {
            delete.setString(1, execution.value());
            delete.executeUpdate();
        }
    }

    /** Deletes INVOCATION values of Instant runs whose node died in them, at most {@code limit}; returns how many. */
    public int sweepInvocations(int limit) {
        return sweep(SWEEP_INVOCATIONS, now().minus(LONGER_THAN_INSTANT), limit);
    }

    /** Deletes expired values, at most {@code limit}; returns how many. Until then they count as missing. */
    public int sweepExpired(int limit) {
        return sweep(SWEEP, now(), limit);
    }

    private int sweep(String sql, OffsetDateTime until, int limit) {
        try (Connection connection = plugin.getConnection();
                PreparedStatement delete = connection.prepareStatement(sql)) {
            delete.setObject(1, until);
            delete.setInt(2, limit);
            return delete.executeUpdate();
        } catch (SQLException e) {
            throw new FastnException(ErrorCode.STATE_UNAVAILABLE, "state values could not be swept", e);
        }
    }

    private EffectOutcome get(StateCall call, EffectScope scope) throws SQLException {
        try (Connection connection = plugin.getConnection();
                PreparedStatement select = connection.prepareStatement(GET)) {
            place(select, call, scope);
            try (ResultSet row = select.executeQuery()) {
                return new EffectOutcome.Succeeded(row.next() ? row.getString(1) : "null");
            }
        }
    }

    private EffectOutcome change(StateCall call, EffectScope scope, OutcomeRecord record) throws SQLException {
        try (Connection connection = plugin.getConnection()) {
            return Transactions.run(connection, () -> {
                EffectOutcome outcome = call.function() == StateCall.Function.SET
                        ? set(connection, call, scope)
                        : delete(connection, call, scope);
                record.write(connection, outcome);
                return outcome;
            });
        }
    }

    private EffectOutcome set(Connection connection, StateCall call, EffectScope scope) throws SQLException {
        if (!call.execution().isEmpty() && scope.fence() == 0) {
            invocations.add(call.execution());
        }
        try (PreparedStatement upsert = connection.prepareStatement(SET)) {
            place(upsert, call, scope);
            upsert.setString(7, call.value());
            upsert.setObject(8, call.ttl().map(ttl -> now().plus(ttl)).orElse(null));
            upsert.executeUpdate();
            return new EffectOutcome.Succeeded("null");
        }
    }

    private EffectOutcome delete(Connection connection, StateCall call, EffectScope scope) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(DELETE)) {
            place(delete, call, scope);
            try (ResultSet row = delete.executeQuery()) {
                return new EffectOutcome.Succeeded(Boolean.toString(row.next() && row.getBoolean(1)));
            }
        }
    }

    /** Parameters 1 to 6 of every statement: where the value lies, and now. */
    private void place(PreparedStatement statement, StateCall call, EffectScope scope) throws SQLException {
        statement.setString(1, scope.tenant().value());
        statement.setString(2, scope.environment().name());
        statement.setString(3, scope.workflow().value());
        statement.setString(4, call.execution());
        statement.setString(5, call.key());
        statement.setObject(6, now());
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
