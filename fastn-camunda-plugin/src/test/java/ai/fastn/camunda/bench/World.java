package ai.fastn.camunda.bench;

import ai.fastn.camunda.bench.CrashPlan.Point;
import ai.fastn.camunda.compiler.bench.Observed;
import ai.fastn.camunda.effect.EffectOutcome;
import ai.fastn.camunda.effect.EffectRequest;
import ai.fastn.camunda.effect.OutcomeRecord;
import ai.fastn.camunda.workflow.StepKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The outside world of one run, which remembers what was done to it. A call that is repeated under its number is
 * recognised, as a remote recognises an idempotency key; {@code probe.count} alone answers each repetition anew. Where
 * calls race, one that only read and is not on record may be another one after a crash.
 */
final class World {

    private final Replies replies;
    private final CrashPlan crashes;
    private final TreeMap<Integer, Call> calls = new TreeMap<>();
    private final Map<Integer, Long> calledAt = new HashMap<>();
    private final Map<Integer, Integer> calledIn = new HashMap<>();
    private final Map<Integer, Long> failureKnownAt = new HashMap<>();
    private final List<Integer> deliveries = new ArrayList<>();
    private final List<String> repeatedWrites = new ArrayList<>();
    private final List<String> console = new ArrayList<>();
    private long clock;
    private int visit;
    private int life;
    private int inFlight;

    World(String repliesJson, CrashPlan crashes) {
        this.replies = new Replies(repliesJson);
        this.crashes = crashes;
    }

    /** One call as the world has seen it. */
    private static final class Call {
        final String text;
        final StepKind kind;
        final long since;
        int life;
        EffectOutcome outcome;
        boolean recorded;

        Call(String text, StepKind kind, long since, EffectOutcome outcome) {
            this.text = text;
            this.kind = kind;
            this.since = since;
            this.outcome = outcome;
        }
    }

    CrashPlan crashes() {
        return crashes;
    }

    /** A call that takes effect at once. */
    synchronized EffectOutcome perform(EffectRequest request, int ordinal, StepKind kind) {
        inFlight++;
        try {
            requireAlive();
            crashes.pass(Point.BEFORE_EFFECT);
            EffectOutcome outcome = done(request, ordinal, kind);
            crashes.pass(Point.AFTER_EFFECT);
            return outcome;
        } finally {
            inFlight--;
            notifyAll();
        }
    }

    /** A call that takes effect, together with its record, when its transaction commits. */
    synchronized EffectOutcome performWithRecord(
            EffectRequest request, int ordinal, BenchJournal.Transaction transaction, OutcomeRecord record) {
        inFlight++;
        try {
            requireAlive();
            crashes.pass(Point.BEFORE_EFFECT);
            crashes.pass(Point.IN_TRANSACTION);
            EffectOutcome outcome = done(request, ordinal, StepKind.WRITE);
            transaction.commit(record, outcome);
            crashes.pass(Point.AFTER_EFFECT);
            return outcome;
        } finally {
            inFlight--;
            notifyAll();
        }
    }

    /** A call that was given up with its run can still be on its way here. */
    private static void requireAlive() {
        if (Thread.currentThread().isInterrupted()) {
            throw new CrashPlan.Crash();
        }
    }

    private EffectOutcome done(EffectRequest request, int ordinal, StepKind kind) {
        String text = request.name() + " " + request.arguments();
        Call before = calls.get(ordinal);
        boolean anotherRead =
                before != null && before.kind == StepKind.READ && !before.recorded && !before.text.equals(text);
        if (before == null || anotherRead) {
            EffectOutcome outcome = replies.answer(request.name(), request.arguments());
            Call call = new Call(text, kind, calledAt.getOrDefault(ordinal, clock++), outcome);
            call.life = life;
            calls.put(ordinal, call);
            return outcome;
        }
        before.life = life;
        if (!before.text.equals(text)) {
            throw new IllegalStateException("call " + ordinal + " was " + before.text + " and is now " + text);
        }
        if (before.recorded && !request.family().equals("secrets")) {
            repeatedWrites.add("on record already: " + text);
        }
        if (kind == StepKind.WRITE && crashes.reached().isEmpty()) {
            repeatedWrites.add("without a crash: " + text);
        }
        if (Replies.isFickle(request.name())) {
            before.outcome = replies.answer(request.name(), request.arguments());
            forgetReadsAfter(ordinal);
        }
        return before.outcome;
    }

    /** Reads of a life that has ended, which may have followed from the answer that got lost, have not happened. */
    private void forgetReadsAfter(int ordinal) {
        calls.tailMap(ordinal, false)
                .values()
                .removeIf(call -> !call.recorded && call.life < life && call.kind == StepKind.READ);
        deliveries.retainAll(calls.keySet());
    }

    /** The run has reached an element; visits are numbered. */
    synchronized void visiting(int number) {
        visit = number;
    }

    /** In which visit a call was made last. */
    synchronized int visitOf(int ordinal) {
        return calledIn.getOrDefault(ordinal, visit);
    }

    /** The code makes a call, for the first time or again after a crash; when it is performed is another matter. */
    synchronized void called(int ordinal) {
        calledAt.putIfAbsent(ordinal, clock++);
        calledIn.put(ordinal, visit);
    }

    /** An outcome has reached the code. */
    synchronized void delivered(int ordinal, EffectOutcome outcome) {
        deliveries.remove((Integer) ordinal);
        deliveries.add(ordinal);
        if (outcome instanceof EffectOutcome.Failed) {
            failureKnownAt.putIfAbsent(ordinal, clock++); // a read that fails again after a crash was known before
        }
    }

    synchronized void said(String line) {
        console.add(line);
    }

    /** What can be seen of the run, with an outcome that the world can not see. */
    synchronized Observed observed(String outcome) {
        return new Observed(outcome, String.join("\n", trace()), String.join("\n", console));
    }

    /** The console lines so far. */
    synchronized List<String> console() {
        return List.copyOf(console);
    }

    /** Forgets lines of code that will run again. */
    synchronized void cutConsole(int length) {
        console.subList(Math.min(length, console.size()), console.size()).clear();
    }

    /** An outcome is on record: from now on nobody may make the call again. */
    synchronized void recorded(int ordinal) {
        Call call = calls.get(ordinal);
        if (call != null) {
            call.recorded = true;
        }
    }

    /** A retry makes a failed call anew; what the code did after it knew of the failure no longer counts. */
    synchronized void retried(int ordinal) {
        long since = failureKnownAt.getOrDefault(ordinal, Long.MAX_VALUE);
        calls.remove(ordinal);
        calls.values().removeIf(call -> call.since > since);
        deliveries.retainAll(calls.keySet());
    }

    /** Waits until no call of a dead run is under way. */
    synchronized void restart() {
        try {
            while (inFlight > 0) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        life++;
        crashes.restart();
    }

    /** Writes that were made more than once although nothing could make it necessary. */
    synchronized List<String> repeatedWrites() {
        return List.copyOf(repeatedWrites);
    }

    synchronized List<String> trace() {
        return calls.values().stream().map(call -> call.text).toList();
    }

    synchronized Answers answers() {
        List<Integer> ordinals = List.copyOf(calls.keySet());
        return new Answers(
                calls.values().stream().map(call -> call.outcome).toList(),
                deliveries.stream().map(ordinals::indexOf).toList());
    }
}
