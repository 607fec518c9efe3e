package ai.fastn.camunda.runtime;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.effect.EffectOutcome;
import ai.fastn.camunda.workflow.ConnectorVersions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Drives one piece of guest code to its end: when nothing is left to run in the guest, performs the calls it made and
 * gives the answers back one by one, until the code has ended and no call is open. Timers that are open then are
 * dropped.
 */
final class StepLoop {

    private final Surroundings around;
    private final RunScope scope;
    private final Realm realm;
    private final Journal journal;
    private final JournalStore store;
    private final Budget budget;
    private final String elementId;
    private final boolean replaying;
    private final Map<Integer, OpenCall> open = new LinkedHashMap<>();
    private final List<OpenCall> arrived = new ArrayList<>();
    private final PerformedCalls performed;
    private final Waits waits;
    private final CallChecks checks;
    private final @Nullable MockedCalls mocks;
    private long guestNanos;

    /**
     * For one piece.
     *
     * @param replaying whether the code has run before up to its end: then every call must be on record
     * @param mocks null: of a live run
     */
    StepLoop(
            Surroundings around,
            RunScope scope,
            ConnectorVersions connectors,
            Realm realm,
            Journal journal,
            JournalStore store,
            Budget budget,
            String elementId,
            boolean replaying,
            @Nullable MockedCalls mocks) {
        this.around = around;
        this.scope = scope;
        this.realm = realm;
        this.journal = journal;
        this.store = store;
        this.budget = budget;
        this.elementId = elementId;
        this.replaying = replaying;
        this.mocks = mocks;
        this.performed = new PerformedCalls(around, scope, connectors, journal, budget);
        this.waits = new Waits(around, journal, open.values());
        this.checks = new CallChecks(elementId, journal);
    }

    Poll drive(Callable<Poll> start) {
        try {
            Poll poll = enter(start);
            accept(poll);
            while (poll.isRunning() || hasOpenEffects()) {
                requireSomethingOpen();
                poll = deliver(nextAnswer());
                accept(poll);
            }
            return poll;
        } finally {
            open.values().forEach(StepLoop::abort);
        }
    }

    private static void abort(OpenCall call) {
        if (call.work != null) {
            call.work.cancel(true);
        }
    }

    private Poll enter(Callable<Poll> turn) {
        long began = System.nanoTime();
        Poll poll = around.threads().call(realm.context(), budget, turn);
        guestNanos += System.nanoTime() - began;
        return poll;
    }

    /** How long the guest ran, without the time that calls took. */
    long guestNanos() {
        return guestNanos;
    }

    private boolean hasOpenEffects() {
        return open.values().stream().anyMatch(call -> !call.isTimer());
    }

    private void requireSomethingOpen() {
        if (open.isEmpty()) {
            throw checks.neverSettled();
        }
    }

    private void accept(Poll poll) {
        journal.values(poll.values(), poll.valuesRead());
        if (poll.diverged() != null) {
            throw checks.nonDeterministic(poll.diverged());
        }
        if (!replaying && !poll.lines().isEmpty()) {
            around.events().console(scope, elementId, journal.secrets().withoutSecrets(poll.lines()));
        }
        poll.calls().forEach(this::accept);
        poll.canceled().forEach(open::remove);
        performed.startQueued();
    }

    private void accept(Poll.Call request) {
        OpenCall call = new OpenCall(request, journal.issue(), journal, store);
        if (call.ordinal >= around.limits().effects()) {
            throw new FastnException(
                    ErrorCode.RESOURCE_LIMIT,
                    "the run makes more than " + around.limits().effects() + " calls");
        }
        if (call.known != null) {
            checks.requireSame(call, call.known);
            open.put(call.id, call);
        } else if (!replaying) {
            open.put(call.id, call);
            begin(call);
        } else if (!call.isTimer()) {
            throw checks.nonDeterministic(
                    "the journal has no outcome of call " + call.ordinal + ", \"" + request.name() + "\"");
        }
    }

    private void begin(OpenCall call) {
        JournalLine started = journal.started(call.ordinal);
        if (started != null) {
            checks.requireSame(call, started);
        }
        if (call.isWait()) {
            requireWaitable(call);
            waits.begin(call);
        } else {
            call.begunBefore = started != null;
            if (started != null && !around.gate().findsOut(call.request)) {
                throw checks.inDoubt(call);
            }
            around.events().called(scope, call.ordinal);
            decide(call);
            performed.add(call);
        }
    }

    private void decide(OpenCall call) {
        if (mocks != null) {
            mocks.decide(call);
        }
    }

    private void requireWaitable(OpenCall call) {
        waits.requireNoSecret(call, elementId);
        if (!call.isTimer() && !scope.durable()) {
            throw checks.notPossible();
        }
    }

