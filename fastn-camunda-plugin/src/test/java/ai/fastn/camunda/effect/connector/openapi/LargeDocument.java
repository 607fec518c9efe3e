package ai.fastn.camunda.effect.connector.openapi;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Makes a document of a wished size, always the same one: objects that refer to each other, with the usual operations.
 */
final class LargeDocument {

    private static final int FIELDS = 12;

    private final ObjectNode document = JsonNodeFactory.instance.objectNode();

    private LargeDocument() {
        document.put("openapi", "3.0.3");
        document.putObject("info").put("title", "Large API").put("version", "1");
        document.putArray("servers").addObject().put("url", "https://large.example");
        document.putObject("paths");
        document.putObject("components").putObject("schemas");
    }

    /** At least so many bytes of JSON. */
    static byte[] json(int bytes) {
        LargeDocument large = new LargeDocument();
        byte[] written = {};
        for (int number = 0; written.length < bytes; number++) {
            large.add(number);
            if (number % 50 == 49) {
                written = large.document.toString().getBytes(StandardCharsets.UTF_8);
            }
        }
        return written;
    }

    private void add(int number) {
        ObjectNode schema = ((ObjectNode) document.at("/components/schemas")).putObject("Thing" + number);
        schema.put("type", "object").putArray("required").add("id");
        ObjectNode properties = schema.putObject("properties");
        properties.putObject("id").put("type", "integer").put("readOnly", true);
        for (int field = 0; field < FIELDS; field++) {
            properties
                    .putObject("field" + field)
                    .put("type", "string")
                    .put("nullable", field % 3 == 0)
                    .put("description", "Field " + field + " of thing " + number + ", as the vendor describes it");
        }
        properties.putObject("parent").put("$ref", "#/components/schemas/Thing" + number / 2);
        properties
                .putObject("children")
                .put("type", "array")
                .putObject("items")
                .put("$ref", "#/components/schemas/Thing" + (number + 1) / 2);
        ObjectNode paths = (ObjectNode) document.path("paths");
        operations(paths.putObject("/things" + number), number, "list", "create");
        ObjectNode one = paths.putObject("/things" + number + "/{id}");
        one.putArray("parameters")
                .addObject()
                .put("name", "id")
                .put("in", "path")
                .put("required", true)
                .putObject("schema")
                .put("type", "integer");
        operations(one, number, "get", "change");
    }

    private static void operations(ObjectNode path, int number, String read, String write) {
        operation(path.putObject("get"), read, number);
        ObjectNode writing = path.putObject("post");
        operation(writing, write, number);
        writing.putObject("requestBody")
                .put("required", true)
                .putObject("content")
                .putObject("application/json")
                .putObject("schema")
                .put("$ref", "#/components/schemas/Thing" + number);
    }

    private static void operation(ObjectNode operation, String verb, int number) {
        operation
                .put("operationId", verb + "Thing" + number)
                .put("summary", verb.toUpperCase(Locale.ROOT) + " thing " + number)
                .putObject("responses")
                .putObject("200")
                .put("description", "ok")
                .putObject("content")
                .putObject("application/json")
                .putObject("schema")
                .put("$ref", "#/components/schemas/Thing" + number);
    }
}
