package ai.fastn.camunda.effect.secret;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Replaces the secrets that a run has read by {@code «secret:name»} in a text that leaves it, in every form that a
 * search can find ({@link SecretForms}). What an author's code has reversed, split or hashed is not found. Immutable.
 */
public final class Redaction {

    /** Of a run that has read no secret. */
    public static final Redaction NONE = new Redaction(Map.of());

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SHORTEST = 6;

    private final Map<String, String> nameByForm;
    private final List<String> forms;

    private Redaction(Map<String, String> nameByForm) {
        this.nameByForm = nameByForm;
        // The longest first: a form may contain another one.
        this.forms = nameByForm.keySet().stream()
                .sorted(Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    /** Of a run that has read these secrets: values by name. */
    public static Redaction of(Map<String, String> valueByName) {
        Redaction redaction = NONE;
        for (Map.Entry<String, String> secret : valueByName.entrySet()) {
            redaction = redaction.with(secret.getKey(), secret.getValue());
        }
        return redaction;
    }

    /** The same with one more secret; of a JSON secret each leaf counts too. */
    public Redaction with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(nameByForm);
        Stream.concat(Stream.of(value), leaves(value))
                .filter(text -> text.length() >= SHORTEST)
                .flatMap(SecretForms::of)
                .filter(form -> form.length() >= SHORTEST)
                .forEach(form -> more.putIfAbsent(form, name));
        return new Redaction(more);
    }

    /** What this or the other takes out. */
    public Redaction and(Redaction other) {
        Map<String, String> more = new LinkedHashMap<>(nameByForm);
        other.nameByForm.forEach(more::putIfAbsent);
        return new Redaction(more);
    }

    /** The same with the outcome of a {@code secrets.get}, which is JSON. */
    public Redaction withOutcome(String name, String json) {
        try {
            JsonNode value = JSON.readTree(json);
            return with(name, value.isTextual() ? value.textValue() : json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("bug: outcome of secret " + name + " is not JSON");
        }
    }

    /** The text without the secrets. */
    public String apply(String text) {
        String clean = text;
        for (String form : forms) {
            if (clean.contains(form)) {
                clean = clean.replace(form, "«secret:" + nameByForm.get(form) + "»");
            }
        }
        return clean;
    }

    private static Stream<String> leaves(String value) {
        String stripped = value.strip();
        if (!stripped.startsWith("{") && !stripped.startsWith("[")) {
            return Stream.empty();
        }
        try {
            JsonNode json = JSON.readTree(stripped);
            return Stream.concat(Stream.of(json.toString()), leaves(json));
        } catch (JsonProcessingException e) {
            return Stream.empty();
        }
    }

    private static Stream<String> leaves(JsonNode node) {
        if (node.isContainerNode()) {
            Stream.Builder<JsonNode> children = Stream.builder();
            node.forEach(children);
            return children.build().flatMap(Redaction::leaves);
        }
        return node.isTextual() || node.isNumber() ? Stream.of(node.asText()) : Stream.empty();
    }
}
