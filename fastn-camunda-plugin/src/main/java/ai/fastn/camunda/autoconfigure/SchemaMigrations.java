package ai.fastn.camunda.autoconfigure;

import ai.fastn.camunda.database.Transactions;
import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * Brings the plugin's tables to the state this version needs: numbered SQL files, each applied once, all of a start in
 * one transaction, one node at a time. Own code instead of Flyway, whose presence would switch on Boot's
 * auto-configuration in the host application.
 */
public final class SchemaMigrations {

    private static final String FILES = "classpath*:ai/fastn/camunda/migrations/*.sql";
    private static final int OLDEST_SERVER = 14;
    private static final String TABLE = """
            CREATE TABLE IF NOT EXISTS fastn_migration (
                name text PRIMARY KEY, checksum text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())""";

    private final DataSource plugin;
    private final List<Migration> migrations;

    /** The migrations of this version for the database that holds the plugin's tables. */
    public SchemaMigrations(DataSource plugin) {
        this(plugin, migrationsOnClassPath());
    }

    SchemaMigrations(DataSource plugin, List<Migration> migrations) {
        this.plugin = plugin;
        this.migrations = migrations.stream()
                .sorted(Comparator.comparing(Migration::name))
                .toList();
    }

    /**
     * Applies what is missing.
     *
     * @throws FastnException MIGRATION when a file was changed after it had been applied, fails, or belongs to a newer
     *     version of the plugin; then nothing is changed
     */
    public void apply() {
        try (Connection connection = plugin.getConnection()) {
            requireSupported(connection);
            Transactions.run(connection, () -> {
                applyMissing(connection);
                return true;
            });
        } catch (SQLException e) {
            throw new FastnException(ErrorCode.MIGRATION, "database of the plugin's tables: " + e.getMessage(), e);
        }
    }

    private void applyMissing(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_advisory_xact_lock(hashtext('fastn_migration'))");
            statement.execute(TABLE);
        }
        Map<String, String> applied = applied(connection);
        for (Migration migration : migrations) {
            String checksum = applied.remove(migration.name());
            if (checksum == null) {
                apply(migration, connection);
            } else if (!checksum.equals(migration.checksum())) {
                throw new FastnException(
                        ErrorCode.MIGRATION,
                        "migration \"" + migration.name() + "\" was changed after it had been applied: checksum "
                                + migration.checksum() + ", applied was " + checksum);
            }
        }
        if (!applied.isEmpty()) {
            throw new FastnException(
                    ErrorCode.MIGRATION,
                    "migrations " + applied.keySet() + " were applied by a newer version of the plugin than this one");
        }
    }

    private static void apply(Migration migration, Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(migration.sql());
        } catch (SQLException e) {
            throw new FastnException(
                    ErrorCode.MIGRATION, "migration \"" + migration.name() + "\" failed: " + e.getMessage(), e);
        }
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO fastn_migration (name, checksum) VALUES (?, ?)")) {
            insert.setString(1, migration.name());
            insert.setString(2, migration.checksum());
            insert.executeUpdate();
        }
    }

    private static Map<String, String> applied(Connection connection) throws SQLException {
        Map<String, String> applied = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT name, checksum FROM fastn_migration")) {
            while (rows.next()) {
                applied.put(rows.getString(1), rows.getString(2));
            }
        }
        return applied;
    }

    private static void requireSupported(Connection connection) throws SQLException {
        String product = connection.getMetaData().getDatabaseProductName();
        int version = connection.getMetaData().getDatabaseMajorVersion();
        if (!product.equals("PostgreSQL") || version < OLDEST_SERVER) {
            throw new FastnException(
                    ErrorCode.MIGRATION,
                    "database of the plugin's tables is " + product + " " + version + "; PostgreSQL " + OLDEST_SERVER
                            + " or newer is needed");
        }
    }

    private static List<Migration> migrationsOnClassPath() {
        try {
            return Arrays.stream(new PathMatchingResourcePatternResolver(SchemaMigrations.class.getClassLoader())
                            .getResources(FILES))
                    .map(Migration::read)
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException("bug: migrations can not be listed", e);
        }
    }

    /** One numbered SQL file, {@code 001-access.sql}. */
    record Migration(String name, String sql) {

        static Migration read(Resource file) {
            try {
                return new Migration(
                        String.valueOf(file.getFilename()),
                        file.getContentAsString(StandardCharsets.UTF_8).replace("\r\n", "\n"));
            } catch (IOException e) {
                throw new IllegalStateException("bug: migration " + file + " can not be read", e);
            }
        }

        String checksum() {
            try {
                byte[] digest = MessageDigest.getInstance("SHA-256").digest(sql.getBytes(StandardCharsets.UTF_8));
                return HexFormat.of().formatHex(digest);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("bug: every Java has SHA-256", e);
            }
        }
    }
}
