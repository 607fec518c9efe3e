package ai.fastn.camunda.effect.connector;

import ai.fastn.camunda.database.Transactions;
import ai.fastn.camunda.effect.connector.ConnectionLimits.Connection;
import ai.fastn.camunda.workflow.Environment;
import ai.fastn.camunda.workflow.TenantId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Tables {@code fastn_call}, {@code fastn_call_wait} and {@code fastn_call_hold}: which calls of a connection count,
 * which nodes wait for a slot, and what services hold. Each call is a transaction of its own by the database's clock,
 * whose last moments may be lost with the server.
 */
final class CallRows {

    private static final String TAKE = text("take-call.sql");

    private static final String END = """
            UPDATE fastn_call SET ends_at = NULL,
                counts_until = least(counts_until, clock_timestamp() + ? * interval '1 ms')
            FROM (SELECT set_config('synchronous_commit', 'off', true)) quick WHERE number = ?""";

    private static final String HOLD = """
            INSERT INTO fastn_call_hold AS h (tenant, environment, connector, connection, until)
            VALUES (?, ?, ?, ?, clock_timestamp() + ? * interval '1 ms')
            ON CONFLICT (tenant, connection, connector, environment) DO UPDATE SET until = greatest(h.until, excluded.until)""";

    private static final String HOLDS = """
            SELECT tenant, environment, connector, connection, ceil(extract(epoch FROM until - clock_timestamp()) * 1000)::bigint AS wait
            FROM fastn_call_hold WHERE until > clock_timestamp()""";

    private static final String SWEEP = """
            DELETE FROM fastn_call WHERE ctid = ANY (ARRAY(
                SELECT ctid FROM fastn_call WHERE counts_until <= now() AND (ends_at IS NULL OR ends_at <= now())
                LIMIT ? FOR UPDATE SKIP LOCKED))""";
    private static final String SWEEP_WAITS = """
            DELETE FROM fastn_call_wait WHERE ctid = ANY (ARRAY(
                SELECT ctid FROM fastn_call_wait WHERE comes_at <= now() - interval '1 min' LIMIT ? FOR UPDATE SKIP LOCKED))""";
    private static final String SWEEP_HOLDS = """
            DELETE FROM fastn_call_hold WHERE ctid = ANY (ARRAY(
                SELECT ctid FROM fastn_call_hold WHERE until <= now() LIMIT ? FOR UPDATE SKIP LOCKED))""";

    private final String node = UUID.randomUUID().toString();
    private final DataSource plugin;
    private final JdbcClient jdbc;

    CallRows(DataSource plugin) {
        this.plugin = plugin;
        this.jdbc = JdbcClient.create(plugin);
    }

    /**
     * Whether a call may go.
     *
     * @param number of its entry; empty = it may not
     * @param exact whether there is no slot before the wait is over; otherwise it is a guess
     */
    record Verdict(OptionalLong number, long waitMicros, boolean exact) {}

    /**
     * Counts the call where there is room for it, else notes that this node waits.
     *
     * @param longest what the call can take
     * @param usual what calls of the connection usually take
     */
    Verdict take(Connection connection, CallLimits limits, Duration longest, Duration usual, int jitterMillis)
            throws SQLException {
        Object[] values = {
            connection.toString(),
            connection.tenant().value(),
            connection.environment().name(),
            connection.connector(),
            connection.name(),
            node,
            limits.requests(),
            limits.concurrent(),
            limits.per().toMillis(),
            limits.way().toMillis(),
            longest.toMillis(),
            usual.toMillis(),
            jitterMillis
        };
        try (java.sql.Connection own = plugin.getConnection()) {
            return Transactions.run(own, () -> take(own, values));
        }
    }

    /** The first result is that of the lock. */
    private static Verdict take(java.sql.Connection own, Object[] values) throws SQLException {
        try (PreparedStatement take = own.prepareStatement(TAKE)) {
            for (int i = 0; i < values.length; i++) {
                take.setObject(i + 1, values[i]);
            }
            take.execute();
            take.getMoreResults();
            try (ResultSet row = take.getResultSet()) {
                row.next();
                long number = row.getLong("number");
                return new Verdict(
                        row.wasNull() ? OptionalLong.empty() : OptionalLong.of(number),
                        row.getLong("wait"),
                        row.getBoolean("exact"));
            }
        }
    }

    private static String text(String file) {
        try (InputStream in = CallRows.class.getResourceAsStream(file)) {
            return new String(Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("bug: " + file + " can not be read", e);
        }
    }

    /** The call has ended; it counts for {@code per} from now, unless it counts less long anyway. */
    void end(long number, Duration per) {
        jdbc.sql(END).params(per.toMillis(), number).update();
    }

    /** The service takes no calls for so long. */
    void hold(Connection connection, Duration wait) {
        jdbc.sql(HOLD)
                .params(connection.tenant().value(), connection.environment().name())
                .params(connection.connector(), connection.name(), wait.toMillis())
                .update();
    }

    /** What services take no calls, and for how long from now. */
    Map<Connection, Duration> holds() {
        Map<Connection, Duration> holds = new HashMap<>();
        jdbc.sql(HOLDS).query(row -> {
            Connection connection = new Connection(
                    new TenantId(row.getString("tenant")),
                    new Environment(row.getString("environment")),
                    row.getString("connector"),
                    row.getString("connection"));
            holds.put(connection, Duration.ofMillis(row.getLong("wait")));
        });
        return holds;
    }

    int sweep(int limit) {
        jdbc.sql(SWEEP_WAITS).param(limit).update();
        jdbc.sql(SWEEP_HOLDS).param(limit).update();
        return jdbc.sql(SWEEP).param(limit).update();
    }
}
