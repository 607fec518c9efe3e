package ai.fastn.camunda.effect.connector.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Says what an action gives: what the first answer that is a success has as its body. */
final class OutputMapping {

    private final ApiDocument document;
    private final SchemaConversion schemas;

    OutputMapping(ApiDocument document, SchemaConversion schemas) {
        this.document = document;
        this.schemas = schemas;
    }

    /** The schema; empty where the document does not say. */
    Optional<JsonNode> schema(ApiOperation operation) {
        String place = operation.place() + ".responses";
        TreeMap<String, JsonNode> successes = new TreeMap<>();
        operation.node().path("responses").properties().forEach(response -> {
            if (response.getKey().matches("2[0-9]{2}|2XX|default")) {
                successes.put(response.getKey(), response.getValue());
            }
        });
        if (successes.isEmpty()) {
            return Optional.empty();
        }
        Map.Entry<String, JsonNode> first = successes.entrySet().iterator().next();
        String status = first.getKey();
        JsonNode response = document.resolve(first.getValue(), place + "." + status);
        return MediaTypes.choose(response.path("content")).flatMap(content -> schema(content, place + "." + status));
    }

    private Optional<JsonNode> schema(MediaTypes.Chosen content, String place) {
        if (MediaTypes.isJson(content.type()) || MediaTypes.isAny(content.type())) {
            return Optional.of(schemas.convert(content.schema(), place))
                    .filter(schema -> schema.isObject() && !schema.isEmpty());
        }
        return MediaTypes.isText(content.type())
                ? Optional.of(JsonNodeFactory.instance.objectNode().put("type", "string"))
                : Optional.empty();
    }
}
