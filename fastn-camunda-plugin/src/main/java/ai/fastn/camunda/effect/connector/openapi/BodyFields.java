package ai.fastn.camunda.effect.connector.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** How the fields of a form or of parts are written, for those that are not written the usual way. */
final class BodyFields {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final ApiDocument document;
    private final boolean parts;
    private final String place;
    private final ObjectNode written = NODES.objectNode();

    BodyFields(ApiDocument document, boolean parts, JsonNode encoding, String place) {
        this.document = document;
        this.parts = parts;
        this.place = place;
        encoding.properties().forEach(field -> encoded(field.getKey(), field.getValue()));
    }

    ObjectNode written() {
        return written;
    }

    /** The schema of a part that is a file, or of a list of files; empty for anything else. */
    Optional<JsonNode> file(String name, JsonNode schema) {
        if (!parts) {
            return Optional.empty();
        }
        JsonNode resolved = document.resolve(schema, place);
        if (isBytes(resolved)) {
            return Optional.of(fileSchema(name, resolved));
        }
        if (resolved.path("type").asText().equals("array") && resolved.has("items")) {
            JsonNode item = document.resolve(resolved.path("items"), place);
            if (isBytes(item)) {
                ObjectNode list = NODES.objectNode().put("type", "array");
                list.set("items", fileSchema(name, item));
                return Optional.of(list);
            }
        }
        return Optional.empty();
    }

    private ObjectNode fileSchema(String name, JsonNode described) {
        ObjectNode field = written.withObjectProperty(name);
        field.put("binary", true);
        if (!field.has("contentType") && described.path("contentMediaType").isTextual()) {
            contentType(field, described.path("contentMediaType").textValue());
        }
        ObjectNode file = NODES.objectNode().put("type", "object");
        if (described.path("description").isTextual()) {
            file.set("description", described.get("description"));
        }
        ObjectNode members = file.putObject("properties");
        members.putObject("base64").put("type", "string").put("contentEncoding", "base64");
        members.putObject("fileName").put("type", "string");
        members.putObject("contentType").put("type", "string");
        file.putArray("required").add("base64");
        return file.put("additionalProperties", false);
    }

    /**
     * OpenAPI 3.0 says {@code format: binary}; 3.1 describes bytes by their content type and not by a text encoding.
     */
    private static boolean isBytes(JsonNode schema) {
        return schema.path("format").asText().equals("binary")
                || (schema.has("contentMediaType")
                        && !schema.has("contentEncoding")
                        && !schema.path("contentMediaType").asText().endsWith("json"));
    }

    private void encoded(String name, JsonNode encoding) {
        String type = encoding.path("contentType").asText("");
        if (parts) {
            contentType(written.withObjectProperty(name), type);
        } else if (encoding.has("style") || encoding.has("explode")) {
            String style = encoding.path("style").asText("form");
            ObjectNode field = written.withObjectProperty(name).put("style", style);
            if (!style.equals("deepObject")) {
                field.put("explode", encoding.path("explode").asBoolean(style.equals("form")));
            }
        } else if (MediaTypes.isJson(type)) {
            written.withObjectProperty(name).put("style", "json");
        }
        if (written.path(name).isObject() && written.path(name).isEmpty()) {
            written.remove(name);
        }
    }

    /** Only where the document leaves no choice. */
    private static void contentType(ObjectNode field, String type) {
        if (!type.isBlank() && !type.contains(",") && !MediaTypes.isAny(type)) {
            field.put("contentType", type);
        }
    }
}
