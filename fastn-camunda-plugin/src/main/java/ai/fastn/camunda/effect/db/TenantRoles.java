package ai.fastn.camunda.effect.db;

import ai.fastn.camunda.database.Transactions;
import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.effect.secret.Associated;
import ai.fastn.camunda.effect.secret.Sealing;
import ai.fastn.camunda.workflow.TenantId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.postgresql.util.PasswordUtil;

/** Prepares the tenants' database, and makes role and schema of a tenant when it first needs them. */
final class TenantRoles {

    /** Raise it with every change of tenants-database.sql. */
    private static final int HARDENING = 2;

    private static final String LOCK = "SELECT pg_advisory_xact_lock(hashtext('fastn_tenants'))";
    private static final int NAME_BYTES = 8;
    private static final int PASSWORD_BYTES = 32;
    private static final int WITH_TRANSACTION_TIMEOUT = 17;

    private final DataSource administrator;
    private final Sealing sealing;
    private final SecureRandom random = new SecureRandom();

    TenantRoles(DataSource administrator, Sealing sealing) {
        this.administrator = administrator;
        this.sealing = sealing;
    }

    /**
     * The role of a tenant, made if it does not exist.
     *
     * @throws FastnException DB_UNAVAILABLE when tenants can not be kept apart in this database
     */
    TenantRole roleOf(TenantId tenant) throws SQLException {
        try (Connection connection = administrator.getConnection()) {
            return Transactions.run(connection, () -> {
                execute(connection, LOCK);
                prepare(connection);
                Optional<TenantRole> known = find(connection, tenant);
                return known.isPresent() ? known.get() : create(connection, tenant);
            });
        }
    }

    /** Where the tenants' database is. */
    String url() throws SQLException {
        try (Connection connection = administrator.getConnection()) {
            return connection.getMetaData().getURL();
        }
    }

    /** Seals the password of a tenant again if another key than the newest has sealed it; whether it was. */
    boolean sealAgain(TenantId tenant) throws SQLException {
        try (Connection connection = administrator.getConnection()) {
            return isPrepared(connection)
                    && Transactions.run(connection, () -> {
                        execute(connection, LOCK);
                        try (PreparedStatement select = connection.prepareStatement(
                                "SELECT role, sealed_password FROM fastn.tenant WHERE tenant = ?"
                                        + " AND substring(sealed_password FROM 1 FOR 5) <> ?")) {
                            select.setString(1, tenant.value());
                            select.setBytes(2, sealing.mark(tenant));
                            return sealAgain(connection, tenant, select);
                        }
                    });
        }
    }

    private boolean sealAgain(Connection connection, TenantId tenant, PreparedStatement select) throws SQLException {
        try (ResultSet row = select.executeQuery();
                PreparedStatement update =
                        connection.prepareStatement("UPDATE fastn.tenant SET sealed_password = ? WHERE tenant = ?")) {
            if (!row.next()) {
                return false;
            }
            byte[] associated = associated(row.getString(1));
            update.setBytes(1, sealing.seal(tenant, sealing.open(tenant, row.getBytes(2), associated), associated));
            update.setString(2, tenant.value());
            return update.executeUpdate() > 0;
        }
    }

    /** Whether the ledger has results of the tenant that another key than the newest has sealed. */
    boolean hasOldResults(TenantId tenant) throws SQLException {
        try (Connection connection = administrator.getConnection()) {
            if (!isPrepared(connection)) {
                return false;
            }
            try (PreparedStatement select = connection.prepareStatement(
                    "SELECT EXISTS (SELECT FROM fastn.effect_ledger l JOIN fastn.tenant t ON t.role = l.role"
                            + " WHERE t.tenant = ? AND substring(l.result FROM 1 FOR 5) <> ?)")) {
                select.setString(1, tenant.value());
                select.setBytes(2, sealing.mark(tenant));
                try (ResultSet row = select.executeQuery()) {
                    return row.next() && row.getBoolean(1);
                }
            }
        }
    }

    /**
     * Deletes what the ledger holds of runs that have ended.
     *
     * @param notEnded which of some runs have not
     */
    void sweep(UnaryOperator<Set<String>> notEnded) throws SQLException {
        try (Connection connection = administrator.getConnection()) {
            if (!isPrepared(connection)) {
                return;
            }
            String last = "";
            for (Set<String> page = page(connection, last); !page.isEmpty(); page = page(connection, last)) {
                last = Collections.max(page);
                Set<String> ended = new HashSet<>(page);
                ended.removeAll(notEnded.apply(page));
                for (String execution : ended) {
                    forget(connection, execution);
                }
            }
        }
    }

