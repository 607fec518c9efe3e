package ai.fastn.camunda.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;

/**
 * One entry of a path: a piece of code that ran, and how it ended.
 *
 * @param attempt what {@code ctx.execution.attempt} was
 */
record Passed(Kind kind, String elementId, int attempt, End end) {

    static Passed of(JsonNode node) {
        return new Passed(
                Kind.valueOf(node.get(0).asText()),
                node.get(1).asText(),
                node.get(2).asInt(),
                End.valueOf(node.get(3).asText()));
    }

    void addTo(ArrayNode array) {
        array.addArray().add(kind.name()).add(elementId).add(attempt).add(end.name());
    }

    /** What the code was for; stored by name. */
    enum Kind {
        STEP,
        CONDITION,
        WAIT
    }

    /** How it ended; stored by name. */
    enum End {
        DONE,
        YES,
        NO,
        CAUGHT
    }
}
