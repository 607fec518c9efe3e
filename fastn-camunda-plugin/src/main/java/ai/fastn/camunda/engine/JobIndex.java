package ai.fastn.camunda.engine;

import ai.fastn.camunda.database.Transactions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An index of our own on the engine's table of jobs: where the jobs of a definition begin, whatever else waits. It has
 * no column that a lock changes. Made by the node that first executes jobs, for only then the table is sure to exist.
 */
final class JobIndex {

    private static final Logger LOG = LoggerFactory.getLogger(JobIndex.class);
    private static final String EXISTS = "SELECT to_regclass('fastn_job_queue') IS NOT NULL";
    private static final String CREATE = """
            SET LOCAL lock_timeout = '5s';
            SELECT pg_advisory_xact_lock(hashtext('fastn_job_queue'));
            CREATE INDEX IF NOT EXISTS fastn_job_queue ON act_ru_job (process_def_id_, duedate_, create_time_)
                WHERE retries_ > 0 AND suspension_state_ = 1""";

    private final DataSource plugin;

    JobIndex(DataSource plugin) {
        this.plugin = plugin;
    }

    /** Without the index everything works, the more slowly the more jobs there are. */
    void make() {
        try (Connection connection = plugin.getConnection();
                Statement statement = connection.createStatement()) {
            if (!exists(statement)) {
                Transactions.run(connection, () -> statement.execute(CREATE));
            }
        } catch (SQLException e) {
            LOG.warn(
                    "index fastn_job_queue on act_ru_job can not be made (SQLSTATE {}): fetching jobs takes the longer the"
                            + " more there are; the next start tries again",
                    e.getSQLState());
        }
    }

    private static boolean exists(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery(EXISTS)) {
            return row.next() && row.getBoolean(1);
        }
    }
}
