package ai.fastn.camunda.runtime;

import ai.fastn.camunda.effect.EffectOutcome;
import ai.fastn.camunda.effect.EffectRequest;
import ai.fastn.camunda.effect.secret.Redaction;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The secrets a run has read, and what leaves the run without them: its result and its errors. Each value counts, also
 * one that was replaced since.
 */
final class SecretsRead {

    private final List<Entry> entries = new ArrayList<>();
    private Redaction redaction = Redaction.NONE;

    /** Name of a secret and the outcome of {@code secrets.get}, which is JSON. */
    private record Entry(String name, String json) {}

    /** Notes the outcome of a call when it is the value of a secret. */
    void heard(EffectRequest request, EffectOutcome outcome) {
        if (request.family().equals("secrets") && outcome instanceof EffectOutcome.Succeeded succeeded) {
            add(new Entry(Json.read(request.arguments()).path("name").asText(), succeeded.json()));
        }
    }

    private void add(Entry entry) {
        if (!entries.contains(entry)) {
            entries.add(entry);
            redaction = redaction.withOutcome(entry.name(), entry.json());
        }
    }

    /** For the base, which is sealed as soon as there is a secret. */
    List<List<String>> saved() {
        return entries.stream().map(each -> List.of(each.name(), each.json())).toList();
    }

    /** Takes up what {@link #saved} gave. */
    void restore(JsonNode saved) {
        saved.forEach(each -> add(new Entry(each.path(0).asText(), each.path(1).asText())));
    }

    String withoutSecrets(String text) {
        return redaction.apply(text);
    }

    /** A JSON text without the secrets: names, strings and numbers are looked through one by one. */
    String withoutSecretsInJson(String json) {
        return entries.isEmpty() ? json : rewritten(json);
    }

    /** The members of an error without the secrets. */
    Map<String, Object> withoutSecrets(JsonNode fields) {
        return entries.isEmpty() || fields.isEmpty()
                ? Json.members(fields)
                : Json.members(Json.read(rewritten(Json.write(fields))));
    }

    private String rewritten(String json) {
        StringWriter clean = new StringWriter(json.length());
        try (JsonParser parser = Json.MAPPER.createParser(json);
                JsonGenerator out = Json.MAPPER.createGenerator(clean)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                copy(token, parser, out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("bug: the runtime wrote text that is no JSON", e);
        }
        return clean.toString();
    }

    private void copy(JsonToken token, JsonParser parser, JsonGenerator out) throws IOException {
        if (token == JsonToken.FIELD_NAME) {
            out.writeFieldName(redaction.apply(parser.currentName()));
        } else if (token == JsonToken.VALUE_STRING) {
            out.writeString(redaction.apply(parser.getText()));
        } else if (token.isNumeric()) {
            number(parser.getText(), out);
        } else {
            out.copyCurrentEvent(parser);
        }
    }

    private void number(String text, JsonGenerator out) throws IOException {
        String clean = redaction.apply(text);
        if (clean.equals(text)) {
            out.writeNumber(text);
        } else {
            out.writeString(clean);
        }
    }
}
