package ai.fastn.camunda.effect.db;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.effect.secret.SealedRows;
import ai.fastn.camunda.effect.secret.Sealing;
import ai.fastn.camunda.workflow.TenantId;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;

/**
 * The database of all tenants. Each tenant works in a schema of its own under a login role of its own, so that no
 * statement can take another identity. Nothing is connected before the first use.
 */
public final class TenantDatabase implements AutoCloseable, SealedRows {

    private static final Duration WAIT_FOR_TURN = Duration.ofSeconds(3);
    private static final Duration BETWEEN_MEASUREMENTS = Duration.ofMinutes(5);
    private static final String PASSWORD_REFUSED_CLASS = "28";

    private final TenantRoles roles;
    private final DbLimits limits;
    private final TenantUsage usage;
    private final AtomicLong measuredAt = new AtomicLong(System.nanoTime());
    private final Semaphore turns;
    private final Map<TenantId, TenantPool> pools = new ConcurrentHashMap<>();
    private final AtomicBoolean passwordsAreChecked = new AtomicBoolean();

    /**
     * A database of its own for tenants.
     *
     * @param administrator a superuser there, or, once the database has been prepared, one who can create roles
     */
    public TenantDatabase(DataSource administrator, Sealing sealing, DbLimits limits) {
        this.roles = new TenantRoles(administrator, sealing);
        this.usage = new TenantUsage(administrator, limits);
        this.limits = limits;
        this.turns = new Semaphore(limits.connections(), true);
    }

    /**
     * A connection as this tenant; its {@code close} gives it back.
     *
     * @throws FastnException DB_UNAVAILABLE when tenants can not be kept apart in this database
     */
    TenantConnection connect(TenantId tenant) throws SQLException {
        awaitTurn();
        boolean connected = false;
        try {
            closeIdlePools(limits.idle());
            TenantPool pool = pool(tenant);
            closePoolsAboveLimit(pool);
            try {
                TenantConnection connection = new TenantConnection(pool.connect(), pool, turns);
                connected = true;
                return connection;
            } finally {
                if (!connected) {
                    pool.release();
                }
            }
        } finally {
            if (!connected) {
                turns.release();
            }
        }
    }

    /** Connections that other tenants' pools keep count too: those longest unused make room. */
    private void closePoolsAboveLimit(TenantPool wanted) {
        int kept = pools.values().stream().mapToInt(TenantPool::connections).sum();
        if (kept < limits.connections()) {
            return;
        }
        pools.entrySet().stream()
                .filter(entry -> entry.getValue() != wanted && entry.getValue().connections() > 0)
                .sorted(Comparator.comparingLong(
                        entry -> -entry.getValue().unusedFor().toNanos()))
                .limit(kept - limits.connections() + 1L)
                .toList()
                .forEach(entry -> closeUnused(entry.getKey(), Duration.ZERO));
    }

    /**
     * Looks how much each tenant has, if the last look is five minutes ago; refuses statements of those that have too
     * much.
     */
    public void measureUsage() {
        long last = measuredAt.get();
        if (System.nanoTime() - last >= BETWEEN_MEASUREMENTS.toNanos()
                && measuredAt.compareAndSet(last, System.nanoTime())) {
            measureNow();
        }
    }

    void measureNow() {
        try {
            if (roles.isPrepared()) {
                usage.measure();
            }
        } catch (SQLException e) {
            throw new FastnException(ErrorCode.DB_UNAVAILABLE, "the tables of tenants could not be measured", e);
        }
    }

    /**
     * Lets a statement through that needs no room, or that has some.
     *
     * @throws FastnException DB_QUOTA
     */
    void requireRoom(TenantId tenant, SqlStatement statement) throws SQLException {
        usage.requireRoom(tenant, statement);
    }

    DbLimits limits() {
        return limits;
    }

    /**
     * Deletes what the ledger holds of runs that have ended.
     *
     * @param notEnded which of some executions have not
     */
    public void sweepLedger(UnaryOperator<Set<String>> notEnded) {
        try {
            roles.sweep(notEnded);
        } catch (SQLException e) {
            throw new FastnException(ErrorCode.DB_UNAVAILABLE, "the ledger of effects could not be swept", e);
        }
    }

    @Override
    public int sealAgain(TenantId tenant, int limit) {
        try {
            return roles.sealAgain(tenant) ? 1 : 0;
        } catch (SQLException e) {
            throw new FastnException(
                    ErrorCode.DB_UNAVAILABLE, "the password of a tenant could not be sealed with its new key", e);
        }
    }

    @Override
    public boolean waits(TenantId tenant) {
        try {
            return roles.hasOldResults(tenant);
        } catch (SQLException e) {
            throw new FastnException(ErrorCode.DB_UNAVAILABLE, "the ledger of effects can not be read", e);
        }
    }

    /** Closes the pools that nobody has used for this time. */
    void closeIdlePools(Duration unused) {
        for (TenantId tenant : pools.keySet()) {
            closeUnused(tenant, unused);
        }
    }

    private void closeUnused(TenantId tenant, Duration unused) {
        pools.computeIfPresent(tenant, (id, pool) -> {
            if (pool.isIdleFor(unused)) {
                pool.close();
                return null;
            }
            return pool;
        });
    }

    int openPools() {
        return pools.size();
    }

    @Override
    public void close() {
        pools.values().forEach(TenantPool::close);
        pools.clear();
    }

    private void awaitTurn() throws SQLException {
        try {
            if (!turns.tryAcquire(WAIT_FOR_TURN.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new SQLTransientConnectionException(
                        "all " + limits.connections() + " connections to the tenants' database are in use", "53300");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLTransientConnectionException("interrupted", "57014", e);
        }
    }

    private TenantPool pool(TenantId tenant) throws SQLException {
        try {
            return pools.compute(tenant, (id, pool) -> pool == null ? open(id) : pool)
                    .use();
        } catch (OpenFailedException e) {
            throw e.cause;
        }
    }

    private TenantPool open(TenantId tenant) {
        try {
            TenantRole role = roles.roleOf(tenant);
            String url = roles.url();
            requireCheckedPasswords(role, url);
            return new TenantPool(role, url, limits);
        } catch (SQLException e) {
            throw new OpenFailedException(e);
        }
    }

    /** A server that trusts everybody would let any tenant be anybody. */
    private void requireCheckedPasswords(TenantRole role, String url) throws SQLException {
        if (passwordsAreChecked.get()) {
            return;
        }
        TenantRole impostor = new TenantRole(role.name(), "not " + role.password());
        try (Connection connection = TenantPool.dataSource(impostor, url).getConnection()) {
            connection.isValid(1);
        } catch (SQLException e) {
            if (String.valueOf(e.getSQLState()).startsWith(PASSWORD_REFUSED_CLASS)) {
                passwordsAreChecked.set(true);
                return;
            }
            throw e;
        }
        throw TenantRoles.unavailable(
                "its server lets roles in without a password; pg_hba.conf must ask roles t_... for scram-sha-256");
    }

    /** Carries an SQLException out of a lambda. */
    private static final class OpenFailedException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final SQLException cause;

        OpenFailedException(SQLException cause) {
            super(cause);
            this.cause = cause;
        }
    }
}
