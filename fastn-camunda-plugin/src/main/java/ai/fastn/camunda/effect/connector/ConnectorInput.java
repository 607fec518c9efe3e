package ai.fastn.camunda.effect.connector;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;

/** The argument of an action: one flat object, whose members go to path, query, headers and body. */
record ConnectorInput(ObjectNode members) {

    /**
     * The input as the author's code gave it; nothing counts as an empty object.
     *
     * @throws FastnException CONNECTOR_INPUT for anything that is not an object
     */
    static ConnectorInput of(JsonNode input) {
        if (input.isMissingNode() || input.isNull()) {
            return new ConnectorInput(JsonNodeFactory.instance.objectNode());
        }
        if (input instanceof ObjectNode members) {
            return new ConnectorInput(members);
        }
        throw wrong("the input is not an object");
    }

    /** Checks that every member has a place to go to. */
    void requireOnly(Collection<String> known) {
        Set<String> unknown = new TreeSet<>();
        members.fieldNames().forEachRemaining(unknown::add);
        unknown.removeAll(known);
        if (!unknown.isEmpty()) {
            throw wrong("the input has unknown members " + String.join(", ", unknown) + "; "
                    + (known.isEmpty() ? "there are none" : "known are " + String.join(", ", new TreeSet<>(known))));
        }
    }

    /** A member that must be there, as text for a path. */
    String pathText(String name) {
        List<String> texts = texts(name);
        if (texts.size() != 1 || texts.get(0).isEmpty()) {
            throw wrong("input member \"" + name + "\" is needed for the path and is missing, empty or a list");
        }
        String text = texts.get(0);
        if (text.equals(".") || text.equals("..")) {
            throw wrong("input member \"" + name + "\" would change the path");
        }
        return text;
    }

    /** The texts of a member that must have at least one, for a path. */
    List<String> pathTexts(String name) {
        List<String> texts = texts(name);
        if (texts.isEmpty() || texts.contains("")) {
            throw wrong("input member \"" + name + "\" is needed for the path and is missing or empty");
        }
        if (texts.size() == 1) {
            return List.of(pathText(name));
        }
        return texts;
    }

    /** A member as text; an array has several, a missing or null one none. */
    List<String> texts(String name) {
        JsonNode value = members.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return List.of();
        }
        if (value.isArray()) {
            return StreamSupport.stream(value.spliterator(), false)
                    .filter(item -> !item.isNull())
                    .map(item -> text(name, item))
                    .toList();
        }
        return List.of(text(name, value));
    }

    Optional<JsonNode> member(String name) {
        return Optional.ofNullable(members.get(name));
    }

    /** The members but these. */
    ObjectNode without(Collection<String> names) {
        return members.deepCopy().without(names);
    }

    /** Only these members. */
    ObjectNode only(Collection<String> names) {
        return members.deepCopy().retain(names);
    }

    /** A value as text; an object as JSON. */
    static String text(String name, JsonNode value) {
        String text = value.isValueNode() ? value.asText() : value.toString();
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw wrong("input member \"" + name + "\" holds half a surrogate pair");
        }
        return text;
    }

    static FastnException wrong(String message) {
        return new FastnException(ErrorCode.CONNECTOR_INPUT, message);
    }
}
