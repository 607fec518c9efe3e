package ai.fastn.camunda.effect.mock;

import ai.fastn.camunda.effect.EffectRequest;
import com.fasterxml.jackson.databind.JsonNode;

/**
 * A call as rules see it.
 *
 * @param request as the code made it
 * @param arguments as the author wrote them: of an action of a connector its input
 * @param shown the same without secrets, as recordings have them
 */
record MockedCall(EffectRequest request, JsonNode arguments, JsonNode shown) {

    static MockedCall of(EffectRequest request, EffectRequest withoutSecrets) {
        JsonNode arguments = argumentsOf(request);
        return new MockedCall(
                request, arguments, request.equals(withoutSecrets) ? arguments : argumentsOf(withoutSecrets));
    }

    /** The arguments of a call as its author wrote them; an action without an input has none. */
    static JsonNode argumentsOf(EffectRequest request) {
        JsonNode arguments = MockJson.read(request.arguments());
        if (!request.family().equals("connector")) {
            return arguments;
        }
        return arguments.path("input").isNull() ? MockJson.MAPPER.createObjectNode() : arguments.path("input");
    }

    boolean isNamed(String call) {
        return call.equals("fetch")
                ? request.family().equals("fetch")
                : request.name().equals(call);
    }
}
