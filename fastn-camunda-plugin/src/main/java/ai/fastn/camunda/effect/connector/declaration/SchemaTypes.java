package ai.fastn.camunda.effect.connector.declaration;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Writes a JSON Schema as a type. What TypeScript has no word for becomes {@code any}; a schema is never read outside.
 */
final class SchemaTypes {

    private static final int DEEPEST = 40;
    private static final String ANY = "any";

    private final JsonNode root;
    private final BiFunction<String, JsonNode, String> names;
    private int depth;

    /** @param names gives the type of a schema that is referred to by a name; an empty one for the root itself */
    SchemaTypes(JsonNode root, BiFunction<String, JsonNode, String> names) {
        this.root = root;
        this.names = names;
    }

    /** The type of an object that may have more members than its schema names. */
    String open(JsonNode schema, String indent) {
        return type(schema, indent) + " & { [member: string]: any }";
    }

    String type(JsonNode schema, String indent) {
        if (schema.isBoolean()) {
            return schema.booleanValue() ? ANY : "never";
        }
        if (!schema.isObject() || depth >= DEEPEST) {
            return ANY;
        }
        depth++;
        try {
            String type = allOf(schema, indent);
            return schema.path("nullable").asBoolean() && !type.equals(ANY) ? union(type, "null") : type;
        } finally {
            depth--;
        }
    }

    /** Everything a schema demands at once. */
    private String allOf(JsonNode schema, String indent) {
        Set<String> demands = new LinkedHashSet<>();
        if (schema.has("$ref")) {
            demands.add(reference(schema.path("$ref").asText()));
        }
        if (schema.has("const")) {
            demands.add(literal(schema.path("const")));
        } else if (schema.path("enum").isArray()) {
            demands.add(either(schema.path("enum"), SchemaTypes::literal));
        } else if (schema.has("type") || schema.has("properties") || schema.has("items")) {
            demands.add(plain(schema, indent));
        }
        schema.path("allOf").forEach(part -> demands.add(type(part, indent)));
        for (String choice : new String[] {"anyOf", "oneOf"}) {
            if (schema.path(choice).isArray()) {
                demands.add(either(schema.path(choice), part -> type(part, indent)));
            }
        }
        demands.remove(ANY);
        if (demands.isEmpty()) {
            return ANY;
        }
        return demands.size() == 1
                ? demands.iterator().next()
                : demands.stream().map(SchemaTypes::bracketed).collect(Collectors.joining(" & "));
    }

    private String reference(String reference) {
        if (!reference.startsWith("#")) {
            return ANY;
        }
        String pointer = reference.substring(1);
        JsonNode found = pointer.isEmpty() || pointer.startsWith("/") ? root.at(pointer) : root.path("");
        if (found.isMissingNode()) {
            return ANY;
        }
        return names.apply(pointer.substring(pointer.lastIndexOf('/') + 1), found);
    }

    private static String either(JsonNode choices, Function<JsonNode, String> type) {
        Set<String> types = new LinkedHashSet<>();
        choices.forEach(choice -> types.add(type.apply(choice)));
        if (types.contains(ANY) || types.isEmpty()) {
            return ANY;
        }
        return types.stream().reduce(SchemaTypes::union).orElse(ANY);
    }

    /** An intersection in it binds tighter, so needs no brackets. */
    private static String union(String left, String right) {
        return left + " | " + right;
    }

    private static String bracketed(String type) {
        return type.contains(" | ") ? "(" + type + ")" : type;
    }

    private static String literal(JsonNode value) {
        if (value.isTextual()) {
            return Words.text(value.textValue());
        }
        if (value.isArray()) {
            return "any[]";
        }
        return value.isObject() ? "{ [member: string]: any }" : value.asText();
    }

    private String plain(JsonNode schema, String indent) {
        JsonNode type = schema.path("type");
        if (type.isArray()) {
            return either(type, each -> plain(each.asText(), schema, indent));
        }
        String name = type.isTextual() ? type.textValue() : schema.has("properties") ? "object" : "array";
        return plain(name, schema, indent);
    }

    private String plain(String type, JsonNode schema, String indent) {
        return switch (type) {
            case "string" -> "string";
            case "integer", "number" -> "number";
            case "boolean" -> "boolean";
            case "null" -> "null";
            case "array" -> array(schema, indent);
            case "object" -> object(schema, indent);
            default -> ANY;
        };
    }

    private String array(JsonNode schema, String indent) {
        JsonNode items = schema.path("items");
        String rest = items.isMissingNode() ? ANY : type(items, indent);
        JsonNode first = schema.path("prefixItems");
        if (!first.isArray()) {
            return (rest.contains(" ") && !rest.startsWith("{") ? "(" + rest + ")" : rest) + "[]";
        }
        StringJoiner places = new StringJoiner(", ", "[", "]");
        first.forEach(place -> places.add(type(place, indent) + "?"));
        if (!rest.equals("never")) {
            places.add("..." + bracketed(rest) + "[]");
        }
        return places.toString();
    }

    private String object(JsonNode schema, String indent) {
        JsonNode others = schema.path("additionalProperties");
        boolean named = !schema.path("properties").isEmpty();
        if (!named) {
            String value = others.isObject() ? type(others, indent) : ANY;
            boolean none = others.isBoolean() && !others.booleanValue();
            return "{ [member: string]: " + (none ? "never" : value) + " }";
        }
        Set<String> required = new HashSet<>();
        schema.path("required").forEach(name -> required.add(name.asText()));
        StringBuilder text = new StringBuilder("{\n");
        for (Map.Entry<String, JsonNode> member : schema.path("properties").properties()) {
            Comment.write(indent + "  ", member.getValue().path("description").asText(), text);
            text.append(indent)
                    .append("  ")
                    .append(Words.key(member.getKey()))
                    .append(required.contains(member.getKey()) ? ": " : "?: ")
                    .append(type(member.getValue(), indent + "  "))
                    .append(";\n");
        }
        boolean open = others.isObject() || others.isBoolean() && others.booleanValue();
        return text.append(open ? indent + "  [member: string]: any;\n" : "")
                .append(indent)
                .append("}")
                .toString();
    }
}
