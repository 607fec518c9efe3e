package ai.fastn.camunda.runtime;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/**
 * Writes the lines that several runs hand in at the same time in one transaction, because the commit is what costs:
 * while one group is written the next one gathers, and whoever comes first then writes for all. A run that is alone
 * waits for nobody.
 */
final class GroupCommit {

    private final DataSource dataSource;
    private final ReentrantLock turn = new ReentrantLock();
    private final Queue<Entry> gathered = new ConcurrentLinkedQueue<>();

    GroupCommit(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /**
     * Writes lines with those of others.
     *
     * @return how many were new; empty when they were not written: the group failed, or the run is not this owner's, or
     *     somebody is changing its row right now
     */
    OptionalInt write(Owner owner, List<JournalLine> lines) {
        Entry mine = new Entry(owner, lines);
        gathered.add(mine);
        turn.lock();
        try {
            if (!mine.decided) {
                writeAll();
            }
        } finally {
            turn.unlock();
        }
        return mine.added < 0 ? OptionalInt.empty() : OptionalInt.of(mine.added);
    }

    private void writeAll() {
        List<Entry> group = new ArrayList<>();
        for (Entry entry = gathered.poll(); entry != null; entry = gathered.poll()) {
            entry.decided = true;
            group.add(entry);
        }
        try (Connection connection = dataSource.getConnection()) {
            List<Entry> written = Transactions.run(connection, () -> insert(new JournalRows(connection), group));
            written.forEach(entry -> entry.added = entry.inserted);
        } catch (SQLException e) {
            // Each one tries by itself and is told what is wrong: one bad line must not fail the others.
            group.forEach(entry -> entry.added = -1);
        }
    }

    /** Never waits for a row: a thread whose transaction holds it may be waiting for its turn here. */
    private static List<Entry> insert(JournalRows rows, List<Entry> group) throws SQLException {
        Set<Owner> held = rows.holdMany(group.stream().map(entry -> entry.owner).collect(Collectors.toSet()));
        List<Entry> owned =
                group.stream().filter(entry -> held.contains(entry.owner)).toList();
        try (JournalRows.Insertion insertion = rows.insertion()) {
            for (Entry entry : owned) {
                insertion.add(entry.owner.execution(), entry.lines);
            }
            Iterator<Boolean> isNew = insertion.perform().iterator();
            for (Entry entry : owned) {
                entry.inserted =
                        (int) entry.lines.stream().filter(line -> isNew.next()).count();
            }
        }
        return owned;
    }

    /** What one run hands in; changed by whoever has the turn. */
    private static final class Entry {
        private final Owner owner;
        private final List<JournalLine> lines;
        private boolean decided;
        private int inserted;
        private int added = -1;

        Entry(Owner owner, List<JournalLine> lines) {
            this.owner = owner;
            this.lines = lines;
        }
    }
}
