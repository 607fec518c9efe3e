package ai.fastn.camunda.runtime;

import ai.fastn.camunda.database.Transactions;
import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * The database with what is on record of runs, on a connection pool that the engine does not use.
 *
 * @param connections that pool
 */
record JournalDatabase(DataSource connections) {

    /**
     * Does something with a connection.
     *
     * @param failure what is said when the database does not do it: "the journal of runs can not be read"
     * @throws FastnException JOURNAL_UNAVAILABLE
     */
    <T> T perform(String failure, Work<T> work) {
        try (Connection connection = connections.getConnection()) {
            return work.on(connection);
        } catch (SQLException e) {
            throw new FastnException(
                    ErrorCode.JOURNAL_UNAVAILABLE, failure + ": the database answers SQLSTATE " + e.getSQLState(), e);
        }
    }

    /** The same in one transaction. */
    <T> T commit(String failure, Work<T> work) {
        return perform(failure, connection -> Transactions.run(connection, () -> work.on(connection)));
    }

    /** Something done with a connection. */
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }
}
