package ai.fastn.camunda.execution;

import ai.fastn.camunda.bpmn.FastnBpmn;
import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.runtime.AwaitedEvent;
import ai.fastn.camunda.runtime.KeptEvents;
import ai.fastn.camunda.workflow.TenantId;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.exception.NullValueException;
import org.camunda.bpm.engine.runtime.EventSubscription;
import org.camunda.bpm.engine.variable.Variables;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Events for those who wait for them: runs in {@code fastn.waitFor}, and elements that people have drawn with the
 * element templates. Other messages of other processes are out of reach.
 */
public final class AwaitedEvents {

    /** A run that goes on at this very moment takes its subscription away, or makes it anew. */
    private static final int TRIES = 5;

    private final RuntimeService engine;
    private final WaitingElements waiting;
    private final JdbcTemplate jdbc;
    private final TransactionTemplate transactions;
    private final Clock clock;

    /**
     * Events of the runs of an engine.
     *
     * @param definitions of the same engine
     * @param jdbc on the engine's data source
     * @param transactions those of the engine
     */
    public AwaitedEvents(
            RuntimeService engine,
            RepositoryService definitions,
            JdbcTemplate jdbc,
            TransactionTemplate transactions,
            Clock clock) {
        this.engine = engine;
        this.waiting = new WaitingElements(engine, definitions);
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * Gives an event to the run that waits for it; the run goes on in a job.
     *
     * @param payloadJson what {@code fastn.waitFor} gives
     * @throws FastnException NOBODY_WAITS, SEVERAL_WAIT
     */
    public void arrived(TenantId tenant, String event, Optional<String> key, String payloadJson) {
        Optional<Instant> unused = arrived(tenant, event, key, payloadJson, Duration.ZERO);
    }

    /**
     * The same; an event that nobody waits for yet is kept, and the next run that waits for it gets it at once. Several
     * are handed out in the order in which they came.
     *
     * @param keep how long; zero: not at all
     * @return until when it is kept; empty when it was delivered
     * @throws FastnException SEVERAL_WAIT, and NOBODY_WAITS where it is not kept
     */
    public Optional<Instant> arrived(
            TenantId tenant, String event, Optional<String> key, String payloadJson, Duration keep) {
        String message = AwaitedEvent.message(event, key);
        String what = "event \"" + event + "\""
                + key.map(text -> " with key \"" + text + "\"").orElse("");
        for (int tries = 0; tries < TRIES; tries++) {
            List<EventSubscription> found = waiting.waiting(tenant, message);
            if (found.isEmpty() && !keep.isZero()) {
                Optional<Instant> until = keep(tenant, message, payloadJson, keep);
                if (until.isPresent()) {
                    return until;
                }
            } else if (isDelivered(theOne(found, what), message, payloadJson)) {
                return Optional.empty();
            }
        }
        throw nobody(what);
    }

    /** Empty when somebody waits by now. */
    private Optional<Instant> keep(TenantId tenant, String message, String payloadJson, Duration keep) {
        Instant until = clock.instant().plus(keep);
        Boolean kept = transactions.execute(status -> {
            onConnection(rows -> {
                rows.lock(tenant, message);
                return true;
            });
            return waiting.waiting(tenant, message).isEmpty()
                    && onConnection(rows -> {
                        rows.keep(tenant, message, payloadJson, until);
                        return true;
                    });
        });
        return Boolean.TRUE.equals(kept) ? Optional.of(until) : Optional.empty();
    }

    /** Forgets at most so many kept events whose time is over, and says how many. */
    public int sweep(int limit) {
        return onConnection(rows -> rows.sweep(clock.instant(), limit));
    }

    private <T> T onConnection(Statements<T> statements) {
        return Objects.requireNonNull(
                jdbc.execute((ConnectionCallback<T>) connection -> statements.perform(new KeptEvents(connection))));
    }

    private interface Statements<T> {
        T perform(KeptEvents rows) throws SQLException;
    }

    private boolean isDelivered(EventSubscription waiting, String message, String payloadJson) {
        try {
            engine.messageEventReceived(
                    message,
                    waiting.getExecutionId(),
                    Variables.createVariables()
                            .putValueTyped(FastnBpmn.PAYLOAD_VARIABLE, Variables.stringValue(payloadJson, true)));
            return true;
        } catch (OptimisticLockingException | NullValueException e) {
            return false; // the subscription was taken away meanwhile
        }
    }

    private static EventSubscription theOne(List<EventSubscription> waiting, String what) {
        if (waiting.size() > 1) {
            throw new FastnException(
                    ErrorCode.SEVERAL_WAIT,
                    waiting.size() + " executions wait for " + what
                            + ": a key that only one of them waits with is expected");
        }
        return waiting.stream().findFirst().orElseThrow(() -> nobody(what));
    }

    private static FastnException nobody(String what) {
        return new FastnException(ErrorCode.NOBODY_WAITS, "no execution waits for " + what);
    }
}
