package ai.fastn.camunda.database;

import java.sql.Connection;
import java.sql.SQLException;

/** Runs statements in one transaction of a connection that otherwise commits by itself. */
public final class Transactions {

    private Transactions() {}

    /**
     * Runs them; a failure of any kind rolls back.
     *
     * @throws SQLException the failure itself, also where the connection is so broken that it can not be rolled back
     */
    public static <T> T run(Connection connection, Statements<T> statements) throws SQLException {
        connection.setAutoCommit(false);
        try {
            T result = statements.perform();
            connection.commit();
            connection.setAutoCommit(true);
            return result;
        } catch (SQLException | RuntimeException e) {
            rollback(connection, e);
            throw e;
        }
    }

    /** A connection that broke can not be rolled back either; what broke it is what its user must learn. */
    private static void rollback(Connection connection, Exception cause) {
        try {
            connection.rollback();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    /** What is done in the transaction. */
    public interface Statements<T> {
        T perform() throws SQLException;
    }
}