    /** Runs of the ledger after one; an Instant run, which nobody can ask about, has ended after ten minutes. */
    private static Set<String> page(Connection connection, String after) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT execution FROM (
                    SELECT execution FROM fastn.effect_ledger WHERE recorded_at < now() - interval '10 minutes'
                    UNION SELECT execution FROM fastn.effect_fence) AS known
                WHERE execution > ? COLLATE "C" ORDER BY execution COLLATE "C" LIMIT 1000""")) {
            select.setString(1, after);
            try (ResultSet rows = select.executeQuery()) {
                Set<String> found = new TreeSet<>();
                while (rows.next()) {
                    found.add(rows.getString(1));
                }
                return found;
            }
        }
    }

    private static void forget(Connection connection, String execution) throws SQLException {
        delete(connection, "DELETE FROM fastn.effect_ledger WHERE execution = ?", execution);
        delete(connection, "DELETE FROM fastn.effect_fence WHERE execution = ?", execution);
    }

    private static void delete(Connection connection, String sql, String execution) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(sql)) {
            delete.setString(1, execution);
            delete.executeUpdate();
        }
    }

    private void prepare(Connection connection) throws SQLException {
        if (isPrepared(connection)) {
            return;
        }
        if (single(connection, "SELECT to_regclass('act_ge_property') IS NOT NULL")) {
            throw unavailable("it is the database of the process engine; tenants need one of their own");
        }
        if (!single(connection, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user")) {
            throw unavailable(
                    "it has not been prepared, and its administrator is not a superuser, who alone can do that");
        }
        execute(connection, preparation());
        execute(connection, "INSERT INTO fastn.hardening VALUES (" + HARDENING + ") ON CONFLICT DO NOTHING");
    }

    /** Whether any tenant can have been here. */
    boolean isPrepared() throws SQLException {
        try (Connection connection = administrator.getConnection()) {
            return isPrepared(connection);
        }
    }

    private static boolean isPrepared(Connection connection) throws SQLException {
        return single(connection, "SELECT to_regclass('fastn.hardening') IS NOT NULL")
                && single(
                        connection, "SELECT EXISTS (SELECT 1 FROM fastn.hardening WHERE version >= " + HARDENING + ")");
    }

    private Optional<TenantRole> find(Connection connection, TenantId tenant) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT role, sealed_password FROM fastn.tenant WHERE tenant = ?")) {
            select.setString(1, tenant.value());
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                String name = row.getString(1);
                byte[] password = sealing.open(tenant, row.getBytes(2), associated(name));
                return Optional.of(new TenantRole(name, new String(password, StandardCharsets.UTF_8)));
            }
        }
    }

    private TenantRole create(Connection connection, TenantId tenant) throws SQLException {
        TenantRole role = new TenantRole("t_" + randomHex(NAME_BYTES), randomHex(PASSWORD_BYTES));
        // Only the verifier travels, so that the password is in no log of the server.
        String verifier = PasswordUtil.encodeScramSha256(role.password().toCharArray());
        int version = connection.getMetaData().getDatabaseMajorVersion();
        execute(connection, creation(role.name(), verifier, connection.getCatalog(), version));
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO fastn.tenant (tenant, role, sealed_password) VALUES (?, ?, ?)")) {
            insert.setString(1, tenant.value());
            insert.setString(2, role.name());
            byte[] password = role.password().getBytes(StandardCharsets.UTF_8);
            insert.setBytes(3, sealing.seal(tenant, password, associated(role.name())));
            insert.executeUpdate();
        }
        return role;
    }

    private static String creation(String role, String verifier, String database, int version) {
        String inDatabase = "ALTER ROLE %s IN DATABASE \"%s\" SET ".formatted(role, database.replace("\"", "\"\""));
        String statements = """
                CREATE ROLE %1$s LOGIN PASSWORD '%2$s' NOSUPERUSER NOCREATEDB NOCREATEROLE NOINHERIT NOREPLICATION CONNECTION LIMIT 16;
                GRANT CONNECT ON DATABASE "%4$s" TO %1$s;
                CREATE SCHEMA %1$s;
                GRANT USAGE, CREATE ON SCHEMA %1$s TO %1$s;
                GRANT USAGE ON SCHEMA fastn TO %1$s;
                GRANT EXECUTE ON FUNCTION fastn.record_effect, fastn.recorded_effect TO %1$s;
                %3$ssearch_path = %1$s;
                %3$sstatement_timeout = '30s';
                %3$slock_timeout = '2s';
                %3$sidle_in_transaction_session_timeout = '30s';
                %3$stemp_file_limit = '64MB';
                %3$swork_mem = '8MB';
                """.formatted(role, verifier, inDatabase, database.replace("\"", "\"\""));
        return version < WITH_TRANSACTION_TIMEOUT
                ? statements
                : statements + inDatabase + "transaction_timeout = '60s'";
    }

    private String randomHex(int bytes) {
        byte[] random = new byte[bytes];
        this.random.nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    private static byte[] associated(String role) {
        return Associated.of("fastn.tenant-password.v1", role);
    }

    private static String preparation() {
        try (InputStream file = TenantRoles.class.getResourceAsStream("tenants-database.sql")) {
            return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("bug: tenants-database.sql can not be read", e);
        }
    }

    private static boolean single(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() && row.getBoolean(1);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    static FastnException unavailable(String why) {
        return new FastnException(ErrorCode.DB_UNAVAILABLE, "database of the tenants can not be used: " + why);
    }
}
