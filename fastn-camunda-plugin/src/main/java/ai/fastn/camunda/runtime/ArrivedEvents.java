package ai.fastn.camunda.runtime;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** Events that runs have waited for. */
public final class ArrivedEvents {

    private final FrameCipher cipher;

    public ArrivedEvents(FrameCipher cipher) {
        this.cipher = cipher;
    }

    /**
     * Records in the transaction of the connection that an event has arrived: the step that waits for it goes on with
     * the payload when it runs again.
     *
     * @param call number of the call that waits
     * @return false when it no longer waits
     */
    public boolean arrived(Connection connection, RunScope scope, int call, String payloadJson) throws SQLException {
        Optional<StartedCall> waiting =
                StartedCall.find(connection, scope, call).filter(StartedCall::isWait);
        if (waiting.isPresent()) {
            waiting.get().succeeded(cipher, payloadJson);
        }
        return waiting.isPresent();
    }
}
