package ai.fastn.camunda.bench;

/** Something did not come to an end in the time it had. */
final class NoEndException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NoEndException(String message) {
        super(message);
    }
}
