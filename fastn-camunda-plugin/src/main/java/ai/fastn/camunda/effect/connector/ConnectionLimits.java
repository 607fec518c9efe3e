package ai.fastn.camunda.effect.connector;

import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.effect.EffectOutcome;
import ai.fastn.camunda.effect.EffectScope;
import ai.fastn.camunda.workflow.Environment;
import ai.fastn.camunda.workflow.TenantId;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Keeps the calls of each connection within the limits of its service, and makes none before the time that the service
 * has named in {@code Retry-After}. Calls of this node wait in a line; the first of it asks what other nodes leave.
 */
final class ConnectionLimits {

    /** A shorter wait for the turn costs less in the thread than coming back. */
    private static final Duration PATIENCE = Duration.ofMillis(250);

    private static final Duration LONGEST_HOLD = Duration.ofHours(24);

    /** Answers with which a service says that it takes no calls at the moment. */
    private static final Set<Integer> NOT_NOW = Set.of(429, 503);

    private final LongSupplier nanos;
    private final Optional<SharedCalls> shared;
    private final ConcurrentHashMap<Connection, CallLine> lines = new ConcurrentHashMap<>();

    /** @param shared what other nodes call; empty = there are none */
    ConnectionLimits(LongSupplier nanos, Optional<SharedCalls> shared) {
        this.nanos = nanos;
        this.shared = shared;
    }

    /** A call, which is told whether it had to wait for its turn. */
    @FunctionalInterface
    interface Call {

        EffectOutcome make(boolean waited);
    }

    /**
     * Makes the call when its turn has come.
     *
     * @param longest how long it can take
     * @throws FastnException CONNECTOR_STORE when nobody can say whether it may be made
     */
    EffectOutcome perform(
            Connection connection,
            CallLimits limits,
            Duration longest,
            EffectScope scope,
            ConnectorFailure failure,
            Call call) {
        CallLine line = line(connection);
        try {
            return perform(new Waiting(
                    connection, line, counted(connection, line, limits, longest), limits, scope, failure, call));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return failure.interrupted();
        } finally {
            lines.computeIfPresent(connection, (any, known) -> known.leave() ? null : known);
        }
    }

    /** Where there are no limits, what another node has heard of the service is all that concerns this one. */
    private Optional<SharedCalls.Counted> counted(
            Connection connection, CallLine line, CallLimits limits, Duration longest) {
        if (!limits.equals(CallLimits.NONE)) {
            return shared.map(nodes -> nodes.call(connection, limits, longest));
        }
        shared.map(nodes -> nodes.held(connection))
                .filter(held -> !held.isZero())
                .ifPresent(line::hold);
        return Optional.empty();
    }

    private CallLine line(Connection connection) {
        return lines.compute(connection, (any, known) -> {
            CallLine line = known == null ? new CallLine(nanos) : known;
            line.join();
            return line;
        });
    }

    private EffectOutcome perform(Waiting waiting) throws InterruptedException {
        CallLine.Turn turn = waiting.enter();
        if (turn instanceof CallLine.Turn.Later later) {
            return isTooLate(later.delay(), waiting.scope())
                    ? waiting.failure().noRoom(waiting.limits(), later.delay())
                    : new EffectOutcome.Later(later.delay());
        }
        return performNow(waiting, (CallLine.Turn.Now) turn);
    }

    private static Duration patience(EffectScope scope) {
        return scope.isInstant() || scope.remaining().compareTo(PATIENCE) < 0 ? scope.remaining() : PATIENCE;
    }

    private static boolean isTooLate(Duration wait, EffectScope scope) {
        return scope.isInstant() || wait.compareTo(scope.remaining()) >= 0;
    }

    private EffectOutcome performNow(Waiting waiting, CallLine.Turn.Now now) {
        try {
            EffectOutcome outcome = waiting.call().make(now.waited());
            wait(outcome).ifPresent(wait -> {
                waiting.line().hold(now.pass(), wait);
                shared.ifPresent(nodes -> nodes.hold(waiting.connection(), wait));
            });
            return outcome;
        } finally {
            waiting.end(now.pass());
        }
    }

    /** How long the service takes no calls, if it has said so. */
    private static Optional<Duration> wait(EffectOutcome outcome) {
        if (outcome instanceof EffectOutcome.Failed failed
                && failed.fields().get("status") instanceof Integer status
                && NOT_NOW.contains(status)
                && failed.fields().get("retryAfterMs") instanceof Long millis) {
            Duration wait = Duration.ofMillis(millis);
            return Optional.of(wait.compareTo(LONGEST_HOLD) < 0 ? wait : LONGEST_HOLD);
        }
        return Optional.empty();
    }

    /** A call, and the line that it waits in. */
    private record Waiting(
            Connection connection,
            CallLine line,
            Optional<SharedCalls.Counted> counted,
            CallLimits limits,
            EffectScope scope,
            ConnectorFailure failure,
            Call call) {

        CallLine.Turn enter() throws InterruptedException {
            String key = scope.idempotencyKey();
            return counted.isPresent()
                    ? line.enter(key, limits, patience(scope), counted.get())
                    : line.enter(key, limits, patience(scope));
        }

        /** First for all nodes: the next one of this line asks them at once. */
        void end(CallLine.Pass pass) {
            try {
                counted.ifPresent(SharedCalls.Counted::end);
            } finally {
                line.end(pass);
            }
        }
    }

    /**
     * Whose calls a service counts together.
     *
     * @param name id of the connection, whatever a call has named it by; empty for the only one
     */
    record Connection(TenantId tenant, Environment environment, String connector, String name) {}
}
