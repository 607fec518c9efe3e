package ai.fastn.camunda.effect.secret;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.effect.EffectScope;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The handles of secrets ({@code fastn.secrets.ref}) in the input of a call. The sandbox says where they stand; text
 * that merely looks like one stays what it is.
 */
public final class SecretRefs {

    private final SecretStore secrets;
    private final EffectScope scope;
    private JsonNode input;
    private Redaction redaction = Redaction.NONE;

    private SecretRefs(JsonNode input, SecretStore secrets, EffectScope scope) {
        this.input = input;
        this.secrets = secrets;
        this.scope = scope;
    }

    /**
     * An input with the secrets in their places.
     *
     * @param redaction takes these secrets out of what comes back
     */
    public record Filled(JsonNode input, Redaction redaction) {

        @Override
        public String toString() {
            return "input of a call";
        }
    }

    /**
     * Resolves the handles.
     *
     * @param arguments {@code input}, and {@code refs}: pairs of JSON pointer into it and name
     * @param redaction of what the call carries already
     * @throws FastnException SECRET_UNKNOWN
     */
    public static Filled fill(JsonNode arguments, Redaction redaction, SecretStore secrets, EffectScope scope) {
        JsonNode refs = arguments.path("refs");
        if (refs.isEmpty()) {
            return new Filled(arguments.path("input"), redaction);
        }
        SecretRefs filling = new SecretRefs(arguments.path("input").deepCopy(), secrets, scope);
        filling.redaction = redaction;
        refs.forEach(ref -> filling.put(
                JsonPointer.compile(ref.path(0).asText()), ref.path(1).asText()));
        return new Filled(filling.input, filling.redaction);
    }

    private void put(JsonPointer place, String name) {
        String value = secrets.get(scope.tenant(), scope.environment(), name)
                .orElseThrow(() -> new FastnException(
                        ErrorCode.SECRET_UNKNOWN,
                        "secret \"" + name + "\" does not exist in environment \"" + scope.environment() + "\""))
                .value();
        redaction = redaction.with(name, value);
        JsonNode json = SecretReads.json(value);
        if (place.matches()) {
            input = json;
            return;
        }
        JsonNode holder = input.at(place.head());
        if (holder instanceof ObjectNode object) {
            object.set(place.last().getMatchingProperty(), json);
        } else {
            ((ArrayNode) holder).set(place.last().getMatchingIndex(), json);
        }
    }
}
