package ai.fastn.camunda.runtime;

import ai.fastn.camunda.workflow.TenantId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;

/** Statements on table {@code fastn_kept_event}, on a given connection: events that came before their wait. */
public final class KeptEvents {

    private static final String LOCK = "SELECT pg_advisory_xact_lock(hashtextextended(?, 0))";

    private static final String KEEP =
            "INSERT INTO fastn_kept_event (tenant, message, payload, expires_at) VALUES (?, ?, ?, ?)";

    private static final String TAKE = """
            DELETE FROM fastn_kept_event WHERE number = (
                SELECT number FROM fastn_kept_event WHERE tenant = ? AND message = ? AND expires_at > ?
                ORDER BY number LIMIT 1)
            RETURNING payload""";

    private static final String SWEEP = """
            DELETE FROM fastn_kept_event WHERE ctid = ANY (ARRAY(
                SELECT ctid FROM fastn_kept_event WHERE expires_at <= ? LIMIT ? FOR UPDATE SKIP LOCKED))""";

    private final Connection connection;

    public KeptEvents(Connection connection) {
        this.connection = connection;
    }

    /**
     * Until the transaction ends, nobody else begins to wait for this message and nobody else keeps one: so that who
     * sends and who waits can not miss each other.
     */
    public void lock(TenantId tenant, String message) throws SQLException {
        try (PreparedStatement lock = connection.prepareStatement(LOCK)) {
            lock.setString(1, String.join("\n", "fastn_kept_event", tenant.value(), message));
            lock.execute();
        }
    }

    /** Keeps an event until then; who calls this holds the lock. */
    public void keep(TenantId tenant, String message, String payloadJson, Instant until) throws SQLException {
        try (PreparedStatement keep = connection.prepareStatement(KEEP)) {
            keep.setString(1, tenant.value());
            keep.setString(2, message);
            keep.setString(3, payloadJson);
            keep.setTimestamp(4, Timestamp.from(until));
            keep.executeUpdate();
        }
    }

    /** Takes the payload of the oldest one; who calls this holds the lock. */
    public Optional<String> take(TenantId tenant, String message, Instant now) throws SQLException {
        try (PreparedStatement take = connection.prepareStatement(TAKE)) {
            take.setString(1, tenant.value());
            take.setString(2, message);
            take.setTimestamp(3, Timestamp.from(now));
            try (ResultSet taken = take.executeQuery()) {
                return taken.next() ? Optional.of(taken.getString(1)) : Optional.empty();
            }
        }
    }

    /** Forgets at most so many that nobody has waited for in time, and says how many. */
    public int sweep(Instant now, int limit) throws SQLException {
        try (PreparedStatement sweep = connection.prepareStatement(SWEEP)) {
            sweep.setTimestamp(1, Timestamp.from(now));
            sweep.setInt(2, limit);
            return sweep.executeUpdate();
        }
    }
}
