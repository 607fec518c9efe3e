package ai.fastn.camunda.effect;

import ai.fastn.camunda.autoconfigure.SchemaMigrations;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** One embedded PostgreSQL per JVM, from which each test class takes fresh databases. */
public final class EffectDatabases {

    private static final String SCRAM_FOR_TENANTS = """
            host all "/^t_[0-9a-f]{16}$" 127.0.0.1/32 scram-sha-256
            host all "/^t_[0-9a-f]{16}$" ::1/128 scram-sha-256
            local all "/^t_[0-9a-f]{16}$" scram-sha-256
            """;
    private static final EmbeddedPostgres SERVER = start();
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private EffectDatabases() {}

    /** The plugin's tables, in a schema of their own. */
    public static DataSource plugin() {
        DataSource plugin = emptySchema();
        new SchemaMigrations(plugin).apply();
        return plugin;
    }

    /** An empty schema that connections begin in: much cheaper than a database. */
    public static DataSource emptySchema() {
        String name = "schema_" + NUMBER.incrementAndGet();
        try {
            execute(SERVER.getPostgresDatabase(), "CREATE SCHEMA " + name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return SERVER.getDatabase("postgres", "postgres", Map.of("currentSchema", name));
    }

    /** An empty database, reached as superuser. */
    public static DataSource fresh(String purpose) {
        String name = purpose + "_" + NUMBER.incrementAndGet();
        try {
            execute(SERVER.getPostgresDatabase(), "CREATE DATABASE " + name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return SERVER.getDatabase("postgres", name);
    }

    public static void execute(DataSource database, String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /**
     * A server of its own, for a test that restarts it; tenants must show a password. It keeps what it has committed
     * when it is killed: the builder's default would lose the last second.
     */
    public static EmbeddedPostgres start() {
        try {
            EmbeddedPostgres server = EmbeddedPostgres.builder()
                    .setServerConfig("fsync", "off") // only a machine without power would need it
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("max_connections", "150")
                    .start();
            checkPasswordsOfTenants(server.getPostgresDatabase());
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Embedded PostgreSQL trusts everybody; tenants must show a password, as on a real server. */
    private static void checkPasswordsOfTenants(DataSource server) throws SQLException, IOException {
        try (Connection connection = server.getConnection();
                Statement statement = connection.createStatement()) {
            try (ResultSet file = statement.executeQuery("SHOW hba_file")) {
                file.next();
                Path hba = Path.of(file.getString(1));
                Files.writeString(hba, SCRAM_FOR_TENANTS + Files.readString(hba));
            }
            statement.execute("SELECT pg_reload_conf()");
        }
    }
}
