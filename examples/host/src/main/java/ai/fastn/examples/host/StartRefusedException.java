package ai.fastn.examples.host;

/** The host can not start for a reason that its user can change; the message is one sentence that says how. */
final class StartRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    StartRefusedException(String message) {
        super(message);
    }
}
