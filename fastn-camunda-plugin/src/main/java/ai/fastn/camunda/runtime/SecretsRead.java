package ai.fastn.camunda.runtime;

import ai.fastn.camunda.effect.EffectOutcome;
import ai.fastn.camunda.effect.EffectRequest;
import ai.fastn.camunda.effect.SecretsKnown;
import ai.fastn.camunda.effect.secret.Redaction;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/**
 * The secrets a run has read, and what leaves the run without them: its result and its errors. Each value counts, also
 * one that was replaced since.
 */
final class SecretsRead {

    private SecretsKnown known = SecretsKnown.NONE;
    private Redaction redaction = Redaction.NONE;

    /** Notes the outcome of a call when it is the value of a secret, or may carry some. */
    void heard(EffectRequest request, EffectOutcome outcome) {
        if (outcome instanceof EffectOutcome.Succeeded succeeded) {
            add(succeeded.secrets());
            if (request.name().equals("secrets.get")) {
                String name = Json.read(request.arguments()).path("name").asText();
                add(new SecretsKnown(List.of(new SecretsKnown.Entry(name, succeeded.json()))));
            }
        }
    }

    void add(SecretsKnown more) {
        SecretsKnown all = known.and(more);
        if (all.entries().size() > known.entries().size()) {
            known = all;
            for (SecretsKnown.Entry entry : more.entries()) {
                redaction = redaction.withOutcome(entry.name(), entry.json());
            }
        }
    }

    SecretsKnown known() {
        return known;
    }

    /** For the base, which is sealed as soon as there is a secret. */
    List<List<String>> saved() {
        return known.entries().stream()
                .map(each -> List.of(each.name(), each.json()))
                .toList();
    }

    /** Takes up what {@link #saved} gave. */
    void restore(JsonNode saved) {
        add(SecretsKnown.of(saved));
    }

    /** What the code wrote, as it may be told to others. */
    List<RunEvents.ConsoleLine> withoutSecrets(List<RunEvents.ConsoleLine> lines) {
        return lines.stream()
                .map(line -> new RunEvents.ConsoleLine(line.level(), withoutSecrets(line.text())))
                .toList();
    }

    /** A call as it may be told to others. */
    EffectRequest withoutSecrets(EffectRequest request) {
        return known.isEmpty() ? request : new EffectRequest(request.name(), withoutSecretsInJson(request.arguments()));
    }

    /** An outcome as it may be told to others. */
    EffectOutcome withoutSecrets(EffectOutcome outcome) {
        if (known.isEmpty()) {
            return outcome;
        }
        if (outcome instanceof EffectOutcome.Failed failed) {
            return new EffectOutcome.Failed(
                    failed.name(),
                    withoutSecrets(failed.message()),
                    withoutSecrets(Json.read(Json.write(failed.fields()))));
        }
        return outcome instanceof EffectOutcome.Succeeded succeeded
                ? new EffectOutcome.Succeeded(withoutSecretsInJson(succeeded.json()))
                : outcome;
    }

    /** Whether a search finds one of the secrets in a JSON text. */
    boolean areIn(String json) {
        return !known.isEmpty() && !Json.read(rewritten(json)).equals(Json.read(json));
    }

    String withoutSecrets(String text) {
        return redaction.apply(text);
    }

    /** A JSON text without the secrets: names, strings and numbers are looked through one by one. */
    String withoutSecretsInJson(String json) {
        return known.isEmpty() ? json : rewritten(json);
    }

    /** The members of an error without the secrets. */
    Map<String, Object> withoutSecrets(JsonNode fields) {
        return known.isEmpty() || fields.isEmpty()
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
