package ai.fastn.camunda.runtime;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.diagnostic.TakenOverException;
import ai.fastn.camunda.workflow.ExecutionId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Journals in table {@code fastn_journal}, on a connection pool that the engine does not use. */
public final class JdbcJournal implements JournalStore {

    private static final String SELECT =
            "SELECT epoch, kind, ordinal, effect, digest, completion, content FROM fastn_journal"
                    + " WHERE execution_id = ? ORDER BY epoch, ordinal, kind";
    private static final String TAKE = "UPDATE fastn_checkpoint SET fence = fence + 1 WHERE execution_id = ?"
            + " AND sequence = ? RETURNING fence";
    private static final String HOLD = "SELECT 1 FROM fastn_checkpoint WHERE execution_id = ? AND fence = ? FOR SHARE";
    private static final String INSERT =
            "INSERT INTO fastn_journal (execution_id, epoch, kind, ordinal, effect, digest, completion, content)"
                    + " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING";
    private static final String DELETE = "DELETE FROM fastn_journal WHERE execution_id = ?";

    private final DataSource dataSource;

    public JdbcJournal(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /**
     * The commit is not waited for: a server that forgets it has forgotten everything that was written under the new
     * fence too.
     */
    @Override
    public Taken take(ExecutionId execution, long sequence) {
        return perform(
                "read",
                connection -> inTransaction(connection, () -> {
                    execute(connection, "SET LOCAL synchronous_commit = off; SET LOCAL lock_timeout = '5s'");
                    return new Taken(
                            new Owner(execution, raise(connection, execution, sequence)), lines(connection, execution));
                }));
    }

    private static long raise(Connection connection, ExecutionId execution, long sequence) throws SQLException {
        try (PreparedStatement take = connection.prepareStatement(TAKE)) {
            take.setString(1, execution.value());
            take.setLong(2, sequence);
            try (ResultSet row = take.executeQuery()) {
                if (!row.next()) {
                    throw new TakenOverException(execution.value());
                }
                return row.getLong(1);
            }
        }
    }

    @Override
    public List<JournalLine> load(ExecutionId execution) {
        return perform("read", connection -> lines(connection, execution));
    }

    private static List<JournalLine> lines(Connection connection, ExecutionId execution) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(SELECT)) {
            select.setString(1, execution.value());
            try (ResultSet rows = select.executeQuery()) {
                List<JournalLine> lines = new ArrayList<>();
                while (rows.next()) {
                    lines.add(line(rows));
                }
                return lines;
            }
        }
    }

    private static JournalLine line(ResultSet row) throws SQLException {
        return new JournalLine(
                row.getInt(1),
                JournalLine.Kind.valueOf(row.getString(2)),
                row.getInt(3),
                row.getString(4),
                row.getString(5),
                row.getInt(6),
                row.getBytes(7));
    }

    @Override
    public int append(Owner owner, List<JournalLine> lines) {
        return perform("written", connection -> inTransaction(connection, () -> insert(connection, owner, lines)));
    }

    @Override
    public boolean append(Connection connection, Owner owner, JournalLine line) throws SQLException {
        insert(connection, owner, List.of(line));
        return true;
    }

    private static int insert(Connection connection, Owner owner, List<JournalLine> lines) throws SQLException {
        hold(connection, owner);
        int added = 0;
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            for (JournalLine line : lines) {
                insert.setString(1, owner.execution().value());
                insert.setInt(2, line.epoch());
                insert.setString(3, line.kind().name());
                insert.setInt(4, line.ordinal());
                insert.setString(5, line.effect());
                insert.setString(6, line.digest());
                insert.setInt(7, line.completion());
                insert.setBytes(8, line.content());
                insert.addBatch();
            }
            for (int count : insert.executeBatch()) {
                added += Math.max(0, count);
            }
        }
        return added;
    }

    /** Until the transaction ends nobody can take the run over or end it. */
    private static void hold(Connection connection, Owner owner) throws SQLException {
        try (PreparedStatement hold = connection.prepareStatement(HOLD)) {
            hold.setString(1, owner.execution().value());
            hold.setLong(2, owner.fence());
            try (ResultSet row = hold.executeQuery()) {
                if (!row.next()) {
                    throw new TakenOverException(owner.execution().value());
                }
            }
        }
    }

    @Override
    public void delete(ExecutionId execution) {
        perform("cleared", connection -> {
            try (PreparedStatement delete = connection.prepareStatement(DELETE)) {
                delete.setString(1, execution.value());
                return delete.executeUpdate();
            }
        });
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static <T> T inTransaction(Connection connection, Statements<T> statements) throws SQLException {
        connection.setAutoCommit(false);
        try {
            T result = statements.run();
            connection.commit();
            return result;
        } catch (SQLException | RuntimeException e) {
            connection.rollback();
            throw e;
        } finally {
            connection.setAutoCommit(true);
        }
    }

    private <T> T perform(String what, Work<T> work) {
        try (Connection connection = dataSource.getConnection()) {
            return work.on(connection);
        } catch (SQLException e) {
            throw new FastnException(
                    ErrorCode.JOURNAL_UNAVAILABLE,
                    "the journal of runs can not be " + what + ": the database answers SQLSTATE " + e.getSQLState(),
                    e);
        }
    }

    /** What is done in a transaction. */
    private interface Statements<T> {
        T run() throws SQLException;
    }

    /** Something done with a connection. */
    private interface Work<T> {
        T on(Connection connection) throws SQLException;
    }
}
