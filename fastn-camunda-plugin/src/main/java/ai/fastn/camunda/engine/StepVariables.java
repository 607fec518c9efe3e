package ai.fastn.camunda.engine;

import ai.fastn.camunda.bpmn.FastnBpmn;
import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.variable.Variables;
import org.camunda.bpm.engine.variable.type.SerializableValueType;
import org.camunda.bpm.engine.variable.value.SerializableValue;
import org.camunda.bpm.engine.variable.value.TypedValue;
import org.jspecify.annotations.Nullable;

/** Process variables as the code of a step sees them, and a result of a step as a process variable. */
final class StepVariables {

    /** Longest text that the engine keeps in a variable of type String. */
    private static final int LONGEST_TEXT = 4_000;

    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    private StepVariables() {}

    /** The variables that a scope sees, as one JSON object; files, bytes and what has no JSON form are left out. */
    static String json(VariableScope scope) {
        ObjectNode all = JSON.createObjectNode();
        for (String name : new TreeSet<>(scope.getVariableNames())) {
            node(scope, name).ifPresent(value -> all.set(name, value));
        }
        return all.toString();
    }

    private static Optional<JsonNode> node(VariableScope scope, String name) {
        TypedValue value = scope.getVariableTyped(name, false);
        if (value == null || value.getType() == null) {
            return value == null ? Optional.empty() : converted(value.getValue());
        }
        return switch (value.getType().getName()) {
            case "bytes", "file" -> Optional.empty();
            case "json" ->
                read(String.valueOf(scope.getVariableTyped(name, true).getValue()));
            case "object" -> ofObject(scope, name, value);
            case "string" -> Optional.of(ofText(name, String.valueOf(value.getValue())));
            default -> converted(value.getValue());
        };
    }

    /** A workflow takes its input as JSON text too, and where the engine has no type Json there is no other way. */
    private static JsonNode ofText(String name, String text) {
        boolean structured = name.equals(FastnBpmn.INPUT_VARIABLE) && (text.startsWith("{") || text.startsWith("["));
        return structured ? read(text).orElse(TextNode.valueOf(text)) : TextNode.valueOf(text);
    }

    private static Optional<JsonNode> ofObject(VariableScope scope, String name, TypedValue value) {
        if (value instanceof SerializableValue kept
                && Variables.SerializationDataFormats.JSON.getName().equals(kept.getSerializationDataFormat())
                && kept.getValueSerialized() != null) {
            return read(kept.getValueSerialized());
        }
        try {
            return converted(scope.getVariable(name));
        } catch (RuntimeException e) {
            return Optional.empty(); // its class is not here
        }
    }

    private static Optional<JsonNode> converted(@Nullable Object value) {
        try {
            return Optional.of(JSON.valueToTree(value));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<JsonNode> read(String json) {
        try {
            return Optional.of(JSON.readTree(json));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /**
     * A JSON value as a process variable: texts, numbers and truth values as what they are, everything else of type
     * Json where the engine has that type, else as JSON text.
     *
     * @throws FastnException STEP_RESULT_TOO_LONG
     */
    static Object value(String what, String json) {
        JsonNode node = read(json).orElseThrow(() -> new IllegalStateException("bug: a result is no JSON"));
        if (node.isNull()) {
            return Variables.untypedNullValue();
        }
        if (node.isBoolean()) {
            return node.booleanValue();
        }
        if (node.isInt() || node.isLong()) {
            return node.longValue();
        }
        if (node.isNumber()) {
            return node.doubleValue();
        }
        return node.isTextual() && node.textValue().length() <= LONGEST_TEXT
                ? node.textValue()
                : structured(what, json);
    }

    private static Object structured(String what, String json) {
        if (Context.getProcessEngineConfiguration().getValueTypeResolver().typeForName("json")
                instanceof SerializableValueType type) {
            return type.createValueFromSerialized(json, Map.of());
        }
        if (json.length() > LONGEST_TEXT) {
            throw new FastnException(
                    ErrorCode.STEP_RESULT_TOO_LONG,
                    "result of \"" + what + "\" has " + json.length()
                            + " characters as JSON, and a variable of type String"
                            + " has at most " + LONGEST_TEXT
                            + ": add camunda-engine-plugin-spin and camunda-spin-dataformat-json-jackson to the host, or"
                            + " return less");
        }
        return json;
    }
}
