package ai.fastn.camunda.runtime;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.workflow.ExecutionId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Journals in table {@code fastn_journal}, on a connection pool that the engine does not use. */
public final class JdbcJournal implements JournalStore {

    private static final String SELECT =
            "SELECT epoch, kind, ordinal, effect, digest, completion, content FROM fastn_journal"
                    + " WHERE execution_id = ? ORDER BY epoch, ordinal, kind";
    private static final String INSERT =
            "INSERT INTO fastn_journal (execution_id, epoch, kind, ordinal, effect, digest, completion, content)"
                    + " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING";
    private static final String DELETE = "DELETE FROM fastn_journal WHERE execution_id = ?";

    private final DataSource dataSource;

    public JdbcJournal(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    @Override
    public List<JournalLine> load(ExecutionId execution) {
        return perform("read", connection -> {
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
        });
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
    public int append(ExecutionId execution, List<JournalLine> lines) {
        return perform("written", connection -> {
            connection.setAutoCommit(false);
            try {
                int added = insert(connection, execution, lines);
                connection.commit();
                return added;
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        });
    }

    @Override
    public boolean append(Connection connection, ExecutionId execution, JournalLine line) throws SQLException {
        insert(connection, execution, List.of(line));
        return true;
    }

    private static int insert(Connection connection, ExecutionId execution, List<JournalLine> lines)
            throws SQLException {
        int added = 0;
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            for (JournalLine line : lines) {
                insert.setString(1, execution.value());
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

    @Override
    public void delete(ExecutionId execution) {
        perform("cleared", connection -> {
            try (PreparedStatement delete = connection.prepareStatement(DELETE)) {
                delete.setString(1, execution.value());
                return delete.executeUpdate();
            }
        });
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

    /** Something done with a connection. */
    private interface Work<T> {
        T on(Connection connection) throws SQLException;
    }
}
