package ai.fastn.camunda.runtime;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import java.sql.SQLException;
import javax.sql.DataSource;

/** The calls that durable runs have died in, and what somebody says of them. The next attempt goes by it. */
public final class InDoubtCalls {

    private final JournalDatabase database;
    private final FrameCipher cipher;

    /** @param plugin a connection pool that the engine does not use */
    public InDoubtCalls(DataSource plugin, FrameCipher cipher) {
        this.database = new JournalDatabase(plugin);
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
        database.commit("the answer can not be written", connection -> {
            answer.write(StartedCall.find(connection, scope, call)
                    .filter(started -> !started.isWait())
                    .orElseThrow(() -> new FastnException(
                            ErrorCode.NOTHING_IN_DOUBT,
                            "call " + call + " of execution \"" + scope.execution() + "\" is not in doubt")));
            return true;
        });
    }

    /** What an answer changes. */
    private interface Answer {
        void write(StartedCall started) throws SQLException;
    }
}
