package ai.fastn.camunda.runtime;

import ai.fastn.camunda.effect.EffectOutcome;
import ai.fastn.camunda.runtime.JournalLine.Kind;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
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
    private final JournalStore store;
    private final Envelope envelope;
    private final Map<Integer, JournalLine> recorded = new HashMap<>();
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
    private int highest = -1;

    /** @param epochs those that hold, from the checkpoint that the run goes on from */
    Journal(RunScope scope, JournalStore store, Envelope envelope, List<Integer> epochs) {
        this.epochs = new ArrayList<>(epochs);
        this.scope = scope;
        this.store = store;
        this.envelope = envelope;
        List<JournalLine> lines = new ArrayList<>(store.load(scope.execution()));
        hasHistory = !lines.isEmpty();
        lines.sort(RETRY_FIRST);
        for (JournalLine line : lines) {
            highestEpoch = Math.max(highestEpoch, line.epoch());
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
        }
    }

    private void restart(int newEpoch, Restart restart) {
        epoch = newEpoch;
        recorded.keySet().removeIf(ordinal -> ordinal == restart.from() || ordinal > restart.last());
        jumps.tailMap(restart.last(), true).clear();
        jumps.put(restart.last(), restart.next());
        values.truncate(restart.values());
        highest = Math.max(highest, restart.next() - 1);
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

    /** The line of an outcome; a secret's value is never part of it. */
    JournalLine line(int ordinal, String effect, String digest, EffectOutcome outcome, int completion) {
        noteSecret(effect);
        String text = OutcomeText.write(effect, outcome);
        return new JournalLine(epoch, Kind.OUTCOME, ordinal, effect, digest, completion, envelope.pack(text));
    }

    private void noteSecret(String effect) {
        if (effect.startsWith("secrets.")) {
            envelope.seal();
        }
    }

    void keep(JournalLine line) {
        waiting.add(line);
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

    /** Writes what waits. */
    void flush() {
        values.takeFresh()
                .ifPresent(fresh -> waiting.add(
                        new JournalLine(epoch, Kind.VALUES, fresh.from(), "", "", 0, envelope.pack(fresh.json()))));
        if (!waiting.isEmpty()) {
            store.append(scope.execution(), waiting);
            waiting.clear();
        }
    }

    /**
     * Writes the outcome of a write; where the record already has one (its commit was not acknowledged), that one
     * counts.
     */
    EffectOutcome record(JournalLine line, EffectOutcome outcome) {
        if (store.append(scope.execution(), List.of(line)) == 1) {
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
        store.append(scope.execution(), List.of(line));
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

        String json() {
            return Json.write(Map.of("last", last, "next", next, "values", values));
        }
    }
}
