package ai.fastn.camunda.runtime;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.effect.EffectScope;
import ai.fastn.camunda.workflow.ConnectorVersions;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The calls of a step that effects perform, several at once, begun in the order in which the code made them. Before one
 * begins, everything is on record that has to be.
 */
final class PerformedCalls {

    private static final int AT_ONCE = 16;
    private static final Signal NOTHING = new Signal(null);

    private final Surroundings around;
    private final RunScope scope;
    private final ConnectorVersions connectors;
    private final Journal journal;
    private final Budget budget;
    private final Deque<OpenCall> queued = new ArrayDeque<>();
    private final LinkedBlockingQueue<Signal> signals = new LinkedBlockingQueue<>();
    private int performing;

    PerformedCalls(Surroundings around, RunScope scope, ConnectorVersions connectors, Journal journal, Budget budget) {
        this.around = around;
        this.scope = scope;
        this.connectors = connectors;
        this.journal = journal;
        this.budget = budget;
        budget.onRevoke(() -> signals.add(NOTHING));
    }

    void add(OpenCall call) {
        queued.add(call);
    }

    void addAll(Collection<OpenCall> calls) {
        queued.addAll(calls);
    }

    /** Whether no effect is at work. */
    boolean areNone() {
        return performing == 0;
    }

    void startQueued() {
        while (performing < AT_ONCE && !queued.isEmpty()) {
            OpenCall call = queued.remove();
            journal.requireRoom();
            if (!call.begunBefore && needsMark(call)) {
                journal.keep(call.begun());
            }
            if (isWrite(call)) {
                recordBefore(call);
            }
            start(call);
        }
    }

    private boolean needsMark(OpenCall call) {
        return scope.durable()
                && call.mocked == null
                && around.gate().needsMark(call.request, scope.tenant(), connectors);
    }

    /** The call was not made after all. */
    void forgetMark(OpenCall call) {
        if (needsMark(call)) {
            journal.forget(call.begun());
        }
    }

    boolean isWrite(OpenCall call) {
        return around.gate().isWrite(call.request, scope.tenant(), connectors);
    }

    /** Nothing is written anywhere before everything the code knows is on record, or gets there with it. */
    private void recordBefore(OpenCall write) {
        if (performing == 0 && around.gate().recordsItself(write.request)) {
            write.carry(journal.waiting());
        } else {
            journal.flush();
        }
    }

    /** Begins a call whatever waits before it. */
    void start(OpenCall call) {
        budget.require();
        performing++;
        call.startedAt = System.nanoTime();
        if (call.mocked != null) {
            call.outcome = call.mocked.at(around.clock().instant());
            call.mocked = call.mocked.waited();
            signals.add(new Signal(call));
            return;
        }
        EffectScope effectScope = call.scope(scope, connectors, Duration.ofNanos(budget.remainingNanos()));
        call.work = around.gate()
                .perform(
                        call.request,
                        effectScope,
                        call,
                        outcome -> {
                            call.outcome = outcome;
                            signals.add(new Signal(call));
                        },
                        bug -> {
                            call.bug = bug;
                            signals.add(new Signal(call));
                        });
    }

    /**
     * Waits until an effect has done its work.
     *
     * @return its call; empty when the time is over or the budget was revoked
     */
    Optional<OpenCall> await(long nanos) {
        try {
            Signal signal = signals.poll(Math.max(0, nanos), TimeUnit.NANOSECONDS);
            if (signal != null && signal.call() != null) {
                performing--;
                return Optional.of(signal.call());
            }
        } catch (InterruptedException e) {
            budget.revoke(ErrorCode.EXECUTION_CANCELED, "the run was interrupted");
            Thread.currentThread().interrupt();
        }
        return Optional.empty();
    }

    /** Something happened: a call has been performed, or the budget was revoked. */
    private record Signal(@Nullable OpenCall call) {}
}
