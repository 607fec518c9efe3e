package ai.fastn.camunda.runtime;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.effect.Transactions;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** The calls that durable runs have died in, and what somebody says of them. The next attempt goes by it. */
public final class InDoubtCalls {

    private final DataSource dataSource;
    private final FrameCipher cipher;

    public InDoubtCalls(DataSource dataSource, FrameCipher cipher) {
        this.dataSource = dataSource;
        this.cipher = cipher;
    }

    /**
     * The call was performed.
     *
     * @param outputJson what the service answered, as the code sees it
     * @throws FastnException NOTHING_IN_DOUBT
     */
    public void happened(RunScope scope, int call, String outputJson) {
        answer(scope, call, started -> started.answered(cipher, outputJson));
    }

    /**
     * The call was not performed: the next attempt makes it.
     *
     * @throws FastnException NOTHING_IN_DOUBT
     */
    public void didNotHappen(RunScope scope, int call) {
        answer(scope, call, StartedCall::forget);
    }

    private void answer(RunScope scope, int call, Answer answer) {
        try (Connection connection = dataSource.getConnection()) {
            Transactions.run(connection, () -> {
                answer.write(StartedCall.find(connection, scope, call)
                        .filter(started -> !started.isWait())
                        .orElseThrow(() -> new FastnException(
                                ErrorCode.NOTHING_IN_DOUBT,
                                "call " + call + " of execution \"" + scope.execution() + "\" is not in doubt")));
                return true;
            });
        } catch (SQLException e) {
            throw new FastnException(
                    ErrorCode.JOURNAL_UNAVAILABLE,
                    "the answer can not be written: the database answers SQLSTATE " + e.getSQLState(),
                    e);
        }
    }

    /** What an answer changes. */
    private interface Answer {
        void write(StartedCall started) throws SQLException;
    }
}
