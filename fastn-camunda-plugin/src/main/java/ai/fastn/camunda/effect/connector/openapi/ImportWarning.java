package ai.fastn.camunda.effect.connector.openapi;

/**
 * Something in a document that a definition does not carry over, or carries over changed.
 *
 * @param place where in the document: {@code paths./deals/{id}.get}
 */
public record ImportWarning(String place, String message) {}
