package ai.fastn.examples.host.demo;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import jakarta.annotation.PreDestroy;
import org.springframework.boot.autoconfigure.jdbc.DataSourceProperties;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.stereotype.Component;

/**
 * The storage of the demo back ends: schema {@code demo}, with a connection pool of its own, so that a workflow that
 * waits for a back end never waits for a connection that it holds itself.
 */
@Component
public class DemoStore {

    private final HikariDataSource pool;
    private final JdbcClient sql;

    DemoStore(DataSourceProperties database) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("demo-back-ends");
        config.setJdbcUrl(database.determineUrl());
        config.setUsername(database.determineUsername());
        config.setPassword(database.determinePassword());
        config.setMaximumPoolSize(5);
        pool = new HikariDataSource(config);
        new ResourceDatabasePopulator(new ClassPathResource("demo/schema.sql")).execute(pool);
        sql = JdbcClient.create(pool);
    }

    /** Starts one statement. */
    public JdbcClient.StatementSpec sql(String statement) {
        return sql.sql(statement);
    }

    @PreDestroy
    void close() {
        pool.close();
    }
}
