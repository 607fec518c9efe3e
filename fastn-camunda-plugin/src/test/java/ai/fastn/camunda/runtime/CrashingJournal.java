package ai.fastn.camunda.runtime;

import ai.fastn.camunda.workflow.ExecutionId;
import java.sql.Connection;
import java.util.List;

/** A journal that passes a crash point before and after each write. */
final class CrashingJournal implements JournalStore {

    private final JournalStore real;
    private volatile CrashPoints crashes = CrashPoints.none();

    CrashingJournal(JournalStore real) {
        this.real = real;
    }

    void reset(CrashPoints points) {
        crashes = points;
    }

    @Override
    public Taken take(ExecutionId execution, long sequence) {
        return real.take(execution, sequence);
    }

    @Override
    public List<JournalLine> load(ExecutionId execution) {
        return real.load(execution);
    }

    @Override
    public int append(Owner owner, List<JournalLine> lines) {
        crashes.pass();
        int added = real.append(owner, lines);
        crashes.pass();
        return added;
    }

    @Override
    public void forget(Owner owner, JournalLine started) {
        real.forget(owner, started);
    }

    @Override
    public boolean append(Connection connection, Owner owner, List<JournalLine> lines) {
        return false;
    }
}
