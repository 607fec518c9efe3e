package ai.fastn.camunda.runtime;

import ai.fastn.camunda.diagnostic.TakenOverException;
import ai.fastn.camunda.workflow.ExecutionId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Table {@code fastn_checkpoint}: one row for each run that has not ended, with its last checkpoint and its fence. Read
 * and written on the engine's own connection, so that token and checkpoint commit together.
 */
public final class CheckpointTable {

    private static final String BEGIN = "INSERT INTO fastn_checkpoint (execution_id, sequence, path) VALUES (?, 0, '')";
    private static final String SELECT =
            "SELECT sequence, base, path, fence FROM fastn_checkpoint WHERE execution_id = ? AND sequence > 0";
    private static final String UPDATE_ALL = "UPDATE fastn_checkpoint SET sequence = ?, path = ?, base = ?,"
            + " written_at = now() WHERE execution_id = ? AND fence = ?";
    private static final String UPDATE_PATH = "UPDATE fastn_checkpoint SET sequence = ?, path = ?,"
            + " written_at = now() WHERE execution_id = ? AND fence = ?";
    private static final String DELETE = "DELETE FROM fastn_checkpoint WHERE execution_id = ?";
    private static final String DELETE_JOURNAL = "DELETE FROM fastn_journal WHERE execution_id = ?";
    /** The owner writes no line while it ends its run, so both can go at once. */
    private static final String END_OWN = "WITH lines AS (" + DELETE_JOURNAL + ") " + DELETE + " AND fence = ?";

    private static final String EXISTING = "SELECT execution_id FROM fastn_checkpoint WHERE execution_id = ANY (?)";

    /** The run begins; nothing of it has been performed. */
    public void begin(Connection connection, ExecutionId execution) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(BEGIN)) {
            insert.setString(1, execution.value());
            insert.executeUpdate();
        }
    }

    /** The last checkpoint; empty before the first one. */
    public Optional<Checkpoint> read(Connection connection, ExecutionId execution) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(SELECT)) {
            select.setString(1, execution.value());
            try (ResultSet row = select.executeQuery()) {
                return row.next()
                        ? Optional.of(
                                new Checkpoint(row.getLong(1), row.getBytes(2), false, row.getBytes(3), row.getLong(4)))
                        : Optional.empty();
            }
        }
    }

    /**
     * Writes the next checkpoint.
     *
     * @throws TakenOverException when its run has another owner than the one that made it
     */
    public void write(Connection connection, ExecutionId execution, Checkpoint checkpoint) throws SQLException {
        boolean withBase = checkpoint.baseIsNew();
        try (PreparedStatement update = connection.prepareStatement(withBase ? UPDATE_ALL : UPDATE_PATH)) {
            int place = 0;
            update.setLong(++place, checkpoint.sequence());
            update.setBytes(++place, checkpoint.path());
            if (withBase) {
                update.setBytes(++place, checkpoint.base());
            }
            update.setString(++place, execution.value());
            update.setLong(++place, checkpoint.fence());
            require(update.executeUpdate(), execution);
        }
    }

    /**
     * Somebody ends the run from outside: from now on its owner can write nothing. Its journal goes too, in a second
     * statement, which sees the lines that the owner wrote while the first one waited for it.
     */
    public void end(Connection connection, ExecutionId execution) throws SQLException {
        delete(connection, DELETE, execution);
        delete(connection, DELETE_JOURNAL, execution);
    }

    private static void delete(Connection connection, String statement, ExecutionId execution) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(statement)) {
            delete.setString(1, execution.value());
            delete.executeUpdate();
        }
    }

    /**
     * The code of the run has reached its end. Its journal goes too.
     *
     * @throws TakenOverException when the run has another owner
     */
    public void end(Connection connection, Owner owner) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(END_OWN)) {
            delete.setString(1, owner.execution().value());
            delete.setString(2, owner.execution().value());
            delete.setLong(3, owner.fence());
            require(delete.executeUpdate(), owner.execution());
        }
    }

    /** Those of these runs that have not ended. */
    public Set<String> notEnded(Connection connection, Collection<String> executions) throws SQLException {
        Set<String> found = new HashSet<>();
        try (PreparedStatement select = connection.prepareStatement(EXISTING)) {
            select.setArray(1, connection.createArrayOf("text", executions.toArray()));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    found.add(rows.getString(1));
                }
            }
        }
        return found;
    }

    private static void require(int rows, ExecutionId execution) {
        if (rows == 0) {
            throw new TakenOverException(execution.value());
        }
    }
}
