package ai.fastn.camunda.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.InOrder;

class JournalDatabaseTest {

    private final DataSource pool = mock(DataSource.class);
    private final Connection connection = mock(Connection.class);
    private final JournalDatabase database = new JournalDatabase(pool);

    @BeforeEach
    void connect() throws SQLException {
        when(pool.getConnection()).thenReturn(connection);
    }

    @Test
    void aDatabaseThatRefusesIsNamedWithItsState() throws SQLException {
        SQLException full = new SQLException("could not extend file", "53100");

        assertThatThrownBy(() -> database.commit("the journal of runs can not be written", open -> {
                    throw full;
                }))
                .isInstanceOfSatisfying(
                        FastnException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.JOURNAL_UNAVAILABLE))
                .hasMessage("the journal of runs can not be written: the database answers SQLSTATE 53100")
                .hasCause(full);
        InOrder order = inOrder(connection);
        order.verify(connection).rollback();
        order.verify(connection).close();
        verify(connection, never()).commit();
    }

    @Test
    void aDatabaseThatCanNotBeReachedToo() throws SQLException {
        when(pool.getConnection()).thenThrow(new SQLException("refused", "08001"));

        assertThatThrownBy(() -> database.perform("the answer can not be written", open -> true))
                .hasMessage("the answer can not be written: the database answers SQLSTATE 08001");
    }

    @Test
    void whatIsDoneInOneTransactionIsCommittedAndItsConnectionGivenBack() throws SQLException {
        int answer = database.commit("the journal of runs can not be written", open -> 7);

        assertThat(answer).isEqualTo(7);
        InOrder order = inOrder(connection);
        order.verify(connection).commit();
        order.verify(connection).close();
    }

    @Test
    void whatOnlyReadsNeedsNoTransaction() throws SQLException {
        Connection given = database.perform("the journal of runs can not be read", open -> open);

        assertThat(given).isSameAs(connection);
        verify(connection, never()).setAutoCommit(false);
        verify(connection).close();
    }
}
