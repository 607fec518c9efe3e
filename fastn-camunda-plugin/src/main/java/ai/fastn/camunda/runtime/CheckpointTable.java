package ai.fastn.camunda.runtime;

import ai.fastn.camunda.workflow.ExecutionId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Table {@code fastn_checkpoint}: the last checkpoint of each run. Read and written on the engine's own connection, so
 * that token and checkpoint commit together.
 */
public final class CheckpointTable {

    private static final String SELECT = "SELECT sequence, base, path FROM fastn_checkpoint WHERE execution_id = ?";
    private static final String UPSERT = "INSERT INTO fastn_checkpoint (execution_id, sequence, base, path)"
            + " VALUES (?, ?, ?, ?) ON CONFLICT (execution_id) DO UPDATE"
            + " SET sequence = EXCLUDED.sequence, base = EXCLUDED.base, path = EXCLUDED.path, written_at = now()";
    private static final String UPDATE =
            "UPDATE fastn_checkpoint SET sequence = ?, path = ?, written_at = now() WHERE execution_id = ?";
    private static final String DELETE = "DELETE FROM fastn_checkpoint WHERE execution_id = ?";

    public Optional<Checkpoint> read(Connection connection, ExecutionId execution) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(SELECT)) {
            select.setString(1, execution.value());
            try (ResultSet row = select.executeQuery()) {
                return row.next()
                        ? Optional.of(new Checkpoint(row.getLong(1), row.getBytes(2), false, row.getBytes(3)))
                        : Optional.empty();
            }
        }
    }

    public void write(Connection connection, ExecutionId execution, Checkpoint checkpoint) throws SQLException {
        if (checkpoint.baseIsNew() || update(connection, execution, checkpoint) == 0) {
            upsert(connection, execution, checkpoint);
        }
    }

    private static int update(Connection connection, ExecutionId execution, Checkpoint checkpoint) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(UPDATE)) {
            update.setLong(1, checkpoint.sequence());
            update.setBytes(2, checkpoint.path());
            update.setString(3, execution.value());
            return update.executeUpdate();
        }
    }

    private static void upsert(Connection connection, ExecutionId execution, Checkpoint checkpoint)
            throws SQLException {
        try (PreparedStatement upsert = connection.prepareStatement(UPSERT)) {
            upsert.setString(1, execution.value());
            upsert.setLong(2, checkpoint.sequence());
            upsert.setBytes(3, checkpoint.base());
            upsert.setBytes(4, checkpoint.path());
            upsert.executeUpdate();
        }
    }

    public void delete(Connection connection, ExecutionId execution) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(DELETE)) {
            delete.setString(1, execution.value());
            delete.executeUpdate();
        }
    }
}
