package ai.fastn.camunda.effect.connector;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads the schemas that the actions of a definition share, and checks that every reference leads to one of them. */
final class DefinitionSchemas {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]+");

    /** What stands there is a value, whatever it looks like. */
    private static final Set<String> DATA = Set.of("default", "const", "enum", "examples");

    private static final String SHARED = "#/$defs/";

    private static final int DEEPEST = 100;

    private DefinitionSchemas() {}

    static Map<String, JsonNode> read(DefinitionNode node, DefinitionNode actions) {
        Map<String, JsonNode> schemas = new LinkedHashMap<>();
        node.fields().forEach((name, schema) -> {
            if (!NAME.matcher(name).matches()) {
                throw schema.wrong("has a name with other characters than letters, digits, \".\", \"-\" and \"_\"");
            }
            if (!schema.node().isObject() && !schema.node().isBoolean()) {
                throw schema.wrong("is not a JSON Schema");
            }
            schemas.put(name, schema.node());
        });
        schemas.forEach((name, schema) -> requireKnown(node.field(name), schema, schemas::containsKey));
        actions.fields().values().forEach(action -> requireKnown(action.field("schema"), schemas));
        return schemas;
    }

    private static void requireKnown(DefinitionNode both, Map<String, JsonNode> schemas) {
        if (both.isPresent()) {
            for (String which : List.of("input", "output")) {
                DefinitionNode schema = both.field(which);
                JsonNode own = schema.node().path("$defs");
                requireKnown(schema, schema.node(), name -> schemas.containsKey(name) || own.has(name));
            }
        }
    }

    private static void requireKnown(DefinitionNode place, JsonNode part, Predicate<String> isKnown) {
        requireKnown(place, part, isKnown, 0);
    }

    private static void requireKnown(DefinitionNode place, JsonNode part, Predicate<String> isKnown, int depth) {
        if (depth > DEEPEST) {
            throw place.wrong("is nested more than " + DEEPEST + " deep");
        }
        requireMatchable(place, part);
        JsonNode reference = part.path("$ref");
        if (reference.isTextual() && isUnknown(reference.textValue(), isKnown)) {
            throw place.wrong("refers to \"" + reference.textValue() + "\", which schemas does not have");
        }
        if (part.isArray()) {
            part.forEach(child -> requireKnown(place, child, isKnown, depth + 1));
        }
        part.properties().forEach(child -> {
            if (!DATA.contains(child.getKey())) {
                requireKnown(place, child.getValue(), isKnown, depth + 1);
            }
        });
    }

    /** What would be refused with every input, or would lead to where nobody looks. */
    private static void requireMatchable(DefinitionNode place, JsonNode part) {
        if (part.path("$dynamicRef").isTextual()) {
            throw place.wrong("has a $dynamicRef, which is not followed; use $ref");
        }
        Stream<String> patterns =
                part.path("patternProperties").properties().stream().map(Map.Entry::getKey);
        Stream.concat(patterns, Stream.ofNullable(part.path("pattern").textValue()))
                .filter(pattern -> !SchemaPattern.isUsable(pattern))
                .findFirst()
                .ifPresent(pattern -> {
                    throw place.wrong(
                            "has the pattern \"" + (pattern.length() > 100 ? pattern.substring(0, 100) + "…" : pattern)
                                    + "\", which can not be matched in time that grows with the text only: no look-around, no"
                                    + " references back, no repetition of more than 1000");
                });
    }

    private static boolean isUnknown(String reference, Predicate<String> isKnown) {
        if (!reference.startsWith(SHARED)) {
            return !reference.startsWith("#");
        }
        return !isKnown.test(reference.substring(SHARED.length()).split("/", 2)[0]);
    }
}
