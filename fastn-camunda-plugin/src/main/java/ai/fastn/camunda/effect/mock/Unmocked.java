package ai.fastn.camunda.effect.mock;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.effect.Effect;
import ai.fastn.camunda.effect.EffectOutcome;
import ai.fastn.camunda.workflow.ConnectorVersions;
import ai.fastn.camunda.workflow.TenantId;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What becomes of calls that no rule answers. */
record Unmocked(Others others, Effect effect, TenantId tenant, ConnectorVersions versions) {

    private static final int LONGEST_ARGUMENTS = 16_384;

    /** What the call gets; empty: it is made, which leaves nothing outside of the run. */
    Optional<EffectOutcome> outcome(MockedCall call) {
        if (others == Others.LIVE) {
            return Optional.empty();
        }
        return switch (call.request().family()) {
            case "state", "envConfig", "flow" -> Optional.empty();
            case "secrets" -> Optional.of(placeholder(call));
            default -> sample(call).or(() -> Optional.of(refused(call)));
        };
    }

    private Optional<EffectOutcome> sample(MockedCall call) {
        return others == Others.SAMPLE ? effect.sample(call.request(), tenant, versions) : Optional.empty();
    }

    /**
     * The text that stands for the secret in whatever leaves a run, so that a recording fits what the code makes of it.
     */
    private static EffectOutcome placeholder(MockedCall call) {
        String name = call.arguments().path("name").asText();
        return new EffectOutcome.Succeeded(MockJson.write(placeholder(name, MockJson.MAPPER.nullNode())));
    }

    /** The same for each value of a secret that has several. */
    static JsonNode placeholder(String name, JsonNode secret) {
        if (secret.isArray()) {
            ArrayNode list = MockJson.MAPPER.createArrayNode();
            secret.forEach(each -> list.add(placeholder(name, each)));
            return list;
        }
        if (secret.isObject()) {
            ObjectNode object = MockJson.MAPPER.createObjectNode();
            secret.properties().forEach(each -> object.set(each.getKey(), placeholder(name, each.getValue())));
            return object;
        }
        return MockJson.MAPPER.getNodeFactory().textNode("«secret:" + name + "»");
    }

    private static EffectOutcome refused(MockedCall call) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("code", ErrorCode.MOCK_MISSING.code());
        fields.put("call", call.request().name());
        fields.put("arguments", shown(call.shown()));
        fields.put("retryable", false);
        return new EffectOutcome.Failed(
                "MockError",
                call.request().name() + " has no mock for these arguments, and this run makes no call",
                fields);
    }

    private static Object shown(JsonNode arguments) {
        String text = MockJson.write(arguments);
        return text.length() > LONGEST_ARGUMENTS
                ? text.substring(0, LONGEST_ARGUMENTS) + "…"
                : MockJson.MAPPER.convertValue(arguments, Object.class);
    }
}
