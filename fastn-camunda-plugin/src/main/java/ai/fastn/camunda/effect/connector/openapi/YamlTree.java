package ai.fastn.camunda.effect.connector.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes JSON of what YAML was read as; stops where aliases would make much of little. */
final class YamlTree {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /**
     * How many characters of JSON a document may have beyond twice its own size, which no document without aliases has.
     */
    private static final int ROOM_FOR_ALIASES = 2_000_000;

    private static final int CHARACTERS_OF_A_NODE = 4;

    private final int deepest;
    private long left;

    YamlTree(int bytes, int deepest) {
        this.left = 2L * bytes + ROOM_FOR_ALIASES;
        this.deepest = deepest;
    }

    JsonNode json(@Nullable Object value) {
        return json(value, 0);
    }

    private JsonNode json(@Nullable Object value, int depth) {
        spend(CHARACTERS_OF_A_NODE);
        if (depth > deepest) {
            throw StrictDocument.unreadable("is nested more than " + deepest + " levels deep");
        }
        if (value instanceof Map<?, ?> map) {
            return object(map, depth);
        }
        if (value instanceof List<?> list) {
            ArrayNode array = NODES.arrayNode(list.size());
            list.forEach(item -> array.add(json(item, depth + 1)));
            return array;
        }
        return scalar(value);
    }

    private ObjectNode object(Map<?, ?> map, int depth) {
        ObjectNode object = NODES.objectNode();
        map.forEach((key, member) -> {
            if (key instanceof Map || key instanceof List) {
                throw StrictDocument.unreadable("has a list or an object as the name of a member");
            }
            String name = String.valueOf(key);
            spend(name.length());
            if (object.has(name)) {
                throw StrictDocument.unreadable("has the member \"" + name + "\" twice in one object");
            }
            object.set(name, json(member, depth + 1));
        });
        return object;
    }

    private JsonNode scalar(@Nullable Object value) {
        if (value instanceof Boolean truth) {
            return NODES.booleanNode(truth);
        }
        if (value instanceof Integer number) {
            return NODES.numberNode(number);
        }
        if (value instanceof Long number) {
            return NODES.numberNode(number);
        }
        if (value instanceof BigInteger number) {
            return NODES.numberNode(number);
        }
        if (value instanceof Double number && Double.isFinite(number)) {
            return NODES.numberNode(BigDecimal.valueOf(number));
        }
        if (value == null) {
            return NODES.nullNode();
        }
        if (value instanceof String text) {
            spend(text.length());
            return NODES.textNode(text);
        }
        throw StrictDocument.unreadable("has a value of a type that JSON does not have");
    }

    private void spend(int characters) {
        left -= characters;
        if (left < 0) {
            throw StrictDocument.unreadable(
                    "grows by its aliases to more than twice its size and " + ROOM_FOR_ALIASES + " characters");
        }
    }
}
