package ai.fastn.camunda.execution;

import ai.fastn.camunda.effect.EffectRequest;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

/**
 * One call of a {@code fastn.flow} function.
 *
 * @param workflow the slug, not checked
 * @param input {@code ctx.input} of the called run, as JSON
 * @param waits whether the caller wants the result
 */
record FlowCall(String workflow, String input, boolean waits) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    static FlowCall of(EffectRequest request) {
        try {
            JsonNode arguments = JSON.readTree(request.arguments());
            return new FlowCall(
                    arguments.path("workflow").asText(),
                    JSON.writeValueAsString(arguments.path("input")),
                    request.name().equals("flow.invoke"));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("bug: arguments of " + request.name() + " are not JSON", e);
        }
    }
}
