package ai.fastn.camunda.effect.connector;

import java.util.Map;

/** An action that was performed in this JVM failed in a way that the author's code shall see. */
public final class ActionFailedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final boolean retryable;
    private final transient Map<String, Object> facts;

    /**
     * A failure.
     *
     * @param message says what happened, without secrets
     * @param retryable whether the same call may succeed later
     * @param facts further members of the error as plain JSON values, such as {@code status}
     */
    public ActionFailedException(String message, boolean retryable, Map<String, Object> facts) {
        super(message);
        this.retryable = retryable;
        this.facts = Map.copyOf(facts);
    }

    boolean isRetryable() {
        return retryable;
    }

    Map<String, Object> facts() {
        return facts;
    }
}
