package ai.fastn.camunda.runtime;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.effect.EffectOutcome;
import ai.fastn.camunda.runtime.JournalLine.Kind;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What one run has called so far, as one of its live contexts sees it: answers calls from the record, numbers new ones
 * and keeps their outcomes. Outcomes of reads wait here until the next write or checkpoint.
 *
 * <p>A retry that goes back to a failed call starts an epoch: that call and all made after its failure was known are no
 * longer answered from the record; the new ones get numbers never used before, so that no remote takes a new call for a
 * repetition of another. An epoch holds once a checkpoint names it, for a crash may come between the two.
 */
final class Journal {

    private static final int MANY_LINES = 50;
    private static final long MANY_BYTES = 256 << 10;

    private static final Comparator<JournalLine> RETRY_FIRST =
            Comparator.comparingInt(JournalLine::epoch).thenComparing(line -> line.kind() != Kind.RETRY);

    private final RunScope scope;
    private final Owner owner;
    private final RuntimeLimits limits;
    private final JournalStore store;
    private final Envelope envelope;
    private final Map<Integer, JournalLine> recorded = new HashMap<>();
    private final Map<Integer, JournalLine> started = new HashMap<>();
    private final Map<JournalLine.Key, String> mocked = new LinkedHashMap<>();
    private final TreeMap<Integer, Integer> jumps = new TreeMap<>();
    private final RecordedValues values = new RecordedValues();
    private final Map<Integer, Mark> failures = new HashMap<>();
    private final List<JournalLine> waiting = new ArrayList<>();
    private final Completions completions = new Completions();
    private final SecretsRead secrets = new SecretsRead();
    private final boolean hasHistory;
    private final List<Integer> epochs;
    private int epoch;
    private int highestEpoch;
    private int next;
    private int lastCalled = -1;
    private long bytes;
    private int highest = -1;

    /**
     * Takes the run over.
     *
     * @param sequence of the checkpoint that the run goes on from, 0 for the start
     * @param epochs those that hold, from that checkpoint
     */
    Journal(
            RunScope scope,
            JournalStore store,
            Envelope envelope,
            RuntimeLimits limits,
            long sequence,
            List<Integer> epochs) {
        this.limits = limits;
        this.epochs = new ArrayList<>(epochs);
        this.scope = scope;
        this.store = store;
        this.envelope = envelope;
        JournalStore.Taken taken = store.take(scope.execution(), sequence);
        owner = taken.owner();
        List<JournalLine> lines = new ArrayList<>(taken.lines());
        hasHistory = !lines.isEmpty();
        lines.sort(RETRY_FIRST);
        for (JournalLine line : lines) {
            highestEpoch = Math.max(highestEpoch, line.epoch());
            bytes += line.content().length;
            if (line.epoch() == 0 || epochs.contains(line.epoch())) {
                replay(line);
            }
        }
    }

    private void replay(JournalLine line) {
        switch (line.kind()) {
            case RETRY -> restart(line.epoch(), Restart.of(line.ordinal(), envelope.unpack(line.content())));
            case VALUES -> values.recorded(line.ordinal(), Json.read(envelope.unpack(line.content())));
            case OUTCOME -> {
                recorded.put(line.ordinal(), line);
                highest = Math.max(highest, line.ordinal());
                completions.seen(line.completion());
                noteSecret(line.effect());
            }
            case STARTED -> {
                started.put(line.ordinal(), line);
                highest = Math.max(highest, line.ordinal());
            }
            case MOCKED -> mocked.put(line.key(), envelope.unpack(line.content()));
        }
    }

    private void restart(int newEpoch, Restart restart) {
        epoch = newEpoch;
        recorded.keySet().removeIf(restart::isAnew);
        started.keySet().removeIf(restart::isAnew);
        jumps.tailMap(restart.last(), true).clear();
        jumps.put(restart.last(), restart.next());
        values.truncate(restart.values());
        highest = Math.max(highest, restart.next() - 1);
    }

