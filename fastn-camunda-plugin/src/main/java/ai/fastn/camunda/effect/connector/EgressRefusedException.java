package ai.fastn.camunda.effect.connector;

import java.net.UnknownHostException;

/** A host resolves to an address that must not be called; an UnknownHostException because a resolver throws it. */
public final class EgressRefusedException extends UnknownHostException {

    private static final long serialVersionUID = 1L;

    EgressRefusedException(String message) {
        super(message);
    }
}
