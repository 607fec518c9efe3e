package ai.fastn.camunda.effect.connector;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.StreamSupport;

/** A place in a definition file; each question it answers names the place when the file is wrong there. */
record DefinitionNode(String file, String path, JsonNode node) {

    /** This object has no other fields than these. */
    DefinitionNode withOnly(String... fields) {
        requireObject();
        node.fieldNames().forEachRemaining(field -> {
            if (!List.of(fields).contains(field)) {
                throw wrong("has an unknown field \"" + field + "\"; allowed are " + String.join(", ", fields));
            }
        });
        return this;
    }

    DefinitionNode field(String name) {
        requireObject();
        JsonNode value = node.path(name);
        return new DefinitionNode(file, path.isEmpty() ? name : path + "." + name, value);
    }

    boolean isPresent() {
        return !node.isMissingNode() && !node.isNull();
    }

    String text() {
        if (!isPresent()) {
            throw wrong("is missing");
        }
        if (!node.isValueNode() || node.asText().isBlank()) {
            throw wrong("is not a text");
        }
        return node.asText();
    }

    Optional<String> optionalText() {
        return isPresent() ? Optional.of(text()) : Optional.empty();
    }

    boolean flag() {
        if (isPresent() && !node.isBoolean()) {
            throw wrong("is not true or false");
        }
        return node.asBoolean(false);
    }

    <E extends Enum<E>> E choice(Class<E> type, E otherwise) {
        Optional<String> text = optionalText();
        if (text.isEmpty()) {
            return otherwise;
        }
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equalsIgnoreCase(text.get())) {
                return constant;
            }
        }
        TreeSet<String> allowed = new TreeSet<>();
        for (E constant : type.getEnumConstants()) {
            allowed.add(constant.name().toLowerCase(Locale.ROOT));
        }
        throw wrong("is \"" + text.get() + "\"; allowed are " + String.join(", ", allowed));
    }

    boolean isText(String text) {
        return node.isTextual() && node.textValue().equals(text);
    }

    List<String> texts() {
        return StreamSupport.stream(node.spliterator(), false)
                .map(item -> new DefinitionNode(file, path + "[]", item).text())
                .toList();
    }

    Map<String, DefinitionNode> fields() {
        Map<String, DefinitionNode> fields = new LinkedHashMap<>();
        if (isPresent()) {
            requireObject();
            node.fieldNames().forEachRemaining(name -> fields.put(name, field(name)));
        }
        return fields;
    }

    FastnException wrong(String what) {
        return new FastnException(
                ErrorCode.CONNECTOR_DEFINITION,
                "connector definition " + file + ": " + (path.isEmpty() ? "the file" : path) + " " + what);
    }

    private void requireObject() {
        if (!node.isObject()) {
            throw wrong("is not a list of \"name: value\" fields");
        }
    }
}
