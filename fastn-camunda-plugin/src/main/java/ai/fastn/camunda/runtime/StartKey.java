package ai.fastn.camunda.runtime;

import java.io.Serializable;

/**
 * What makes a start happen once, however often it is asked for.
 *
 * @param text chosen by who asks; the same for each repetition
 * @param request SHA-256 of what is asked for, in hexadecimal digits: another request with the same key is a mistake
 */
public record StartKey(String text, String request) implements Serializable {}
