package ai.fastn.camunda.effect.mock;

import ai.fastn.camunda.effect.EffectRequest;
import ai.fastn.camunda.effect.EffectScope;
import ai.fastn.camunda.workflow.Environment;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * {@code fastn.state} of a run that makes no call: ORG values are values of the run too, which nobody else sees and
 * which go with it. They lie in an environment of their own, so that no INVOCATION value has their place.
 *
 * @param request as it is performed
 */
public record PrivateState(EffectRequest request, EffectScope scope) {

    private static final Environment ORG = new Environment("mocked ORG");

    /** A call of {@code fastn.state}, made where it leaves nothing. */
    public static PrivateState of(EffectRequest request, EffectScope scope) {
        JsonNode arguments = MockJson.read(request.arguments());
        JsonNode kind = arguments.path("scope");
        if (!kind.isMissingNode() && !kind.isNull() && !kind.asText().equals("ORG")) {
            return new PrivateState(request, scope);
        }
        ObjectNode moved = ((ObjectNode) arguments).put("scope", "INVOCATION");
        return new PrivateState(new EffectRequest(request.name(), MockJson.write(moved)), scope.in(ORG));
    }
}
