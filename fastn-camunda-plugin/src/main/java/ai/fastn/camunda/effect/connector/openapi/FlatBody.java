package ai.fastn.camunda.effect.connector.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The members of a body that is an object, through references and {@code allOf}.
 *
 * @param properties without those that only answers have
 * @param open whether the object says that it may have others
 */
record FlatBody(Map<String, JsonNode> properties, Set<String> required, boolean open) {

    private static final int DEEPEST = 20;

    /** Keywords by which an object is one of several: its members can not be told apart from each other. */
    private static final Set<String> ALTERNATIVES = Set.of("anyOf", "oneOf", "if", "not", "patternProperties");

    /** The members; empty for what is no object, is one of several, or is a map. */
    static Optional<FlatBody> of(ApiDocument document, JsonNode schema, String place) {
        FlatBody body = new FlatBody(new LinkedHashMap<>(), new TreeSet<>(), false);
        Set<JsonNode> openOnes = new HashSet<>();
        boolean flat = body.add(document, schema, place, 0, openOnes);
        body.required.retainAll(body.properties.keySet());
        return flat && !body.properties.isEmpty()
                ? Optional.of(new FlatBody(body.properties, body.required, !openOnes.isEmpty()))
                : Optional.empty();
    }

    private boolean add(ApiDocument document, JsonNode found, String place, int depth, Set<JsonNode> openOnes) {
        JsonNode schema = document.resolve(found, place);
        if (depth > DEEPEST || !isObject(schema) || isOneOfSeveral(schema)) {
            return false;
        }
        schema.path("properties").properties().forEach(property -> {
            if (!document.resolve(property.getValue(), place).path("readOnly").asBoolean(false)) {
                properties.put(property.getKey(), property.getValue());
            }
        });
        schema.path("required").forEach(name -> required.add(name.asText()));
        JsonNode additional = schema.path("additionalProperties");
        if (additional.isObject() || additional.asBoolean(false)) {
            openOnes.add(additional);
        }
        for (JsonNode part : schema.path("allOf")) {
            if (!add(document, part, place, depth + 1, openOnes)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isObject(JsonNode schema) {
        JsonNode type = schema.path("type");
        if (type.isMissingNode()) {
            return schema.has("properties") || schema.has("allOf") || schema.has("required");
        }
        for (JsonNode one : type) {
            if (one.asText().equals("object")) {
                return true;
            }
        }
        return type.asText().equals("object");
    }

    /** Lists of required members only narrow; anything else is another object. */
    private static boolean isOneOfSeveral(JsonNode schema) {
        for (String keyword : ALTERNATIVES) {
            for (JsonNode one : schema.path(keyword)) {
                boolean narrows = one.size() == 1 && one.has("required") && schema.has("properties");
                if (!narrows) {
                    return true;
                }
            }
        }
        return false;
    }
}
