package ai.fastn.camunda.runtime;

import ai.fastn.camunda.effect.EffectOutcome;
import ai.fastn.camunda.effect.SecretsKnown;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;

/** The text form of outcomes. */
final class OutcomeText {

    private static final String OK = "+";
    private static final String FAILED = "-";
    /** A result with the secrets that it may carry. */
    private static final String CARRYING = "*";

    private OutcomeText() {}

    /** A secret's outcome is written without its value. */
    static String write(String effect, EffectOutcome outcome) {
        if (outcome instanceof EffectOutcome.Failed failed) {
            return FAILED + error(failed);
        }
        if (effect.equals("secrets.get")) {
            return OK;
        }
        EffectOutcome.Succeeded succeeded = (EffectOutcome.Succeeded) outcome;
        return succeeded.secrets().isEmpty()
                ? OK + succeeded.json()
                : CARRYING + succeeded.secrets().with(succeeded.json());
    }

    static EffectOutcome read(String text) {
        String json = text.substring(1);
        if (text.startsWith(OK)) {
            return new EffectOutcome.Succeeded(json);
        }
        if (text.startsWith(CARRYING)) {
            return SecretsKnown.parse(json);
        }
        JsonNode node = Json.read(json);
        Map<String, Object> fields = new LinkedHashMap<>();
        node.path("fields")
                .properties()
                .forEach(field -> fields.put(field.getKey(), Json.MAPPER.convertValue(field.getValue(), Object.class)));
        return new EffectOutcome.Failed(
                node.path("name").asText(), node.path("message").asText(), fields);
    }

    /** What the guest gets. */
    static String forGuest(EffectOutcome outcome) {
        return outcome instanceof EffectOutcome.Failed failed
                ? error(failed)
                : ((EffectOutcome.Succeeded) outcome).json();
    }

    /** What the guest makes its Error of. */
    private static String error(EffectOutcome.Failed failed) {
        return Json.write(Map.of("name", failed.name(), "message", failed.message(), "fields", failed.fields()));
    }
}
