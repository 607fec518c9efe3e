package ai.fastn.camunda.effect.connector;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Makes a value that a JSON Schema describes: its example where it has one, else the plainest. */
final class SchemaSample {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int DEEPEST = 8;
    private static final int MOST = 10_000;

    private final JsonNode root;
    private int made;

    private SchemaSample(JsonNode root) {
        this.root = root;
    }

    static JsonNode of(JsonNode schema) {
        return new SchemaSample(schema).sample(schema, 0);
    }

    private JsonNode sample(JsonNode schema, int depth) {
        made++;
        if (depth > DEEPEST || made > MOST || !schema.isObject()) {
            return NODES.nullNode();
        }
        for (String said : new String[] {"/examples/0", "/example", "/default", "/const", "/enum/0"}) {
            JsonNode value = schema.at(said);
            if (!value.isMissingNode()) {
                return value;
            }
        }
        String reference = schema.path("$ref").asText();
        if (reference.startsWith("#")) {
            return sample(root.at(reference.substring(1)), depth + 1);
        }
        for (String choice : new String[] {"/oneOf/0", "/anyOf/0"}) {
            if (!schema.at(choice).isMissingNode()) {
                return sample(schema.at(choice), depth + 1);
            }
        }
        return schema.has("allOf") ? merged(schema, depth) : plain(schema, depth);
    }

    private JsonNode merged(JsonNode schema, int depth) {
        ObjectNode all = NODES.objectNode();
        schema.path("allOf").forEach(part -> {
            if (sample(part, depth + 1) instanceof ObjectNode members) {
                all.setAll(members);
            }
        });
        if (plain(schema, depth) instanceof ObjectNode own) {
            all.setAll(own);
        }
        return all;
    }

    private JsonNode plain(JsonNode schema, int depth) {
        JsonNode type = schema.path("type");
        String name = type.isArray() ? type.path(0).asText() : type.asText();
        return switch (name) {
            case "string" -> NODES.textNode(text(schema.path("format").asText()));
            case "integer", "number" -> number(schema);
            case "boolean" -> NODES.booleanNode(true);
            case "array" -> list(schema, depth);
            default -> schema.has("properties") || name.equals("object") ? object(schema, depth) : NODES.nullNode();
        };
    }

    private static JsonNode number(JsonNode schema) {
        JsonNode least = schema.path("minimum");
        return least.isNumber() ? least : NODES.numberNode(1);
    }

    private static String text(String format) {
        return switch (format) {
            case "date-time" -> "2026-01-31T12:00:00Z";
            case "date" -> "2026-01-31";
            case "email" -> "somebody@example.com";
            case "uri" -> "https://example.com/";
            case "uuid" -> "00000000-0000-4000-8000-000000000000";
            default -> "text";
        };
    }

    private JsonNode list(JsonNode schema, int depth) {
        ArrayNode list = NODES.arrayNode();
        if (schema.path("items").isObject() && depth < DEEPEST) {
            list.add(sample(schema.path("items"), depth + 1));
        }
        return list;
    }

    private JsonNode object(JsonNode schema, int depth) {
        ObjectNode object = NODES.objectNode();
        schema.path("properties")
                .properties()
                .forEach(member -> object.set(member.getKey(), sample(member.getValue(), depth + 1)));
        return object;
    }
}
