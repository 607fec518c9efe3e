package ai.fastn.camunda.engine;

import ai.fastn.camunda.bpmn.FastnBpmn;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import javax.sql.DataSource;

/**
 * Table {@code fastn_node}, and the locks that its nodes hold on jobs of workflows and of our steps. Locks on other
 * jobs of the engine are left alone. Time is that of the database: clocks of nodes differ.
 */
final class NodeTable {

    /** Jobs of running workflows, whose process instances carry our variable, and of steps that people have drawn. */
    private static final String OF_WORKFLOWS = " AND (j.handler_type_ = '" + StepJobHandler.TYPE
            + "' OR EXISTS (SELECT 1 FROM act_ru_variable v"
            + " WHERE v.proc_inst_id_ = j.process_instance_id_ AND v.name_ = '" + FastnBpmn.EXECUTION_VARIABLE + "'))";

    private static final String FREE = "UPDATE act_ru_job j SET lock_owner_ = NULL, lock_exp_time_ = NULL WHERE ";
    private static final String BEAT = """
            WITH alive AS (
                INSERT INTO fastn_node (id) VALUES (?) ON CONFLICT (id) DO UPDATE SET seen_at = now()),
            dead AS (
                SELECT id FROM fastn_node WHERE id <> ? AND seen_at < now() - ? * interval '1 millisecond'),
            free AS (
                SELECT j.id_ FROM act_ru_job j WHERE j.lock_owner_ IN (SELECT id FROM dead)""" + OF_WORKFLOWS + """
                 FOR UPDATE OF j SKIP LOCKED),
            freed AS (""" + FREE + """
                j.id_ IN (SELECT id_ FROM free)),
            gone AS (
                DELETE FROM fastn_node WHERE id IN (SELECT id FROM dead)
                    AND (SELECT count(*) FROM free) = (SELECT count(*) FROM act_ru_job j
                        WHERE j.lock_owner_ IN (SELECT id FROM dead)""" + OF_WORKFLOWS + """
            ))
            SELECT count(*) FROM dead""";

    /** The next beat of another node finds it dead, and so learns that there may be jobs. */
    private static final String LEAVE = "WITH gone AS (UPDATE fastn_node SET seen_at = '-infinity' WHERE id = ?) "
            + FREE + "j.lock_owner_ = ?" + OF_WORKFLOWS;

    private static final String LOCKED = "SELECT j.id_ FROM act_ru_job j WHERE j.lock_owner_ = ?" + OF_WORKFLOWS;
    private static final String FREE_SOME = FREE + "j.lock_owner_ = ? AND j.id_ = ANY (?)";

    private final DataSource plugin;

    NodeTable(DataSource plugin) {
        this.plugin = plugin;
    }

    /**
     * Says that a node lives, and frees the jobs of those that have not said so for the time of a lease. A node that is
     * suspended may have jobs in an open transaction: nobody waits for them, they are freed when it has ended.
     *
     * @return how many nodes were found dead
     */
    int beat(String node, Duration lease) throws SQLException {
        try (Connection connection = plugin.getConnection();
                PreparedStatement beat = connection.prepareStatement(BEAT)) {
            beat.setString(1, node);
            beat.setString(2, node);
            beat.setLong(3, lease.toMillis());
            try (ResultSet row = beat.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }

    /** A node stops in good order. */
    void leave(String node) throws SQLException {
        try (Connection connection = plugin.getConnection();
                PreparedStatement leave = connection.prepareStatement(LEAVE)) {
            leave.setString(1, node);
            leave.setString(2, node);
            leave.executeUpdate();
        }
    }

    /** The jobs of workflows that a node has locked. */
    Set<String> lockedBy(String node) throws SQLException {
        try (Connection connection = plugin.getConnection();
                PreparedStatement select = connection.prepareStatement(LOCKED)) {
            select.setString(1, node);
            try (ResultSet rows = select.executeQuery()) {
                Set<String> jobs = new HashSet<>();
                while (rows.next()) {
                    jobs.add(rows.getString(1));
                }
                return jobs;
            }
        }
    }

    void free(String node, Collection<String> jobs) throws SQLException {
        try (Connection connection = plugin.getConnection();
                PreparedStatement free = connection.prepareStatement(FREE_SOME)) {
            Array ids = connection.createArrayOf("text", jobs.toArray());
            free.setString(1, node);
            free.setArray(2, ids);
            free.executeUpdate();
        }
    }
}
