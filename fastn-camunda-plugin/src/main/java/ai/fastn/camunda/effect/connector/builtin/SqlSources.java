package ai.fastn.camunda.effect.connector.builtin;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;

/** The data sources that the operator lists, each with a pool that is made at its first use and shrinks to nothing. */
final class SqlSources implements AutoCloseable {

    private static final int USUAL_CONNECTIONS = 5;
    private static final long WAIT_FOR_CONNECTION_MILLIS = 5_000;
    private static final long IDLE_MILLIS = 60_000;

    private final Map<String, SqlSource> listed;
    private final Map<String, HikariDataSource> pools = new ConcurrentHashMap<>();

    SqlSources(Map<String, SqlSource> listed) {
        this.listed = new TreeMap<>(listed);
    }

    /** The source of this name; without a name the only one. BUILT_IN_SETTING when there is none. */
    DataSource get(Optional<String> name) {
        return pools.computeIfAbsent(wanted(name), this::pool);
    }

    /** Where the source of this name is. BUILT_IN_SETTING when there is none. */
    String url(String name) {
        return Objects.requireNonNull(listed.get(wanted(Optional.of(name)))).url();
    }

    private String wanted(Optional<String> name) {
        if (listed.isEmpty()) {
            throw Input.notSet("no data source is set: make a connection, or the operator lists them as"
                    + " fastn.connectors.sql.<name>.url");
        }
        if (name.isEmpty() && listed.size() > 1) {
            throw Input.wrong("input member \"source\" is missing; there are " + String.join(", ", listed.keySet()));
        }
        String wanted = name.orElseGet(() -> listed.keySet().iterator().next());
        if (!listed.containsKey(wanted)) {
            throw Input.notSet(
                    "data source \"" + wanted + "\" is not set; there are " + String.join(", ", listed.keySet()));
        }
        return wanted;
    }

    private HikariDataSource pool(String name) {
        SqlSource source = Objects.requireNonNull(listed.get(name));
        HikariConfig config = new HikariConfig();
        config.setPoolName("fastn-sql-" + name);
        config.setJdbcUrl(source.url());
        config.setUsername(source.username());
        config.setPassword(source.password());
        config.setMaximumPoolSize(Optional.ofNullable(source.connections()).orElse(USUAL_CONNECTIONS));
        config.setMinimumIdle(0);
        config.setIdleTimeout(IDLE_MILLIS);
        config.setConnectionTimeout(WAIT_FOR_CONNECTION_MILLIS);
        // a database that is down fails the call, not the start
        config.setInitializationFailTimeout(-1);
        config.setAutoCommit(false);
        if (source.url().startsWith("jdbc:postgresql:")) {
            // a text takes the type of its place: date, uuid, jsonb
            config.addDataSourceProperty("stringtype", "unspecified");
            config.addDataSourceProperty("logServerErrorDetail", "false"); // the values of a statement that failed
        }
        return new HikariDataSource(config);
    }

    @Override
    public void close() {
        pools.values().forEach(HikariDataSource::close);
    }
}