    /** What reaches the code next: recorded outcomes in their order, then what arrives. */
    private OpenCall nextAnswer() {
        Optional<OpenCall> known = open.values().stream()
                .filter(call -> call.known != null)
                .min(Comparator.comparingInt(StepLoop::knownCompletion));
        if (known.isPresent()) {
            return known.get();
        }
        while (true) {
            budget.require();
            performed.addAll(waits.turns());
            performed.startQueued();
            Optional<OpenCall> ready = Stream.concat(waits.due(), arrived.stream())
                    .filter(this::mayArrive)
                    .findFirst();
            if (ready.isPresent()) {
                arrived.remove(ready.get());
                return ready.get();
            }
            if (scope.durable() && performed.areNone() && arrived.isEmpty()) {
                waits.requireShort();
            }
            awaitSignal();
        }
    }

    private static int knownCompletion(OpenCall call) {
        return call.known == null ? Integer.MAX_VALUE : call.known.completion();
    }

    private boolean mayArrive(OpenCall call) {
        if (call.place == 0) {
            call.place = call.completion() == 0
                    ? journal.completions().next().orElse(0)
                    : journal.completions().take(call.completion()) ? call.completion() : 0;
        }
        return call.place != 0;
    }

    private void awaitSignal() {
        performed
                .await(waits.nanosToNext(performed.areNone(), budget.remainingNanos()))
                .ifPresent(call -> {
                    arrived(call);
                    performed.startQueued();
                });
    }

    private void arrived(OpenCall call) {
        if (call.outcome instanceof EffectOutcome.Called run) {
            waits.begin(call, run);
        } else if (call.outcome instanceof EffectOutcome.Later turn) {
            performed.forgetMark(call);
            waits.begin(call, turn);
        } else if (call.outcome instanceof EffectOutcome.Unknown) {
            throw checks.inDoubt(call);
        } else {
            arrived.add(call);
        }
    }

    private Poll deliver(OpenCall call) {
        open.remove(call.id);
        EffectOutcome outcome = call.known == null ? recorded(call) : repeated(call, call.known);
        boolean succeeded = outcome instanceof EffectOutcome.Succeeded;
        if (!succeeded) {
            journal.failureKnown(call.ordinal);
        }
        around.recorder().keep(scope, journal, call, outcome);
        String json = OutcomeText.forGuest(outcome);
        long clockOffset = around.clockOffset();
        return enter(() -> realm.answer(call.id, succeeded, json, call.ordinal, clockOffset));
    }

    /** Puts the outcome of a performed call on record: that of a write at once, that of a read with what follows. */
    private EffectOutcome recorded(OpenCall call) {
        EffectOutcome whole =
                call.isWait() ? new EffectOutcome.Succeeded(call.payload.orElse("null")) : outcomeOf(call);
        if (call.isRecorded()) {
            journal.written(call.carried());
            return whole;
        }
        EffectOutcome outcome = journal.limited(call.request.name(), whole);
        JournalLine line = call.line(outcome, call.place);
        if (!call.isWait() && performed.isWrite(call)) {
            journal.flush();
            return journal.record(line, outcome);
        }
        journal.keep(line);
        return outcome;
    }

    private EffectOutcome outcomeOf(OpenCall call) {
        RuntimeException bug = call.bug;
        if (bug != null) {
            throw bug;
        }
        EffectOutcome outcome = call.outcome;
        if (outcome == null) {
            throw new IllegalStateException("bug: call " + call.ordinal + " arrived without an outcome");
        }
        journal.secrets().heard(call.request, outcome);
        SecretsRead secrets = journal.secrets();
        around.events()
                .effect(
                        scope,
                        elementId,
                        call.ordinal,
                        secrets.withoutSecrets(call.request),
                        secrets.withoutSecrets(outcome),
                        Duration.ofNanos(System.nanoTime() - call.startedAt));
        return outcome;
    }

    /** The recorded outcome; a secret is read again, because its value is not recorded. */
    private EffectOutcome repeated(OpenCall call, JournalLine known) {
        EffectOutcome outcome = journal.outcomeOf(known);
        if (!call.isSecret() || outcome instanceof EffectOutcome.Failed) {
            journal.secrets().heard(call.request, outcome);
            return outcome;
        }
        decide(call);
        performed.start(call);
        while (call.outcome == null && call.bug == null) {
            budget.require();
            awaitSignal();
        }
        arrived.remove(call);
        EffectOutcome again = outcomeOf(call);
        if (again instanceof EffectOutcome.Failed failed) {
            throw new FastnException(ErrorCode.SECRET_UNKNOWN, failed.message());
        }
        return again;
    }
}
