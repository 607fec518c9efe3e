package ai.fastn.camunda.runtime;

import ai.fastn.camunda.effect.EffectOutcome;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;

/** The text form of outcomes. */
final class OutcomeText {

    private static final String OK = "+";
    private static final String FAILED = "-";

    private OutcomeText() {}

    /** A secret's outcome is written without its value. */
    static String write(String effect, EffectOutcome outcome) {
        if (outcome instanceof EffectOutcome.Failed failed) {
            return FAILED + error(failed);
        }
        return effect.startsWith("secrets.") ? OK : OK + ((EffectOutcome.Succeeded) outcome).json();
    }

    static EffectOutcome read(String text) {
        String json = text.substring(1);
        if (text.startsWith(OK)) {
            return new EffectOutcome.Succeeded(json);
        }
        JsonNode node = Json.read(json);
        Map<String, Object> fields = new LinkedHashMap<>();
        node.path("fields")
                .properties()
                .forEach(field -> fields.put(field.getKey(), Json.MAPPER.convertValue(field.getValue(), Object.class)));
        return new EffectOutcome.Failed(
                node.path("name").asText(), node.path("message").asText(), fields);
    }

    /** What the guest makes its Error of. */
    static String error(EffectOutcome.Failed failed) {
        return Json.write(Map.of("name", failed.name(), "message", failed.message(), "fields", failed.fields()));
    }
}
