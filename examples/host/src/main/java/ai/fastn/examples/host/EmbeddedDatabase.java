package ai.fastn.examples.host;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;

/**
 * PostgreSQL 17 as a child process of the host: database {@code fastn} for the engine and the plugin, database
 * {@code fastn_tenants} for the tenants' own tables. Durable (fsync on) and with passwords for everybody, unlike the
 * library's defaults, which are made for tests.
 */
final class EmbeddedDatabase implements AutoCloseable {

    private static final String ENGINE_ROLE = "fastn";
    private static final String SUPERUSER = "postgres";
    private static final String ACCESS_RULES = """
            # Written by the example host at each start: a password for every role, from this machine only.
            local all all              scram-sha-256
            host  all all 127.0.0.1/32 scram-sha-256
            host  all all ::1/128      scram-sha-256
            """;

    private final EmbeddedPostgres server;
    private final DataFolder folder;

    private EmbeddedDatabase(EmbeddedPostgres server, DataFolder folder) {
        this.server = server;
        this.folder = folder;
    }

    static EmbeddedDatabase start(DataFolder folder) {
        try {
            Path files = folder.resolve("postgresql");
            OrphanedServer.stop(files);
            EmbeddedDatabase database = new EmbeddedDatabase(startServer(folder, files), folder);
            database.prepare(files);
            return database;
        } catch (IOException | SQLException e) {
            throw new StartRefusedException("PostgreSQL did not start in " + folder + " (" + e.getMessage() + "): see "
                    + folder.resolve("postgresql.log"));
        }
    }

    private static EmbeddedPostgres startServer(DataFolder folder, Path files) throws IOException {
        File log = folder.resolve("postgresql.log").toFile();
        return EmbeddedPostgres.builder()
                .setDataDirectory(files)
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("password_encryption", "scram-sha-256")
                .setLocaleConfig("locale", "C")
                .setLocaleConfig("locale-provider", "builtin")
                .setLocaleConfig("builtin-locale", "C.UTF-8")
                .setConnectConfig("password", folder.secret("database-superuser"))
                .setOutputRedirector(ProcessBuilder.Redirect.appendTo(log))
                .setPGStartupWait(Duration.ofSeconds(60))
                .start();
    }

    /** Idempotent, so that a start that was killed halfway is finished by the next one. */
    private void prepare(Path files) throws SQLException, IOException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER ROLE " + SUPERUSER + " PASSWORD '" + folder.secret("database-superuser") + "'");
            if (!exists(statement, "SELECT 1 FROM pg_roles WHERE rolname = '" + ENGINE_ROLE + "'")) {
                statement.execute("CREATE ROLE " + ENGINE_ROLE + " LOGIN");
            }
            statement.execute("ALTER ROLE " + ENGINE_ROLE + " PASSWORD '" + folder.secret("database-engine") + "'");
            createDatabase(statement, "fastn", ENGINE_ROLE);
            createDatabase(statement, "fastn_tenants", SUPERUSER);
            Files.writeString(files.resolve("pg_hba.conf"), ACCESS_RULES);
            statement.execute("SELECT pg_reload_conf()");
        }
    }

    private static void createDatabase(Statement statement, String name, String owner) throws SQLException {
        if (!exists(statement, "SELECT 1 FROM pg_database WHERE datname = '" + name + "'")) {
            statement.execute("CREATE DATABASE " + name + " OWNER " + owner);
        }
        statement.execute("REVOKE CONNECT, TEMPORARY ON DATABASE " + name + " FROM PUBLIC");
    }

    private static boolean exists(Statement statement, String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            return rows.next();
        }
    }

    /** The properties that point the engine and the plugin at this server. */
    Map<String, Object> properties() {
        return Map.of(
                "spring.datasource.url", url("fastn"),
                "spring.datasource.username", ENGINE_ROLE,
                "spring.datasource.password", folder.secret("database-engine"),
                "fastn.tenants.datasource.url", url("fastn_tenants"),
                "fastn.tenants.datasource.username", SUPERUSER,
                "fastn.tenants.datasource.password", folder.secret("database-superuser"));
    }

    private String url(String database) {
        return "jdbc:postgresql://localhost:" + server.getPort() + "/" + database;
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
