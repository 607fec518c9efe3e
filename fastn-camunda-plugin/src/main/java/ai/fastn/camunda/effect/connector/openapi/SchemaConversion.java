package ai.fastn.camunda.effect.connector.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import java.util.TreeSet;

/**
 * Makes JSON Schema 2020-12 of the schemas of a document. What they refer to becomes a shared schema, once, and only
 * when something refers to it; circles stay circles of references.
 */
final class SchemaConversion {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Set<String> OF_SCHEMAS_BY_NAME = Set.of("properties", "patternProperties", "dependentSchemas");
    private static final Set<String> OF_SCHEMAS = Set.of("allOf", "anyOf", "oneOf", "prefixItems");
    private static final Set<String> SCHEMA = Set.of(
            "items",
            "additionalProperties",
            "not",
            "if",
            "then",
            "else",
            "contains",
            "propertyNames",
            "unevaluatedItems",
            "unevaluatedProperties");

    /** What only OpenAPI knows, and what would change where a reference leads: all of those are resolved here. */
    private static final Set<String> LEFT_OUT = Set.of(
            "$ref",
            "$schema",
            "$id",
            "$anchor",
            "$dynamicRef",
            "$dynamicAnchor",
            "$vocabulary",
            "$comment",
            "$defs",
            "definitions",
            "xml",
            "externalDocs",
            "discriminator",
            "nullable",
            "example");

    private final ApiDocument document;
    private final SharedSchemas shared;
    private final Keywords keywords;

    SchemaConversion(ApiDocument document, Warnings warnings) {
        this.document = document;
        this.shared = new SharedSchemas(document, warnings);
        this.keywords = new Keywords(document, warnings);
    }

    /** One schema; what it refers to is converted by {@link #shared()}. */
    JsonNode convert(JsonNode schema, String place) {
        if (schema.isBoolean()) {
            return schema;
        }
        ObjectNode converted = NODES.objectNode();
        if (schema.path("$ref").isTextual()) {
            shared.nameOf(schema.path("$ref").textValue(), place)
                    .ifPresent(name -> converted.put("$ref", "#/$defs/" + name));
            if (!document.since31()) {
                return converted;
            }
        }
        schema.properties().forEach(keyword -> {
            String name = keyword.getKey();
            if (!LEFT_OUT.contains(name) && !name.startsWith("x-")) {
                keyword(converted, name, keyword.getValue(), schema, place);
            }
        });
        keywords.example(schema, converted);
        return document.since31() ? converted : keywords.of30(schema, converted);
    }

    /** The schemas that those converted so far refer to, with those that these refer to, by name. */
    ObjectNode shared() {
        ObjectNode schemas = NODES.objectNode();
        for (var next = shared.next(); next.isPresent(); next = shared.next()) {
            SharedSchemas.Waiting waiting = next.get();
            schemas.set(waiting.name(), convert(waiting.schema(), waiting.place()));
        }
        ObjectNode sorted = NODES.objectNode();
        Set<String> names = new TreeSet<>();
        schemas.fieldNames().forEachRemaining(names::add);
        names.forEach(name -> sorted.set(name, schemas.get(name)));
        return sorted;
    }

    private void keyword(ObjectNode target, String name, JsonNode value, JsonNode schema, String place) {
        if (OF_SCHEMAS_BY_NAME.contains(name)) {
            ObjectNode byName = target.putObject(name);
            value.properties().stream()
                    .filter(one -> !name.equals("patternProperties") || keywords.isUsable(one.getKey(), place))
                    .forEach(one ->
                            byName.set(one.getKey(), convert(one.getValue(), place + "." + name + "." + one.getKey())));
        } else if (OF_SCHEMAS.contains(name)) {
            ArrayNode list = NODES.arrayNode();
            value.forEach(one -> list.add(convert(one, place + "." + name + "[" + list.size() + "]")));
            if (!list.isEmpty()) {
                target.set(name, list);
            }
        } else if (SCHEMA.contains(name)) {
            target.set(name, convert(value, place + "." + name));
        } else {
            keywords.copy(target, name, value, schema, place);
        }
    }
}
