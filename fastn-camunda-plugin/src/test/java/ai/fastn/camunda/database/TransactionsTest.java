package ai.fastn.camunda.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;

import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.mockito.InOrder;

class TransactionsTest {

    private final Connection connection = mock(Connection.class);

    @Test
    void whatBrokeTheConnectionIsToldNotThatItCouldNotBeRolledBack() throws SQLException {
        SQLException cut = new SQLException("terminating connection due to administrator command", "57P01");
        doThrow(new SQLException("Connection is closed")).when(connection).rollback();

        assertThatThrownBy(() -> Transactions.run(connection, () -> {
                    throw cut;
                }))
                .isSameAs(cut)
                .satisfies(failure -> assertThat(failure.getSuppressed()[0]).hasMessage("Connection is closed"));
    }

    @Test
    void whatFailsIsRolledBackAndTheConnectionCommitsByItselfAgain() throws SQLException {
        assertThatThrownBy(() -> Transactions.run(connection, () -> {
                    throw new IllegalStateException("taken over");
                }))
                .hasMessage("taken over");

        InOrder order = inOrder(connection);
        order.verify(connection).setAutoCommit(false);
        order.verify(connection).rollback();
        order.verify(connection).setAutoCommit(true);
    }

    @Test
    void whatSucceedsIsCommittedOnce() throws SQLException {
        Transactions.run(connection, () -> true);

        verify(connection).commit();
    }
}
