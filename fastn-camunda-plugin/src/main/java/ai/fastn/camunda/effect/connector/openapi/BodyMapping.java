package ai.fastn.camunda.effect.connector.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Says what of the input is the body of a request, and how it is written. */
final class BodyMapping {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Set<String> WITHOUT_BODY = Set.of("GET", "HEAD");

    private final ApiDocument document;
    private final SchemaConversion schemas;
    private final Warnings warnings;

    BodyMapping(ApiDocument document, SchemaConversion schemas, Warnings warnings) {
        this.document = document;
        this.schemas = schemas;
        this.warnings = warnings;
    }

    /**
     * Writes the body of an action.
     *
     * @throws NotCarriedException for a body that no action can write
     */
    void map(ApiOperation operation, InputMembers input, ObjectNode action) {
        String place = operation.place() + ".requestBody";
        JsonNode request = document.resolve(operation.node().path("requestBody"), place);
        Optional<MediaTypes.Chosen> chosen = MediaTypes.choose(request.path("content"));
        if (chosen.isEmpty() || isEmpty(chosen.get(), place)) {
            withoutBody(operation, action);
        } else if (WITHOUT_BODY.contains(operation.method())) {
            warnings.add(place, "is left out: " + operation.method() + " has no body");
        } else {
            boolean required = request.path("required").asBoolean(false);
            new Body(chosen.get(), required, place + ".content." + chosen.get().type(), input).write(action);
        }
    }

    /** Some generators describe a body for every operation, and say of most that nothing is in it. */
    private boolean isEmpty(MediaTypes.Chosen content, String place) {
        JsonNode schema = document.resolve(content.schema(), place);
        return schema.path("properties").isObject()
                && schema.path("properties").isEmpty()
                && Set.of("type", "properties", "title", "description").containsAll(names(schema));
    }

    private static Set<String> names(JsonNode schema) {
        Set<String> names = new TreeSet<>();
        schema.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static void withoutBody(ApiOperation operation, ObjectNode action) {
        if (!WITHOUT_BODY.contains(operation.method()) && !operation.method().equals("DELETE")) {
            action.put("body", "none");
        }
    }

    /** The body of one operation. */
    private final class Body {

        private final MediaTypes.Chosen content;
        private final boolean required;
        private final String place;
        private final InputMembers input;

        Body(MediaTypes.Chosen content, boolean required, String place, InputMembers input) {
            this.content = content;
            this.required = required;
            this.place = place;
            this.input = input;
        }

        void write(ObjectNode action) {
            String type = content.type();
            if (MediaTypes.isForm(type)) {
                action.set("body", fields("form"));
            } else if (MediaTypes.isParts(type)) {
                action.set("body", fields("multipart"));
            } else if (MediaTypes.isJson(type) || (MediaTypes.isAny(type) && isStructure())) {
                action.set("body", json());
            } else if (MediaTypes.isText(type)) {
                action.set("body", text());
            } else if (type.startsWith("multipart/")) {
                throw new NotCarriedException(
                        place + " is of several parts that are no form: actions do not have such");
            } else {
                action.set("body", binary());
            }
        }

        private JsonNode json() {
            String type = content.type();
            boolean usual = MediaTypes.isAny(type) || type.startsWith("application/json");
            Optional<FlatBody> flat = flat();
            if (flat.isEmpty()) {
                ObjectNode body = one(schemas.convert(content.schema(), place));
                return usual ? body : body.put("contentType", type);
            }
            ArrayNode members = members(flat.get());
            if (usual) {
                return flat.get().open() ? TextNode.valueOf("rest") : members;
            }
            ObjectNode body = NODES.objectNode().put("contentType", type);
            return flat.get().open() ? body : body.set("members", members);
        }

        private ObjectNode fields(String as) {
            ObjectNode body = NODES.objectNode().put("as", as);
            BodyFields fields = new BodyFields(
                    document, as.equals("multipart"), content.node().path("encoding"), place);
            Optional<FlatBody> flat = flat();
            if (flat.isEmpty()) {
                body.setAll(one(schemas.convert(content.schema(), place)));
            } else {
                ArrayNode members = members(fields, flat.get());
                if (!flat.get().open()) {
                    body.set("members", members);
                }
            }
            if (!fields.written().isEmpty()) {
                body.set("fields", fields.written());
            }
            return body;
        }

        private ObjectNode text() {
            if (MediaTypes.isXml(content.type())) {
                warnings.add(place, "is XML: the action takes it as the text that is sent");
            }
            ObjectNode schema = NODES.objectNode().put("type", "string");
            return one(schema).put("as", "text").put("contentType", content.type());
        }

        private ObjectNode binary() {
            ObjectNode schema = NODES.objectNode().put("type", "string").put("contentEncoding", "base64");
            ObjectNode body = one(schema).put("as", "binary");
            return MediaTypes.isAny(content.type()) ? body : body.put("contentType", content.type());
        }

        private ObjectNode one(JsonNode schema) {
            return NODES.objectNode().put("member", input.add("body", "body", schema, required));
        }

        private boolean isStructure() {
            JsonNode schema = document.resolve(content.schema(), place);
            return Set.of("object", "array").contains(schema.path("type").asText()) || schema.has("properties");
        }

        /** The members of the body, when each can have its own name in the input. */
        private Optional<FlatBody> flat() {
            return FlatBody.of(document, content.schema(), place)
                    .filter(flat -> flat.properties().keySet().stream()
                            .allMatch(name -> InputMembers.isMember(name) && !input.has(name)));
        }

        private ArrayNode members(FlatBody flat) {
            return members(new BodyFields(document, false, NODES.objectNode(), place), flat);
        }

        private ArrayNode members(BodyFields fields, FlatBody flat) {
            ArrayNode names = NODES.arrayNode();
            flat.properties().forEach((name, schema) -> {
                boolean needed = required && flat.required().contains(name);
                JsonNode converted =
                        fields.file(name, schema).orElseGet(() -> schemas.convert(schema, place + "." + name));
                names.add(input.add(name, "body", converted, needed));
            });
            if (flat.open()) {
                input.letOthersIn();
            }
            return names;
        }
    }
}
