package ai.fastn.camunda.runtime;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * The calls that durable runs have died in, and what somebody says of them. The next attempt goes by it.
 *
 * @param cipher for the answers of runs that have read a secret
 */
public record InDoubtCalls(FrameCipher cipher) {

    /**
     * The call was performed. All is done in the transaction of the connection.
     *
     * @param outputJson what the service answered, as the code sees it
     * @throws FastnException NOTHING_IN_DOUBT
     */
    public void happened(Connection connection, RunScope scope, int call, String outputJson) throws SQLException {
        find(connection, scope, call).answered(cipher, outputJson);
    }

    /**
     * The call was not performed: the next attempt makes it. All is done in the transaction of the connection.
     *
     * @throws FastnException NOTHING_IN_DOUBT
     */
    public void didNotHappen(Connection connection, RunScope scope, int call) throws SQLException {
        find(connection, scope, call).forget();
    }

    private static StartedCall find(Connection connection, RunScope scope, int call) throws SQLException {
        return StartedCall.find(connection, scope, call)
                .filter(started -> !started.isWait())
                .orElseThrow(() -> new FastnException(
                        ErrorCode.NOTHING_IN_DOUBT,
                        "call " + call + " of execution \"" + scope.execution() + "\" is not in doubt"));
    }
}
