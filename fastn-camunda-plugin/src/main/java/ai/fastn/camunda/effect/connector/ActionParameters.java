package ai.fastn.camunda.effect.connector;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What an action takes, as far as its definition says.
 *
 * @param schema JSON Schema of the one argument; made of path, query, headers and body where the definition has none
 * @param names the members that the argument may have, in the order of the alphabet; empty: also others
 */
public record ActionParameters(JsonNode schema, Optional<List<String>> names) {

    /** Keywords by which members can be allowed that {@code properties} does not name. */
    private static final List<String> OPENING = List.of("patternProperties", "allOf", "anyOf", "oneOf", "$ref", "if");

    /** Those of an action. */
    public static ActionParameters of(ConnectorDefinition definition, ConnectorAction action) {
        JsonNode schema = action.input().map(definition::whole).orElseGet(() -> derived(action.work()));
        return new ActionParameters(schema, namesOf(action));
    }

    /** The members that the argument of an action may have, in the order of the alphabet; empty: also others. */
    static Optional<List<String>> namesOf(ConnectorAction action) {
        return action.input()
                .flatMap(ActionParameters::listed)
                .or(() -> sent(action.work()))
                .map(names -> List.copyOf(new TreeSet<>(names)));
    }

    /** The members that have a place to go to; empty where all others go to the body. */
    private static Optional<Set<String>> sent(ActionWork work) {
        return work instanceof ActionWork.Http http && !(http.body() instanceof ActionBody.Rest)
                ? Optional.of(http.namedMembers())
                : Optional.empty();
    }

    /** The members of a schema that allows no others. */
    private static Optional<Set<String>> listed(JsonNode schema) {
        JsonNode others = schema.path("additionalProperties");
        if (!others.isBoolean() || others.booleanValue() || OPENING.stream().anyMatch(schema::has)) {
            return Optional.empty();
        }
        Set<String> names = new TreeSet<>();
        schema.path("properties").fieldNames().forEachRemaining(names::add);
        return Optional.of(names);
    }

    private static JsonNode derived(ActionWork work) {
        ObjectNode schema = JsonNodeFactory.instance.objectNode();
        if (work instanceof ActionWork.Http http) {
            schema.put("type", "object");
            ObjectNode properties = schema.putObject("properties");
            http.namedMembers().forEach(properties::putObject);
            ArrayNode required = JsonNodeFactory.instance.arrayNode();
            http.pathMembers().forEach(required::add);
            if (!required.isEmpty()) {
                schema.set("required", required);
            }
            if (sent(work).isPresent()) {
                schema.put("additionalProperties", false);
            }
        }
        return schema;
    }

    /** The members without which a call of an action is refused, in the order of the alphabet. */
    static List<String> requiredOf(ConnectorDefinition definition, ConnectorAction action) {
        JsonNode own = action.input().orElseGet(() -> derived(action.work()));
        // with all schemas of the definition only where one is looked up: it may have thousands
        return List.copyOf(required(object(own.has("$ref") ? definition.whole(own) : own)));
    }

    private static Set<String> required(JsonNode object) {
        Set<String> required = new TreeSet<>();
        object.path("required").forEach(name -> required.add(name.asText()));
        return required;
    }

    private static JsonNode object(JsonNode schema) {
        String reference = schema.path("$ref").asText();
        return reference.startsWith("#/") ? schema.at(reference.substring(1)) : schema;
    }

    /** One member that the schema names. */
    public record Parameter(String name, boolean required, JsonNode schema) {}

    /** The members that the schema names, in its order. */
    public List<Parameter> members() {
        JsonNode object = object(schema);
        Set<String> required = required(object);
        List<Parameter> members = new ArrayList<>();
        object.path("properties")
                .properties()
                .forEach(each ->
                        members.add(new Parameter(each.getKey(), required.contains(each.getKey()), each.getValue())));
        return members;
    }
}
