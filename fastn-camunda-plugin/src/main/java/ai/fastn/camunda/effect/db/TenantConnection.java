package ai.fastn.camunda.effect.db;

import ai.fastn.camunda.effect.EffectScope;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.postgresql.core.TransactionState;
import org.postgresql.jdbc.PgConnection;

/** A connection lent to one call: transactions, the ledger, and giving it back clean or not at all. */
final class TenantConnection implements AutoCloseable {

    private final Connection connection;
    private final TenantPool pool;
    private final Semaphore turns;
    private boolean broken;

    TenantConnection(Connection connection, TenantPool pool, Semaphore turns) {
        this.connection = connection;
        this.pool = pool;
        this.turns = turns;
    }

    void begin(boolean readOnly, Duration timeout) throws SQLException {
        connection.setReadOnly(readOnly);
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET LOCAL statement_timeout = " + Math.max(1, timeout.toMillis())
                    + "; SET LOCAL lock_timeout = '2s'; SET LOCAL TimeZone = 'UTC'; SET LOCAL search_path = "
                    + pool.schema());
        }
    }

    PreparedStatement prepare(String sql) throws SQLException {
        return connection.prepareStatement(sql);
    }

    /** Whether the statement left the transaction as it found it. */
    boolean isInTransaction() throws SQLException {
        return connection.unwrap(PgConnection.class).getTransactionState() == TransactionState.OPEN;
    }

    void commit() throws SQLException {
        connection.commit();
    }

    /** Rolls back; a connection that can not do that is never used again. */
    void rollback() {
        try {
            if (!connection.isClosed()) {
                endTransaction();
                return;
            }
        } catch (SQLException e) {
            broken = true;
            return;
        }
        broken = true;
    }

    void destroy() {
        broken = true;
    }

    boolean isBroken() {
        return broken;
    }

    /**
     * Writes the ledger row of an effect; SQLSTATE 23505 when another executor has.
     *
     * @return whether the run is still owned by who performs the effect
     */
    boolean record(EffectScope scope, byte[] callHash, byte[] result) throws SQLException {
        try (PreparedStatement call = connection.prepareStatement("SELECT fastn.record_effect(?, ?, ?, ?, ?)")) {
            call.setString(1, scope.execution().value());
            call.setInt(2, scope.ordinal());
            call.setBytes(3, callHash);
            call.setBytes(4, result);
            call.setLong(5, scope.fence());
            try (ResultSet row = call.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    /** The ledger row of an effect; whoever took the run over before can write none from now on. */
    Optional<LedgerRow> recorded(EffectScope scope) throws SQLException {
        try (PreparedStatement call =
                connection.prepareStatement("SELECT call_hash, result FROM fastn.recorded_effect(?, ?, ?)")) {
            call.setString(1, scope.execution().value());
            call.setInt(2, scope.ordinal());
            call.setLong(3, scope.fence());
            try (ResultSet row = call.executeQuery()) {
                return row.next() ? Optional.of(new LedgerRow(row.getBytes(1), row.getBytes(2))) : Optional.empty();
            }
        }
    }

    @Override
    public void close() {
        try {
            if (!broken) {
                clean();
            }
        } catch (SQLException e) {
            broken = true;
        } finally {
            giveBack();
        }
    }

    /** Nothing that a statement has set may reach the next one. */
    private void clean() throws SQLException {
        endTransaction();
        connection.setReadOnly(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("DISCARD ALL");
        }
    }

    private void endTransaction() throws SQLException {
        if (!connection.getAutoCommit()) {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    private void giveBack() {
        try {
            if (broken) {
                pool.destroy(connection);
            } else {
                connection.close();
            }
        } catch (SQLException e) {
            pool.destroy(connection);
        } finally {
            pool.release();
            turns.release();
        }
    }
}
