package ai.fastn.camunda.effect.connector;

import ai.fastn.camunda.effect.EffectOutcome;
import ai.fastn.camunda.effect.Scenario;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Optional;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.message.BasicHeader;

/** What an action gives when nobody performs it. */
record ImitatedCalls(ConnectorDefinition definition, ConnectorAction action) {

    /** The example of its output, or a value that fits it; null where it says nothing of it. */
    JsonNode sample() {
        return action.output()
                .map(definition::whole)
                .map(SchemaSample::of)
                .orElseGet(JsonNodeFactory.instance::nullNode);
    }

    /** The same as the sandbox takes it. */
    EffectOutcome sampled() {
        return new EffectOutcome.Succeeded(JsonNodeFactory.instance
                .objectNode()
                .put("status", 200)
                .put("durationMs", 0)
                .set("output", sample())
                .toString());
    }

    /** The error that the service would cause. */
    EffectOutcome failed(Scenario scenario, ConnectorFailure failure) {
        if (scenario == Scenario.TIMEOUT) {
            return failure.unanswered(
                    HttpCalls.unansweredWithin(action.timeout().total().toMillis()), action);
        }
        Optional<Header> wait = scenario.retryAfter().map(seconds -> new BasicHeader("Retry-After", seconds));
        ConnectorAnswer answer =
                ConnectorAnswer.of(scenario.status(), wait.stream().toArray(Header[]::new), new byte[0]);
        return failure.answered(answer, "");
    }
}
