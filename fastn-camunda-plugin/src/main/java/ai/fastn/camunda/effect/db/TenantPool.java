package ai.fastn.camunda.effect.db;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.postgresql.ds.PGSimpleDataSource;

/** The connections of one tenant; shrinks to none when nobody uses them. */
final class TenantPool implements AutoCloseable {

    private static final Duration IDLE_CONNECTION = Duration.ofSeconds(30);
    private static final Duration WAIT_FOR_CONNECTION = Duration.ofSeconds(3);
    /** For one fetch of rows: a protection of this JVM, above what {@link DbLimits#bytes()} lets through. */
    private static final String DRIVER_BUFFER = "32M";

    private static final int SOCKET_TIMEOUT_SECONDS = 90;

    private final HikariDataSource connections;
    private final TenantRole role;
    private final AtomicInteger users = new AtomicInteger();
    private final AtomicLong lastUse = new AtomicLong(System.nanoTime());

    TenantPool(TenantRole role, String url, DbLimits limits) {
        this.role = role;
        HikariConfig config = new HikariConfig();
        config.setPoolName("fastn-" + role.name());
        config.setDataSource(dataSource(role, url));
        config.setMinimumIdle(0);
        config.setMaximumPoolSize(limits.connectionsPerTenant());
        config.setIdleTimeout(IDLE_CONNECTION.toMillis());
        config.setConnectionTimeout(WAIT_FOR_CONNECTION.toMillis());
        config.setInitializationFailTimeout(-1);
        this.connections = new HikariDataSource(config);
    }

    static PGSimpleDataSource dataSource(TenantRole role, String url) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setURL(url);
        source.setUser(role.name());
        source.setPassword(role.password());
        source.setLogServerErrorDetail(false); // the values of a statement that failed
        source.setStringType("unspecified");
        source.setBinaryTransfer(false);
        source.setPrepareThreshold(0);
        source.setMaxResultBuffer(DRIVER_BUFFER);
        source.setSocketTimeout(SOCKET_TIMEOUT_SECONDS);
        source.setApplicationName("fastn");
        return source;
    }

    /** The name of the tenant's schema and role. */
    String schema() {
        return role.name();
    }

    Connection connect() throws SQLException {
        return connections.getConnection();
    }

    /** Keeps the pool open until {@link #release}. */
    TenantPool use() {
        users.incrementAndGet();
        return this;
    }

    void release() {
        lastUse.set(System.nanoTime());
        users.decrementAndGet();
    }

    boolean isIdleFor(Duration time) {
        return users.get() == 0 && System.nanoTime() - lastUse.get() >= time.toNanos();
    }

    /** How many there are, at work or kept. */
    int connections() {
        HikariPoolMXBean pool = connections.getHikariPoolMXBean();
        return pool == null ? 0 : pool.getTotalConnections();
    }

    Duration unusedFor() {
        return users.get() > 0 ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - lastUse.get());
    }

    /** Throws a connection away instead of handing it out again. */
    void destroy(Connection connection) {
        connections.evictConnection(connection);
    }

    @Override
    public void close() {
        connections.close();
    }
}
