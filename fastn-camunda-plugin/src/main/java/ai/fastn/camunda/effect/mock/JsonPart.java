package ai.fastn.camunda.effect.mock;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** Compares JSON values as JavaScript would: 1 and 1.0 are the same number. */
final class JsonPart {

    private JsonPart() {}

    /** Whether a value has everything that the part has: objects member by member, everything else whole. */
    static boolean isIn(JsonNode part, JsonNode whole) {
        if (!part.isObject()) {
            return areEqual(part, whole);
        }
        for (Map.Entry<String, JsonNode> member : part.properties()) {
            if (!isIn(member.getValue(), whole.path(member.getKey()))) {
                return false;
            }
        }
        return whole.isObject();
    }

    private static boolean areEqual(JsonNode one, JsonNode other) {
        return one.equals(
                (a, b) -> a.isNumber() && b.isNumber()
                        ? a.decimalValue().compareTo(b.decimalValue())
                        : a.equals(b) ? 0 : 1,
                other);
    }

    /** How much there is in it: what is part of something else has less. */
    static int size(JsonNode value) {
        int size = 1;
        if (value.isObject()) {
            for (JsonNode member : value) {
                size += size(member);
            }
        }
        return size;
    }
}