    Owner owner() {
        return owner;
    }

    /** How often retries have gone back to a failed call. */
    int epoch() {
        return epoch;
    }

    /** Whether an earlier live context of the run may have performed calls. */
    boolean hasHistory() {
        return hasHistory;
    }

    /** Number of the next call. */
    int next() {
        return next;
    }

    /** Goes on from a base. */
    void continueAt(int ordinal) {
        next = ordinal;
    }

    /** Recorded clock and random values from number {@code from} on, as the guest takes them. */
    String valuesFrom(int from) {
        return values.from(from);
    }

    /** Takes the number of a call. */
    int issue() {
        lastCalled = next;
        highest = Math.max(highest, next);
        next = jumps.getOrDefault(next, next + 1);
        return lastCalled;
    }

    @Nullable JournalLine recorded(int ordinal) {
        return recorded.get(ordinal);
    }

    /** The line of a call that was started; whether it was performed nobody knows where it has no outcome. */
    @Nullable JournalLine started(int ordinal) {
        return started.get(ordinal);
    }

    /** The line of a call that is about to be performed. */
    JournalLine begun(int ordinal, String effect, String digest) {
        return parked(ordinal, effect, digest, "");
    }

    /** The line of a wait that outlives its step. */
    JournalLine parked(int ordinal, String effect, String digest, String content) {
        return new JournalLine(epoch, Kind.STARTED, ordinal, effect, digest, 0, envelope.pack(content));
    }

    /** What is on record of calls that mocks were for. */
    Map<JournalLine.Key, String> mocked() {
        return mocked;
    }

    /** Notes that mocks are for a call; on record before its outcome is, or with it. */
    void mocked(OpenCall call, String use) {
        JournalLine line = new JournalLine(
                epoch, Kind.MOCKED, call.ordinal, call.request.name(), call.digest, 0, envelope.pack(use));
        if (mocked.put(line.key(), use) == null) {
            keep(line);
        }
    }

    /** What such a line says. */
    JsonNode parkedContent(JournalLine line) {
        return Json.read(envelope.unpack(line.content()));
    }

    /** The secrets this live context has read. */
    SecretsRead secrets() {
        return secrets;
    }

    Completions completions() {
        return completions;
    }

    EffectOutcome outcomeOf(JournalLine line) {
        return OutcomeText.read(envelope.unpack(line.content()));
    }

    /**
     * Says that one more outcome can be recorded; asked before the call is performed.
     *
     * @throws FastnException RECORD_FULL
     */
    void requireRoom() {
        if (bytes > limits.recordBytes()) {
            throw new FastnException(
                    ErrorCode.RECORD_FULL,
                    "the outcomes of this run take more than " + (limits.recordBytes() >> 20)
                            + " MB: no further call can be recorded");
        }
    }

    /** The outcome as the code sees it: one that is too large to be recorded is an error. */
    EffectOutcome limited(String effect, EffectOutcome outcome) {
        if (!(outcome instanceof EffectOutcome.Succeeded succeeded)
                || succeeded.json().length() <= limits.outcomeBytes()) {
            return outcome;
        }
        return new EffectOutcome.Failed(
                "OutcomeError",
                effect + " was performed, but its outcome of "
                        + (succeeded.json().length() >> 10) + " kB is larger than the " + (limits.outcomeBytes() >> 10)
                        + " kB that can be recorded",
                Map.of("code", ErrorCode.OUTCOME_TOO_LARGE.code(), "retryable", false));
    }

    /** The line of an outcome; a secret's value is never part of it. */
    JournalLine line(int ordinal, String effect, String digest, EffectOutcome outcome, int completion) {
        noteSecret(effect);
        if (outcome instanceof EffectOutcome.Succeeded succeeded
                && !succeeded.secrets().isEmpty()) {
            envelope.seal();
        }
        byte[] content = envelope.pack(OutcomeText.write(effect, outcome));
        bytes += content.length;
        return new JournalLine(epoch, Kind.OUTCOME, ordinal, effect, digest, completion, content);
    }

