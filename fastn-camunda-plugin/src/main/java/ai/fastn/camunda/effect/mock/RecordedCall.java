package ai.fastn.camunda.effect.mock;

import ai.fastn.camunda.effect.EffectOutcome;
import ai.fastn.camunda.effect.EffectRequest;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A call that was made, as it is kept: without secrets.
 *
 * @param call the function
 * @param arguments as its author wrote them, JSON
 * @param answer what it gave, as a mock would be told to, JSON
 */
record RecordedCall(String call, String arguments, String answer) {

    /** Both without secrets. */
    static RecordedCall of(EffectRequest request, EffectOutcome outcome) {
        JsonNode arguments = MockedCall.argumentsOf(request);
        EffectOutcome kept = request.family().equals("secrets")
                ? withoutValue(arguments.path("name").asText(), outcome)
                : outcome;
        return new RecordedCall(
                request.name(), MockJson.write(arguments), MockJson.write(answer(request.family(), kept)));
    }

    /** The form of a secret without any of its values, however short. */
    private static EffectOutcome withoutValue(String name, EffectOutcome outcome) {
        return outcome instanceof EffectOutcome.Succeeded succeeded
                ? new EffectOutcome.Succeeded(
                        MockJson.write(Unmocked.placeholder(name, MockJson.read(succeeded.json()))))
                : outcome;
    }

    private static JsonNode answer(String family, EffectOutcome outcome) {
        if (outcome instanceof EffectOutcome.Succeeded succeeded) {
            return Outputs.authored(family, MockJson.read(succeeded.json()));
        }
        if (!(outcome instanceof EffectOutcome.Failed failed)) {
            throw new IllegalStateException("bug: a call that has not ended is not recorded");
        }
        ObjectNode answer = MockJson.MAPPER.createObjectNode();
        ObjectNode error = answer.putObject("error");
        error.put("name", failed.name()).put("message", failed.message());
        failed.fields().forEach((field, value) -> error.set(field, MockJson.MAPPER.valueToTree(value)));
        return answer;
    }
}
