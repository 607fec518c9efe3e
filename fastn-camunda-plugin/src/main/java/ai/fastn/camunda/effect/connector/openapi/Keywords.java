package ai.fastn.camunda.effect.connector.openapi;

import ai.fastn.camunda.effect.connector.SchemaPattern;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;

/** Keywords of a schema that hold no other schemas: most stay what they are, those of OpenAPI 3.0 get today's form. */
final class Keywords {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Set<String> TYPES =
            Set.of("string", "number", "integer", "boolean", "array", "object", "null");
    private static final Map<String, String> EXCLUSIVE =
            Map.of("exclusiveMinimum", "minimum", "exclusiveMaximum", "maximum");

    private final ApiDocument document;
    private final Warnings warnings;

    Keywords(ApiDocument document, Warnings warnings) {
        this.document = document;
        this.warnings = warnings;
    }

    void copy(ObjectNode target, String name, JsonNode value, JsonNode schema, String place) {
        switch (name) {
            case "required" -> required(target, value, schema);
            case "type" -> type(target, value, place);
            case "pattern" -> pattern(target, value, place);
            case "enum" -> {
                if (value.isArray() && !value.isEmpty()) {
                    target.set(name, value);
                }
            }
            default -> target.set(name, value);
        }
    }

    /** OpenAPI has one example, JSON Schema a list of them. */
    void example(JsonNode schema, ObjectNode converted) {
        if (schema.has("example") && !converted.has("examples")) {
            converted.putArray("examples").add(schema.get("example"));
        }
        if (!converted.path("examples").isArray()) {
            converted.remove("examples");
        }
    }

    /** A schema of OpenAPI 3.0, which has its own way to allow null and to exclude limits. */
    JsonNode of30(JsonNode schema, ObjectNode converted) {
        EXCLUSIVE.forEach((exclusive, limit) -> {
            if (converted.path(exclusive).isBoolean()) {
                boolean excluded = converted.remove(exclusive).asBoolean() && converted.has(limit);
                if (excluded) {
                    converted.set(exclusive, converted.remove(limit));
                }
            }
        });
        if (schema.path("format").asText().equals("byte")) {
            converted.put("contentEncoding", "base64");
        }
        return schema.path("nullable").asBoolean(false) ? nullable(converted) : converted;
    }

    private static JsonNode nullable(ObjectNode schema) {
        if (!schema.has("type") && schema.path("anyOf") instanceof ArrayNode alternatives) {
            alternatives.addObject().put("type", "null");
            return schema;
        }
        if (!schema.has("type")) {
            ObjectNode either = NODES.objectNode();
            either.putArray("anyOf").add(schema).addObject().put("type", "null");
            return either;
        }
        ArrayNode types = NODES.arrayNode().add(schema.get("type")).add("null");
        schema.set("type", types);
        if (schema.path("enum") instanceof ArrayNode values && !hasNull(values)) {
            ArrayNode more = NODES.arrayNode().addAll(values);
            schema.set("enum", more.addNull());
        }
        return schema;
    }

    private static boolean hasNull(ArrayNode values) {
        for (JsonNode value : values) {
            if (value.isNull()) {
                return true;
            }
        }
        return false;
    }

    /** One schema serves requests and answers here, so nothing is required that only one of them has. */
    private void required(ObjectNode target, JsonNode names, JsonNode schema) {
        ArrayNode required = NODES.arrayNode();
        for (JsonNode name : names) {
            if (name.isTextual() && !isOneWay(schema.path("properties").path(name.textValue()))) {
                required.add(name);
            }
        }
        if (!required.isEmpty()) {
            target.set("required", required);
        }
    }

    private boolean isOneWay(JsonNode property) {
        JsonNode resolved = resolved(property);
        return resolved.path("readOnly").asBoolean(false)
                || resolved.path("writeOnly").asBoolean(false);
    }

    private JsonNode resolved(JsonNode schema) {
        try {
            return document.resolve(schema, "");
        } catch (NotCarriedException e) {
            return NODES.objectNode(); // The conversion of that very schema warns.
        }
    }

    private void type(ObjectNode target, JsonNode type, String place) {
        if (type.isTextual() && TYPES.contains(type.textValue())) {
            target.set("type", type);
            return;
        }
        ArrayNode known = NODES.arrayNode();
        type.forEach(one -> {
            if (TYPES.contains(one.asText())) {
                known.add(one);
            }
        });
        if (known.isEmpty()) {
            warnings.add(place, "has the type " + type + ", which JSON Schema does not have: any value is allowed");
        } else {
            target.set("type", known);
        }
    }

    /** Whether names can be compared with a pattern; warns where not. */
    boolean isUsable(String pattern, String place) {
        boolean usable = SchemaPattern.isUsable(pattern);
        if (!usable) {
            warnings.add(place, "has a pattern that can not be checked and is left out");
        }
        return usable;
    }

    private void pattern(ObjectNode target, JsonNode pattern, String place) {
        if (isUsable(pattern.asText(), place)) {
            target.set("pattern", pattern);
        }
    }
}
