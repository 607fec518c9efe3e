package ai.fastn.camunda.execution;

import ai.fastn.camunda.runtime.KeptEvents;
import ai.fastn.camunda.workflow.TenantId;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** Events that came before a run waited for them, kept for the next one that does. */
public final class EarlyEvents {

    private final JdbcTemplate engine;
    private final TransactionTemplate transactions;
    private final Clock clock;

    /**
     * Kept events.
     *
     * @param engine on the engine's data source
     * @param transactions those of the engine
     */
    public EarlyEvents(JdbcTemplate engine, TransactionTemplate transactions, Clock clock) {
        this.engine = engine;
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * Keeps an event unless somebody waits by now.
     *
     * @param nobodyWaits asked when no run can begin to wait any more before this is over
     * @return until when; empty when somebody waits
     */
    Optional<Instant> keep(
            TenantId tenant, String message, String payloadJson, Duration keep, BooleanSupplier nobodyWaits) {
        Instant until = clock.instant().plus(keep);
        Boolean kept = transactions.execute(status -> {
            onConnection(rows -> {
                rows.lock(tenant, message);
                return true;
            });
            return nobodyWaits.getAsBoolean()
                    && onConnection(rows -> {
                        rows.keep(tenant, message, payloadJson, until);
                        return true;
                    });
        });
        return Boolean.TRUE.equals(kept) ? Optional.of(until) : Optional.empty();
    }

    /** Forgets at most so many whose time is over, and says how many. */
    public int sweep(int limit) {
        return onConnection(rows -> rows.sweep(clock.instant(), limit));
    }

    private <T> T onConnection(Statements<T> statements) {
        return Objects.requireNonNull(
                engine.execute((ConnectionCallback<T>) connection -> statements.perform(new KeptEvents(connection))));
    }

    private interface Statements<T> {
        T perform(KeptEvents rows) throws SQLException;
    }
}
