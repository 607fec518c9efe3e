package ai.fastn.camunda.autoconfigure;

import ai.fastn.camunda.engine.LaneSettings;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A thread that executes a job holds a connection of the engine's pool: with too few, lanes wait for each other. */
final class ConnectionsOfLanes {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectionsOfLanes.class);

    /** For callers of Instant workflows and for the look for jobs. */
    private static final int FOR_OTHERS = 2;

    private ConnectionsOfLanes() {}

    static void check(LaneSettings lanes, DataSource engine) {
        int needed = lanes.threads() + FOR_OTHERS;
        int size = poolSize(engine);
        if (size < needed) {
            LOG.warn(
                    "connection pool of the engine has {} connections, jobs of workflows may need {}: lanes may wait for each"
                            + " other; raise spring.datasource.hikari.maximum-pool-size or lower fastn.lanes.*.threads",
                    size,
                    needed);
        }
    }

    private static int poolSize(DataSource engine) {
        try {
            return engine.isWrapperFor(HikariDataSource.class)
                    ? engine.unwrap(HikariDataSource.class).getMaximumPoolSize()
                    : Integer.MAX_VALUE;
        } catch (SQLException e) {
            return Integer.MAX_VALUE;
        }
    }
}
