package ai.fastn.camunda.effect.connector.openapi;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/** Refuses documents that are not whole: what they refer to elsewhere is never fetched. */
final class ExternalReferences {

    /** Members whose names are the author's, so that none of them is a keyword. */
    private static final Set<String> NAMED = Set.of("properties", "patternProperties", "$defs", "schemas");

    /** Members that hold values, whatever these look like. */
    private static final Set<String> VALUES = Set.of("example", "examples", "default", "enum", "const", "value");

    private ExternalReferences() {}

    /**
     * Looks at every reference of the document.
     *
     * @throws FastnException OPENAPI_REFERENCE naming the first one that leads elsewhere
     */
    static void refuse(JsonNode root) {
        refuse(root, "", false);
    }

    private static void refuse(JsonNode node, String place, boolean named) {
        if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                refuse(node.get(i), place + "[" + i + "]", false);
            }
        }
        JsonNode reference = node.path("$ref");
        if (!named && reference.isTextual() && !reference.textValue().startsWith("#")) {
            throw new FastnException(
                    ErrorCode.OPENAPI_REFERENCE,
                    "OpenAPI document: " + place + " refers to \"" + reference.textValue()
                            + "\" outside of the document; bundle it into one document first");
        }
        node.properties().forEach(member -> {
            String name = member.getKey();
            if (named || !(VALUES.contains(name) || name.startsWith("x-"))) {
                refuse(member.getValue(), place.isEmpty() ? name : place + "." + name, !named && NAMED.contains(name));
            }
        });
    }
}
