package ai.fastn.camunda.effect.state;

import ai.fastn.camunda.effect.EffectOutcome.Succeeded;
import ai.fastn.camunda.effect.EffectScope;
import ai.fastn.camunda.effect.SecretsKnown;
import ai.fastn.camunda.effect.secret.Sealing;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Statements on the value that one call is about, on a given connection.
 *
 * @param now decides what has expired: such a value counts as missing
 */
record StateRows(Connection connection, Sealing sealing, StateCall call, EffectScope scope, OffsetDateTime now) {

    private static final String PLACE =
            " WHERE tenant = ? AND environment = ? AND workflow = ? AND execution = ? AND key = ?";
    private static final String GET =
            "SELECT value, sealed FROM fastn_state" + PLACE + " AND (expires_at IS NULL OR expires_at > ?)";
    private static final String DELETE =
            "DELETE FROM fastn_state" + PLACE + " RETURNING expires_at IS NULL OR expires_at > ?";
    private static final String SET = """
            INSERT INTO fastn_state (tenant, environment, workflow, execution, key, updated_at, value, sealed, expires_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (tenant, environment, workflow, execution, key) DO UPDATE
            SET value = excluded.value, sealed = excluded.sealed, updated_at = excluded.updated_at, expires_at = excluded.expires_at""";
    /** Locks the row also where it changes nothing. */
    private static final String SET_IF_ABSENT = SET + " WHERE fastn_state.expires_at <= excluded.updated_at";

    private static final String CHANGE = "UPDATE fastn_state SET value = ?, sealed = ?, updated_at = ?" + PLACE;

    /**
     * A value as it lies there.
     *
     * @param json empty where it is sealed
     */
    @SuppressWarnings("ArrayRecordComponent") // opaque, from a row to the key that opens it
    record Stored(@Nullable String json, byte @Nullable [] sealed) {}

    Optional<Stored> read() throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(GET)) {
            place(select, 1);
            select.setObject(6, now);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(new Stored(row.getString(1), row.getBytes(2))) : Optional.empty();
            }
        }
    }

    void set() throws SQLException {
        insert(SET);
    }

    /** Whether there was none, so that the value is now this call's. */
    boolean setIfAbsent() throws SQLException {
        return insert(SET_IF_ABSENT) > 0;
    }

    /** Adds the call's value to the stored number, or begins with it; gives the new number. */
    Succeeded increment() throws SQLException {
        if (setIfAbsent()) {
            return new Succeeded(call.value());
        }
        Succeeded old = open(read().orElseThrow(() -> new IllegalStateException("bug: a locked state value is gone")));
        Succeeded sum = new Succeeded(
                StateNumber.sum(call.key(), old.json(), call.value()),
                old.secrets().and(scope.secrets()));
        try (PreparedStatement update = connection.prepareStatement(CHANGE)) {
            value(update, 1, sum);
            update.setObject(3, now);
            place(update, 4);
            update.executeUpdate();
        }
        return sum;
    }

    /** Whether there was a value. */
    boolean delete() throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(DELETE)) {
            place(delete, 1);
            delete.setObject(6, now);
            try (ResultSet row = delete.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    private int insert(String sql) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            place(insert, 1);
            insert.setObject(6, now);
            value(insert, 7, new Succeeded(call.value(), scope.secrets()));
            insert.setObject(9, expiry());
            return insert.executeUpdate();
        }
    }

    /** The value with the secrets that it may carry. */
    Succeeded open(Stored stored) {
        byte[] sealed = stored.sealed();
        if (sealed == null) {
            return new Succeeded(String.valueOf(stored.json()));
        }
        byte[] plain = sealing.open(scope.tenant(), sealed, associated());
        return SecretsKnown.parse(new String(plain, StandardCharsets.UTF_8));
    }

    /** Two parameters: the value as it is, or sealed because it may carry secrets. */
    private void value(PreparedStatement statement, int first, Succeeded value) throws SQLException {
        boolean seal = !value.secrets().isEmpty();
        statement.setString(first, seal ? null : value.json());
        statement.setBytes(first + 1, seal ? sealed(value) : null);
    }

    private byte[] sealed(Succeeded value) {
        byte[] plain = value.secrets().with(value.json()).getBytes(StandardCharsets.UTF_8);
        return sealing.seal(scope.tenant(), plain, associated());
    }

    private byte[] associated() {
        return SealedState.associated(
                scope.environment().name(), scope.workflow().value(), call.execution(), call.key());
    }

    private @Nullable OffsetDateTime expiry() {
        return call.ttl().map(now::plus).orElse(null);
    }

    /** Five parameters: where the value lies. */
    private void place(PreparedStatement statement, int first) throws SQLException {
        statement.setString(first, scope.tenant().value());
        statement.setString(first + 1, scope.environment().name());
        statement.setString(first + 2, scope.workflow().value());
        statement.setString(first + 3, call.execution());
        statement.setString(first + 4, call.key());
    }
}
