package ai.fastn.camunda.effect.connector;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * The service that an action in this JVM calls has refused the credentials, and has done nothing. Where the connection
 * can get others, a new token or the answer to a challenge, the action is performed once more with those; else the
 * author's code sees what failed.
 */
public final class CredentialsRefusedException extends Exception {

    private static final long serialVersionUID = 1L;
    private static final URI NOWHERE = URI.create("");

    private final transient Credentials.Rejected rejected;
    private final Exception failure;

    /**
     * A refusal.
     *
     * @param message what the author's code sees in the end, without secrets
     */
    public CredentialsRefusedException(String message) {
        this(
                new Credentials.Rejected("", NOWHERE, Optional.empty()),
                new ActionFailedException(message, false, Map.of("status", 401)));
    }

    /**
     * A refusal by HTTP.
     *
     * @param failure what the author's code sees in the end
     */
    public CredentialsRefusedException(Credentials.Rejected rejected, Exception failure) {
        super(failure.getMessage(), failure);
        this.rejected = rejected;
        this.failure = failure;
    }

    Credentials.Rejected rejected() {
        return rejected;
    }

    Exception failure() {
        return failure;
    }
}
