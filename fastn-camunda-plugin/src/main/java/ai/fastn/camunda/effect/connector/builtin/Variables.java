package ai.fastn.camunda.effect.connector.builtin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.dmn.engine.DmnDecisionResult;
import org.camunda.bpm.dmn.engine.DmnDecisionResultEntries;
import org.jspecify.annotations.Nullable;

/** Variables of processes: texts, numbers and truth values as they are, objects and lists as texts in JSON. */
final class Variables {

    private static final JsonMapper JSON =
            JsonMapper.builder().findAndAddModules().build();

    private Variables() {}

    static Map<String, Object> read(JsonNode members) {
        Map<String, Object> variables = new LinkedHashMap<>();
        members.properties().forEach(entry -> variables.put(entry.getKey(), value(entry.getValue())));
        return variables;
    }

    private static @Nullable Object value(JsonNode value) {
        if (value.isNull()) {
            return null;
        }
        if (value.isTextual()) {
            return value.textValue();
        }
        if (value.isBoolean()) {
            return value.booleanValue();
        }
        if (value.isIntegralNumber() && value.canConvertToLong()) {
            return value.canConvertToInt() ? (Object) value.intValue() : (Object) value.longValue();
        }
        return value.isNumber() ? (Object) value.doubleValue() : value.toString();
    }

    /** The outputs of the rules that matched, by name. */
    static JsonNode json(DmnDecisionResult result) {
        ObjectNode json = JSON.createObjectNode();
        ArrayNode rules = json.putArray("rules");
        for (DmnDecisionResultEntries rule : result) {
            rules.add(JSON.valueToTree(rule.getEntryMap()));
        }
        return json;
    }

    static JsonNode json(@Nullable Object value) {
        return JSON.valueToTree(value);
    }

    /** Whether JSON can show it without asking classes of other applications. */
    static boolean isPlain(@Nullable Object value) {
        return value == null
                || List.of(String.class, Boolean.class, Integer.class, Long.class, Short.class, Double.class)
                        .contains(value.getClass());
    }
}
