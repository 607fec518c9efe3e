package ai.fastn.camunda.effect.connector;

import java.io.IOException;

/** Nobody knows whether a service did what it was asked; the message says why, without secrets. */
public final class UnansweredException extends IOException {

    private static final long serialVersionUID = 1L;

    public UnansweredException(String message, Throwable cause) {
        super(message, cause);
    }
}
