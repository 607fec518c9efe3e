package ai.fastn.camunda.runtime;

import java.sql.Connection;
import java.sql.SQLException;

/** Runs statements in one transaction of a connection that otherwise commits by itself. */
final class Transactions {

    private Transactions() {}

    static <T> T run(Connection connection, Statements<T> statements) throws SQLException {
        connection.setAutoCommit(false);
        boolean committed = false;
        try {
            T result = statements.perform();
            connection.commit();
            committed = true;
            return result;
        } finally {
            if (!committed) {
                connection.rollback();
            }
            connection.setAutoCommit(true);
        }
    }

    /** What is done in the transaction. */
    interface Statements<T> {
        T perform() throws SQLException;
    }
}
