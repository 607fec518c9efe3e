package ai.fastn.camunda.runtime;

import ai.fastn.camunda.workflow.ExecutionId;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;

/** Statements on the tables {@code fastn_journal} and {@code fastn_checkpoint}, on a given connection. */
final class JournalRows {

    private static final String SELECT =
            "SELECT epoch, kind, ordinal, effect, digest, completion, content FROM fastn_journal"
                    + " WHERE execution_id = ? ORDER BY epoch, ordinal, kind";
    private static final String TAKE = "UPDATE fastn_checkpoint SET fence = fence + 1 WHERE execution_id = ?"
            + " AND sequence = ? RETURNING fence";
    private static final String HOLD = "SELECT 1 FROM fastn_checkpoint WHERE execution_id = ? AND fence = ? FOR SHARE";
    /** The fence is looked at and the lines are written in one go: each way to the server counts. */
    private static final String APPEND = """
            WITH held AS (SELECT 1 FROM fastn_checkpoint WHERE execution_id = ? AND fence = ? FOR SHARE),
            written AS (
                INSERT INTO fastn_journal (execution_id, epoch, kind, ordinal, effect, digest, completion, content)
                SELECT ?, line.* FROM held CROSS JOIN
                    unnest(?::int[], ?::text[], ?::int[], ?::text[], ?::text[], ?::int[], ?::bytea[]) AS line
                ON CONFLICT DO NOTHING RETURNING 1)
            SELECT (SELECT count(*) FROM held), (SELECT count(*) FROM written)""";

    private static final String INSERT =
            "INSERT INTO fastn_journal (execution_id, epoch, kind, ordinal, effect, digest, completion, content)"
                    + " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING";
    private static final String WAITING =
            "SELECT epoch, kind, ordinal, effect, digest, completion, content FROM fastn_journal started"
                    + " WHERE execution_id = ? AND kind = 'STARTED' AND NOT EXISTS (SELECT 1 FROM fastn_journal outcome"
                    + " WHERE outcome.execution_id = started.execution_id AND outcome.kind = 'OUTCOME'"
                    + " AND outcome.epoch = started.epoch AND outcome.ordinal = started.ordinal)";
    private static final String LOCK = "SELECT 1 FROM fastn_checkpoint WHERE execution_id = ? FOR UPDATE";
    private static final String REPLACE = "UPDATE fastn_journal SET content = ?"
            + " WHERE execution_id = ? AND epoch = ? AND kind = ? AND ordinal = ?";
    private static final String RAISE = "UPDATE fastn_checkpoint SET fence = fence + 1 WHERE execution_id = ?";
    private static final String DELETE_ONE =
            "DELETE FROM fastn_journal WHERE execution_id = ? AND epoch = ? AND kind = ? AND ordinal = ?";

    private final Connection connection;

    JournalRows(Connection connection) {
        this.connection = connection;
    }

    /** Raises the fence; empty when the run is not at that checkpoint. */
    OptionalLong take(ExecutionId execution, long sequence) throws SQLException {
        try (PreparedStatement take = connection.prepareStatement(TAKE)) {
            take.setString(1, execution.value());
            take.setLong(2, sequence);
            try (ResultSet row = take.executeQuery()) {
                return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
            }
        }
    }

    /** Raises the fence wherever the run is; false when it has ended. */
    boolean raise(ExecutionId execution) throws SQLException {
        try (PreparedStatement raise = connection.prepareStatement(RAISE)) {
            raise.setString(1, execution.value());
            return raise.executeUpdate() > 0;
        }
    }

    /**
     * Whether that is the owner of its run. If so, nobody can take the run over or end it until the transaction ends.
     */
    boolean hold(Owner owner) throws SQLException {
        try (PreparedStatement hold = connection.prepareStatement(HOLD)) {
            hold.setString(1, owner.execution().value());
            hold.setLong(2, owner.fence());
            try (ResultSet row = hold.executeQuery()) {
                return row.next();
            }
        }
    }

    /**
     * Until the transaction ends nobody else takes the run over, ends it, or tells it that something has arrived.
     *
     * @return false when the run has ended
     */
    boolean lock(ExecutionId execution) throws SQLException {
        try (PreparedStatement lock = connection.prepareStatement(LOCK)) {
            lock.setString(1, execution.value());
            try (ResultSet row = lock.executeQuery()) {
                return row.next();
            }
        }
    }

    List<JournalLine> lines(ExecutionId execution) throws SQLException {
        return lines(SELECT, execution);
    }

    /** The calls that have begun and have no outcome. */
    List<JournalLine> waiting(ExecutionId execution) throws SQLException {
        return lines(WAITING, execution);
    }

    private List<JournalLine> lines(String query, ExecutionId execution) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(query)) {
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

    /**
     * Writes lines of a run if that is its owner; nobody can take the run over or end it until the transaction ends.
     *
     * @return how many are new; empty when the run has another owner
     */
    OptionalInt append(Owner owner, List<JournalLine> lines) throws SQLException {
        try (PreparedStatement append = connection.prepareStatement(APPEND)) {
            append.setString(1, owner.execution().value());
            append.setLong(2, owner.fence());
            append.setString(3, owner.execution().value());
            append.setArray(4, array("int4", lines, JournalLine::epoch));
            append.setArray(5, array("text", lines, line -> line.kind().name()));
            append.setArray(6, array("int4", lines, JournalLine::ordinal));
            append.setArray(7, array("text", lines, JournalLine::effect));
            append.setArray(8, array("text", lines, JournalLine::digest));
            append.setArray(9, array("int4", lines, JournalLine::completion));
            byte[][] contents = lines.stream().map(JournalLine::content).toArray(byte[][]::new);
            append.setArray(10, connection.createArrayOf("bytea", contents));
            try (ResultSet row = append.executeQuery()) {
                row.next();
                return row.getInt(1) == 0 ? OptionalInt.empty() : OptionalInt.of(row.getInt(2));
            }
        }
    }

    private Array array(String type, List<JournalLine> lines, Function<JournalLine, Object> column)
            throws SQLException {
        return connection.createArrayOf(type, lines.stream().map(column).toArray());
    }

    /** Writes a line of a run whose fence has been raised in this transaction. */
    void insert(ExecutionId execution, JournalLine line) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            insert.setString(1, execution.value());
            insert.setInt(2, line.epoch());
            insert.setString(3, line.kind().name());
            insert.setInt(4, line.ordinal());
            insert.setString(5, line.effect());
            insert.setString(6, line.digest());
            insert.setInt(7, line.completion());
            insert.setBytes(8, line.content());
            insert.executeUpdate();
        }
    }

    void replace(ExecutionId execution, JournalLine.Key key, byte[] content) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(REPLACE)) {
            update.setBytes(1, content);
            update.setString(2, execution.value());
            update.setInt(3, key.epoch());
            update.setString(4, key.kind().name());
            update.setInt(5, key.ordinal());
            update.executeUpdate();
        }
    }

    void delete(ExecutionId execution, JournalLine.Key key) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(DELETE_ONE)) {
            delete.setString(1, execution.value());
            delete.setInt(2, key.epoch());
            delete.setString(3, key.kind().name());
            delete.setInt(4, key.ordinal());
            delete.executeUpdate();
        }
    }
}
