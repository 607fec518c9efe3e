package ai.fastn.camunda.runtime;

import ai.fastn.camunda.workflow.ExecutionId;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** Journals in memory: for Instant runs, which nobody resumes after a crash. */
public final class MemoryJournal implements JournalStore {

    private final Map<ExecutionId, Map<JournalLine.Key, JournalLine>> journals = new ConcurrentHashMap<>();

    @Override
    public Taken take(ExecutionId execution, long sequence) {
        return new Taken(new Owner(execution, 0), load(execution));
    }

    @Override
    public List<JournalLine> load(ExecutionId execution) {
        Map<JournalLine.Key, JournalLine> lines = journals.get(execution);
        return lines == null ? List.of() : List.copyOf(lines.values());
    }

    @Override
    public int append(Owner owner, List<JournalLine> lines) {
        Map<JournalLine.Key, JournalLine> journal =
                journals.computeIfAbsent(owner.execution(), id -> new ConcurrentSkipListMap<>());
        int added = 0;
        for (JournalLine line : lines) {
            added += journal.putIfAbsent(line.key(), line) == null ? 1 : 0;
        }
        return added;
    }

    @Override
    public boolean append(Connection connection, Owner owner, List<JournalLine> lines) {
        return false;
    }

    @Override
    public void forget(Owner owner, JournalLine started) {
        journals.computeIfPresent(owner.execution(), (execution, lines) -> {
            lines.remove(started.key());
            return lines;
        });
    }

    /** The run is over. */
    void delete(ExecutionId execution) {
        journals.remove(execution);
    }
}
