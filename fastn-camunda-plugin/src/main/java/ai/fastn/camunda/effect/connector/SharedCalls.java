package ai.fastn.camunda.effect.connector;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.effect.connector.ConnectionLimits.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * What all nodes know of the calls of a connection: how many count against its limits, and until when its service takes
 * none. Connections without limits are not counted here; what their services hold is asked for once a second.
 * Thread-safe.
 */
public final class SharedCalls {

    private static final Logger LOG = LoggerFactory.getLogger(SharedCalls.class);
    private static final long OLDEST_NANOS = Duration.ofSeconds(1).toNanos();

    /** Between two nodes that were told the same moment. */
    private static final int JITTER_MILLIS = 6;

    private final CallRows rows;
    private volatile Holds holds = new Holds(System.nanoTime() - OLDEST_NANOS, Map.of());

    /**
     * Calls as the nodes of one database count them.
     *
     * @param plugin connections that no step holds for long
     */
    public SharedCalls(DataSource plugin) {
        this.rows = new CallRows(plugin);
    }

    /** Deletes rows that say nothing any more, at most so many of each table; returns how many of the largest. */
    public int sweep(int limit) {
        return rows.sweep(limit);
    }

    /** A call that is to be made, when all nodes together leave room for it. */
    Counted call(Connection connection, CallLimits limits, Duration longest) {
        return new Counted(connection, limits, longest);
    }

    /** The service takes no call of the connection for so long. */
    void hold(Connection connection, Duration wait) {
        try {
            rows.hold(connection, wait);
        } catch (DataAccessException e) {
            LOG.warn("other nodes do not hear the Retry-After of connector {}: {}", connection.connector(), reason(e));
        }
    }

    /** How long the service of a connection without limits takes no call, at most a second behind other nodes. */
    Duration held(Connection connection) {
        Long until = holds().until().get(connection);
        return until == null ? Duration.ZERO : Duration.ofNanos(Math.max(0, until - System.nanoTime()));
    }

    private Holds holds() {
        Holds known = holds;
        return isFresh(known) ? known : readHolds();
    }

    /** Who comes meanwhile waits: after a while without calls, what is known is older than a second. */
    private synchronized Holds readHolds() {
        if (!isFresh(holds)) {
            long asked = System.nanoTime();
            Map<Connection, Long> until = new HashMap<>();
            readRows().forEach((connection, wait) -> until.put(connection, asked + wait.toNanos()));
            holds = new Holds(asked, until);
        }
        return holds;
    }

    private Map<Connection, Duration> readRows() {
        try {
            return rows.holds();
        } catch (DataAccessException e) {
            throw unreachable(e);
        }
    }

    private static boolean isFresh(Holds known) {
        return System.nanoTime() - known.asked() < OLDEST_NANOS;
    }

    private static FastnException unreachable(Exception e) {
        return new FastnException(
                ErrorCode.CONNECTOR_STORE, "limits of connections can not be reached: the database refuses", e);
    }

    private static String reason(DataAccessException e) {
        return e.getMostSpecificCause().getClass().getSimpleName();
    }

    /** @param until by connection, in the time of {@link System#nanoTime} */
    private record Holds(long asked, Map<Connection, Long> until) {}

    /** One call, from its turn on its node to its end. */
    final class Counted implements CallLine.Gate {

        private final Connection connection;
        private final CallLimits limits;
        private final Duration longest;
        private OptionalLong number = OptionalLong.empty();

        private Counted(Connection connection, CallLimits limits, Duration longest) {
            this.connection = connection;
            this.limits = limits;
            this.longest = longest;
        }

        @Override
        public Answer ask(Duration usual) {
            CallRows.Verdict verdict = take(usual);
            number = verdict.number();
            return number.isPresent()
                    ? new Answer.Go()
                    : new Answer.Wait(TimeUnit.MICROSECONDS.toNanos(verdict.waitMicros()), verdict.exact());
        }

        private CallRows.Verdict take(Duration usual) {
            int jitter = ThreadLocalRandom.current().nextInt(JITTER_MILLIS);
            try {
                return rows.take(connection, limits, longest, usual, jitter);
            } catch (SQLException e) {
                throw unreachable(e);
            }
        }

        /** Where the database does not hear it, the call counts for as long as it might have taken. */
        void end() {
            number.ifPresent(taken -> {
                try {
                    rows.end(taken, limits.per());
                } catch (DataAccessException e) {
                    LOG.warn("the end of a call of connector {} is not counted: {}", connection.connector(), reason(e));
                }
            });
        }
    }
}