    private void noteSecret(String effect) {
        if (effect.equals("secrets.get")) {
            envelope.seal();
        }
    }

    void keep(JournalLine line) {
        waiting.add(line);
    }

    /** What the line says has not happened after all. */
    void forget(JournalLine line) {
        store.forget(owner, line);
    }

    /** Whether a crash now would repeat many reads, or a read with a long answer. */
    boolean hasMuchWaiting() {
        return waiting.size() > MANY_LINES
                || waiting.stream().mapToLong(line -> line.content().length).sum() > MANY_BYTES;
    }

    /** The values the guest has read since it was last asked; {@code read} counts all so far. */
    void values(JsonNode fresh, int read) {
        values.fresh(fresh, read);
    }

    /** The code is told now that a call failed. */
    void failureKnown(int ordinal) {
        failures.put(ordinal, new Mark(lastCalled, values.read()));
    }

    /** What waits to be written, clock and random values included. */
    List<JournalLine> waiting() {
        values.takeFresh()
                .ifPresent(fresh -> waiting.add(
                        new JournalLine(epoch, Kind.VALUES, fresh.from(), "", "", 0, envelope.pack(fresh.json()))));
        return List.copyOf(waiting);
    }

    /** An effect has written these lines in its own transaction. Until then {@link #flush} writes them too. */
    void written(List<JournalLine> lines) {
        waiting.removeAll(lines);
    }

    /** Writes what waits. */
    void flush() {
        if (!waiting().isEmpty()) {
            store.append(owner, waiting);
            waiting.clear();
        }
    }

    /**
     * Writes the outcome of a write; where the record already has one (its commit was not acknowledged), that one
     * counts.
     */
    EffectOutcome record(JournalLine line, EffectOutcome outcome) {
        if (store.append(owner, List.of(line)) == 1) {
            return outcome;
        }
        return store.load(scope.execution()).stream()
                .filter(known -> known.key().equals(line.key()))
                .findFirst()
                .map(this::outcomeOf)
                .orElse(outcome);
    }

    /** Whether this live context has seen the failure of that call, so that a retry can go back to it. */
    boolean knowsFailure(int ordinal) {
        return failures.containsKey(ordinal);
    }

    /** The next attempt performs a failed call anew, once a checkpoint made from now on is committed. */
    void retryFrom(int ordinal) {
        Mark mark = failures.get(ordinal);
        if (mark == null) {
            throw new IllegalStateException("bug: " + scope + " has seen no failure of call " + ordinal);
        }
        Restart restart = new Restart(ordinal, mark.lastCalled(), highest + 1, mark.values());
        int fresh = ++highestEpoch;
        JournalLine line = new JournalLine(fresh, Kind.RETRY, ordinal, "", "", 0, envelope.pack(restart.json()));
        store.append(owner, List.of(line));
        epochs.add(fresh);
    }

    /** The epochs that a checkpoint made now has to name. */
    List<Integer> epochs() {
        return List.copyOf(epochs);
    }

    /** Where the run stood when a failure became known: the last call made and how many values were read. */
    private record Mark(int lastCalled, int values) {}

    /** Facts of a retry: the failed call, the last call that stays valid, the first new number, the valid values. */
    private record Restart(int from, int last, int next, int values) {

        static Restart of(int from, String json) {
            JsonNode node = Json.read(json);
            return new Restart(
                    from,
                    node.path("last").asInt(),
                    node.path("next").asInt(),
                    node.path("values").asInt());
        }

        /** Whether a call is no longer answered from the record. */
        boolean isAnew(int ordinal) {
            return ordinal == from || ordinal > last;
        }

        String json() {
            return Json.write(Map.of("last", last, "next", next, "values", values));
        }
    }
}
