package ai.fastn.camunda.effect.db;

import ai.fastn.camunda.database.Transactions;
import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.workflow.TenantId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;

/** How much the tenants have in their database: measured from time to time, and again before a statement is refused. */
final class TenantUsage {

    private static final String MEASURE = """
            SELECT t.tenant, count(*) FILTER (WHERE c.relkind IN ('r', 'p')), coalesce(sum(pg_total_relation_size(c.oid)), 0)
            FROM fastn.tenant t JOIN pg_namespace n ON n.nspname = t.role
                JOIN pg_class c ON c.relnamespace = n.oid AND c.relkind IN ('r', 'p', 'm')
            WHERE ? OR t.tenant = ? GROUP BY t.tenant""";
    private static final Duration EXACT_FOR = Duration.ofSeconds(5);

    private final DataSource administrator;
    private final DbLimits limits;
    private final Map<TenantId, Measured> measured = new ConcurrentHashMap<>();

    TenantUsage(DataSource administrator, DbLimits limits) {
        this.administrator = administrator;
        this.limits = limits;
    }

    private record Measured(long tables, long bytes, long at) {

        boolean isOld() {
            return System.nanoTime() - at > EXACT_FOR.toNanos();
        }
    }

    /** Measures all tenants. */
    void measure() throws SQLException {
        Map<TenantId, Measured> now = measure(true, "");
        measured.putAll(now);
        measured.keySet().retainAll(now.keySet());
    }

    /**
     * Lets a statement through that needs no room, or that has some.
     *
     * @throws FastnException DB_QUOTA
     */
    void requireRoom(TenantId tenant, SqlStatement statement) throws SQLException {
        if (!statement.grows() || !isFull(tenant, statement)) {
            return;
        }
        Measured known = measured.get(tenant);
        if (known != null && known.isOld()) {
            measured.putAll(measure(false, tenant.value()));
        }
        Measured now = measured.get(tenant);
        if (now != null && isFull(tenant, statement)) {
            throw full(statement, now);
        }
    }

    private boolean isFull(TenantId tenant, SqlStatement statement) {
        Measured usage = measured.get(tenant);
        return usage != null && (usage.bytes() > limits.size() || hasNoTableLeft(usage, statement));
    }

    private boolean hasNoTableLeft(Measured usage, SqlStatement statement) {
        return statement.createsTable() && usage.tables() >= limits.tables();
    }

    private FastnException full(SqlStatement statement, Measured usage) {
        String what = hasNoTableLeft(usage, statement)
                ? usage.tables() + " tables; at most " + limits.tables()
                : usage.bytes() + " bytes in tables and indexes; at most " + limits.size();
        return new FastnException(
                ErrorCode.DB_QUOTA,
                "database of the tenant has " + what
                        + " are allowed, so that only reading, DELETE, DROP and TRUNCATE are performed");
    }

    /** A table that somebody holds is waited for only shortly: the next time measures it. */
    private Map<TenantId, Measured> measure(boolean all, String tenant) throws SQLException {
        try (Connection connection = administrator.getConnection()) {
            return Transactions.run(connection, () -> {
                try (Statement settings = connection.createStatement()) {
                    settings.execute("SET LOCAL lock_timeout = '1s'; SET LOCAL statement_timeout = '30s'");
                }
                try (PreparedStatement select = connection.prepareStatement(MEASURE)) {
                    select.setBoolean(1, all);
                    select.setString(2, tenant);
                    return read(select);
                }
            });
        }
    }

    private static Map<TenantId, Measured> read(PreparedStatement select) throws SQLException {
        Map<TenantId, Measured> found = new HashMap<>();
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                found.put(
                        new TenantId(rows.getString(1)),
                        new Measured(rows.getLong(2), rows.getLong(3), System.nanoTime()));
            }
        }
        return found;
    }
}
