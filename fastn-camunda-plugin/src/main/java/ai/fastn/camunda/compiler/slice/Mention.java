package ai.fastn.camunda.compiler.slice;

import ai.fastn.camunda.compiler.parse.Script;
import ai.fastn.camunda.diagnostic.SourceSpan;

/**
 * Something in the source that a step could be called after, whether or not it has a step.
 *
 * @param meaning the words that an id is made of
 */
public record Mention(String meaning, Place place) {

    static Mention of(String meaning, SourceSpan span, Script script) {
        return new Mention(meaning, Place.of(script, span));
    }
}
