package ai.fastn.camunda.effect.connector.openapi;

/** An operation has something that no action of a definition can do. */
final class NotCarriedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The message names the place in the document. */
    NotCarriedException(String message) {
        super(message);
    }
}
