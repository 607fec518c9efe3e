package ai.fastn.camunda.diagnostic;

import java.util.Objects;

/**
 * A request or a run failed for a reason that its user can act on. The message starts with the thing, quotes ids, gives
 * units and holds no secret.
 */
public class FastnException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    public FastnException(ErrorCode code, String message) {
        super(message);
        this.code = code;
    }

    public FastnException(ErrorCode code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    /** Never null here. */
    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }

    public ErrorCode code() {
        return code;
    }
}
