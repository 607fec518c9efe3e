package ai.fastn.camunda.effect.connector;

import ai.fastn.camunda.effect.EffectOutcome;
import ai.fastn.camunda.effect.EffectScope;
import ai.fastn.camunda.workflow.Environment;
import ai.fastn.camunda.workflow.TenantId;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Keeps the calls of each connection within the limits of its service, on this node, and makes none before the time
 * that the service has named in {@code Retry-After}.
 */
final class ConnectionLimits {

    /** A shorter wait for the turn costs less in the thread than coming back. */
    private static final Duration PATIENCE = Duration.ofMillis(250);

    private static final Duration LONGEST_HOLD = Duration.ofHours(24);

    /** Answers with which a service says that it takes no calls at the moment. */
    private static final Set<Integer> NOT_NOW = Set.of(429, 503);

    private final LongSupplier nanos;
    private final ConcurrentHashMap<Connection, CallLine> lines = new ConcurrentHashMap<>();

    ConnectionLimits(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** A call, which is told whether it had to wait for its turn. */
    @FunctionalInterface
    interface Call {

        EffectOutcome make(boolean waited);
    }

    /** Makes the call when its turn has come. */
    EffectOutcome perform(
            Connection connection, CallLimits limits, EffectScope scope, ConnectorFailure failure, Call call) {
        CallLine line = line(connection);
        try {
            return perform(line, limits, scope, failure, call);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return failure.interrupted();
        } finally {
            lines.computeIfPresent(connection, (any, known) -> known.leave() ? null : known);
        }
    }

    private CallLine line(Connection connection) {
        return lines.compute(connection, (any, known) -> {
            CallLine line = known == null ? new CallLine(nanos) : known;
            line.join();
            return line;
        });
    }

    private static EffectOutcome perform(
            CallLine line, CallLimits limits, EffectScope scope, ConnectorFailure failure, Call call)
            throws InterruptedException {
        CallLine.Turn turn = line.enter(scope.idempotencyKey(), limits, patience(scope));
        if (turn instanceof CallLine.Turn.Later later) {
            return isTooLate(later.delay(), scope)
                    ? failure.noRoom(limits, later.delay())
                    : new EffectOutcome.Later(later.delay());
        }
        CallLine.Turn.Now now = (CallLine.Turn.Now) turn;
        return performNow(line, now.pass(), () -> call.make(now.waited()));
    }

    private static Duration patience(EffectScope scope) {
        return scope.isInstant() || scope.remaining().compareTo(PATIENCE) < 0 ? scope.remaining() : PATIENCE;
    }

    private static boolean isTooLate(Duration wait, EffectScope scope) {
        return scope.isInstant() || wait.compareTo(scope.remaining()) >= 0;
    }

    private static EffectOutcome performNow(CallLine line, CallLine.Pass pass, Supplier<EffectOutcome> call) {
        try {
            EffectOutcome outcome = call.get();
            if (outcome instanceof EffectOutcome.Failed failed
                    && failed.fields().get("status") instanceof Integer status
                    && NOT_NOW.contains(status)
                    && failed.fields().get("retryAfterMs") instanceof Long millis) {
                Duration wait = Duration.ofMillis(millis);
                line.hold(pass, wait.compareTo(LONGEST_HOLD) < 0 ? wait : LONGEST_HOLD);
            }
            return outcome;
        } finally {
            line.end(pass);
        }
    }

    /**
     * Whose calls a service counts together.
     *
     * @param name id of the connection, whatever a call has named it by; empty for the only one
     */
    record Connection(TenantId tenant, Environment environment, String connector, String name) {}
}
