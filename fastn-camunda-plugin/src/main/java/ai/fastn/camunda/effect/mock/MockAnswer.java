package ai.fastn.camunda.effect.mock;

import ai.fastn.camunda.effect.Scenario;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Map;

/**
 * What a call gets instead of being made.
 *
 * @param delay after which the code gets it
 */
record MockAnswer(Content content, Duration delay) {

    /** One of three kinds. */
    sealed interface Content {}

    /**
     * A result.
     *
     * @param wire as the function would give it to the sandbox, one JSON value
     */
    record Output(JsonNode wire) implements Content {}

    /**
     * An error.
     *
     * @param name empty: the usual one of such calls
     */
    record Thrown(String name, String message, Map<String, Object> fields) implements Content {}

    /** The error that such a call gives in a scenario. */
    record Usual(Scenario scenario) implements Content {}
}
