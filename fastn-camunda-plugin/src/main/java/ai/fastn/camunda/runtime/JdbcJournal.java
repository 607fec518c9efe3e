package ai.fastn.camunda.runtime;

import ai.fastn.camunda.diagnostic.TakenOverException;
import ai.fastn.camunda.workflow.ExecutionId;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;

/** Journals in table {@code fastn_journal}. */
public final class JdbcJournal implements JournalStore {

    private static final String NOT_READ = "the journal of runs can not be read";
    private static final String NOT_WRITTEN = "the journal of runs can not be written";

    private final JournalDatabase database;

    /** @param plugin a connection pool that the engine does not use */
    public JdbcJournal(DataSource plugin) {
        this.database = new JournalDatabase(plugin);
    }

    /**
     * The commit is not waited for: a server that forgets it has forgotten everything that was written under the new
     * fence too.
     */
    @Override
    public Taken take(ExecutionId execution, long sequence) {
        return database.commit(NOT_READ, connection -> {
            try (Statement settings = connection.createStatement()) {
                settings.execute("SET LOCAL synchronous_commit = off; SET LOCAL lock_timeout = '5s'");
            }
            JournalRows rows = new JournalRows(connection);
            long fence = rows.take(execution, sequence).orElseThrow(() -> new TakenOverException(execution.value()));
            return new Taken(new Owner(execution, fence), rows.lines(execution));
        });
    }

    @Override
    public List<JournalLine> load(ExecutionId execution) {
        return database.perform(NOT_READ, connection -> new JournalRows(connection).lines(execution));
    }

    /**
     * A statement that commits by itself for each: the server gathers their commits better than we did
     * ({@code docs/decisions/0017}).
     */
    @Override
    public int append(Owner owner, List<JournalLine> lines) {
        return database.perform(NOT_WRITTEN, connection -> insert(connection, owner, lines));
    }

    @Override
    public boolean append(Connection connection, Owner owner, List<JournalLine> lines) throws SQLException {
        insert(connection, owner, lines);
        return true;
    }

    @Override
    public void forget(Owner owner, JournalLine started) {
        database.commit(NOT_WRITTEN, connection -> {
            JournalRows rows = new JournalRows(connection);
            if (!rows.hold(owner)) {
                throw new TakenOverException(owner.execution().value());
            }
            rows.delete(owner.execution(), started.key());
            return true;
        });
    }

    private static int insert(Connection connection, Owner owner, List<JournalLine> lines) throws SQLException {
        return new JournalRows(connection)
                .append(owner, lines)
                .orElseThrow(() -> new TakenOverException(owner.execution().value()));
    }
}
