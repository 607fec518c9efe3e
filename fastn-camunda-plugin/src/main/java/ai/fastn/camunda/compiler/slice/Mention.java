package ai.fastn.camunda.compiler.slice;

/**
 * Something in the source that a step could be called after, whether or not it has a step.
 *
 * @param meaning the words that an id is made of
 */
public record Mention(String meaning, Place place) {}
