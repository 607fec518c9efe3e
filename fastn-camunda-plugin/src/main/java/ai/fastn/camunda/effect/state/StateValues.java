package ai.fastn.camunda.effect.state;

import ai.fastn.camunda.database.Transactions;
import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.effect.Effect;
import ai.fastn.camunda.effect.EffectOutcome;
import ai.fastn.camunda.effect.EffectRequest;
import ai.fastn.camunda.effect.EffectScope;
import ai.fastn.camunda.effect.OutcomeRecord;
import ai.fastn.camunda.effect.SecretsKnown;
import ai.fastn.camunda.effect.secret.Redaction;
import ai.fastn.camunda.effect.secret.Sealing;
import ai.fastn.camunda.workflow.ExecutionId;
import ai.fastn.camunda.workflow.StepKind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;

/**
 * {@code fastn.state}: values of a workflow (ORG) or of one run (INVOCATION). A change and the record of its outcome
 * are committed in one transaction, so that a value is changed exactly once however often the run is resumed.
 */
public final class StateValues implements Effect {

    private static final String SWEEP = """
            DELETE FROM fastn_state WHERE ctid = ANY (ARRAY(
                SELECT ctid FROM fastn_state WHERE expires_at <= ? LIMIT ? FOR UPDATE SKIP LOCKED))""";

    private static final String SWEEP_INVOCATIONS = """
            DELETE FROM fastn_state WHERE ctid = ANY (ARRAY(
                SELECT s.ctid FROM fastn_state s WHERE s.execution <> '' AND s.updated_at < ?
                    AND NOT EXISTS (SELECT 1 FROM fastn_checkpoint c WHERE c.execution_id = s.execution)
                LIMIT ? FOR UPDATE OF s SKIP LOCKED))""";
    private static final EffectOutcome.Succeeded NOTHING = new EffectOutcome.Succeeded("null");
    private static final Duration LONGER_THAN_INSTANT = Duration.ofMinutes(10);

    /** Instant runs that have written INVOCATION values: most have none, and their end need not ask the database. */
    private final Set<String> invocations = ConcurrentHashMap.newKeySet();

    private final DataSource plugin;
    private final Sealing sealing;
    private final Clock clock;

    /** @param sealing for the values of runs that have read a secret */
    public StateValues(DataSource plugin, Sealing sealing, Clock clock) {
        this.plugin = plugin;
        this.sealing = sealing;
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
            requireNoSecret(call, scope);
            if (!scope.secrets().isEmpty()) {
                sealing.prepare(scope.tenant());
            }
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

    /** Opened when the connection is free again: sealing may need one. */
    private EffectOutcome get(StateCall call, EffectScope scope) throws SQLException {
        StateRows rows;
        Optional<StateRows.Stored> stored;
        try (Connection connection = plugin.getConnection()) {
            rows = rows(connection, call, scope);
            stored = rows.read();
        }
        return stored.map(rows::open).orElse(NOTHING);
    }

    private EffectOutcome change(StateCall call, EffectScope scope, OutcomeRecord record) throws SQLException {
        if (!call.execution().isEmpty() && scope.fence() == 0) {
            invocations.add(call.execution());
        }
        try (Connection connection = plugin.getConnection()) {
            return Transactions.run(connection, () -> {
                EffectOutcome outcome = change(rows(connection, call, scope));
                record.write(connection, outcome);
                return outcome;
            });
        }
    }

    private StateRows rows(Connection connection, StateCall call, EffectScope scope) {
        return new StateRows(connection, sealing, call, scope, now());
    }

    /** Keys are stored as they are. */
    private static void requireNoSecret(StateCall call, EffectScope scope) {
        Redaction redaction = Redaction.NONE;
        for (SecretsKnown.Entry entry : scope.secrets().entries()) {
            redaction = redaction.withOutcome(entry.name(), entry.json());
        }
        String shown = redaction.apply(call.key());
        if (!shown.equals(call.key())) {
            throw new FastnException(
                    ErrorCode.SECRET_REFUSED,
                    "state key \"" + shown + "\" carries a secret; values may, keys are stored in clear");
        }
    }

    private static EffectOutcome.Succeeded change(StateRows rows) throws SQLException {
        return switch (rows.call().function()) {
            case SET -> {
                rows.set();
                yield NOTHING;
            }
            case DELETE -> new EffectOutcome.Succeeded(Boolean.toString(rows.delete()));
            case SET_IF_ABSENT -> new EffectOutcome.Succeeded(Boolean.toString(rows.setIfAbsent()));
            case INCREMENT -> rows.increment();
            case GET -> throw new IllegalStateException("bug: reading changes nothing");
        };
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
