package ai.fastn.camunda.effect.connector.builtin;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.effect.EffectScope;
import ai.fastn.camunda.effect.connector.ActionCall;
import ai.fastn.camunda.effect.connector.ConnectorDefinition;
import ai.fastn.camunda.effect.connector.HttpErrorException;
import ai.fastn.camunda.effect.connector.HttpRequests;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** {@code fastn.connector.slack}: messages by an incoming webhook, whose URL is a secret of the tenant. */
final class SlackConnector {

    /** The secret when the input names no other. */
    static final String USUAL_SECRET = "SLACK_WEBHOOK_URL";

    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final HttpRequests requests;
    private final BuiltInConnectors.Secrets secrets;

    SlackConnector(HttpRequests requests, BuiltInConnectors.Secrets secrets) {
        this.requests = requests;
        this.secrets = secrets;
    }

    ConnectorDefinition definition() {
        return DefinitionFile.read("slack", Map.of("postMessage", this::postMessage));
    }

    private JsonNode postMessage(JsonNode members, ActionCall call)
            throws IOException, InterruptedException, HttpErrorException {
        Input input = new Input(members);
        var message = JsonNodeFactory.instance.objectNode().put("text", input.text("text"));
        if (members.has("blocks")) {
            message.set("blocks", members.get("blocks"));
        }
        requests.send(new HttpRequests.Request(
                "POST",
                webhook(input.optionalText("webhookSecret").orElse(USUAL_SECRET), call.scope()),
                Map.of("content-type", "application/json; charset=utf-8"),
                Optional.of(message.toString()),
                input.timeout(LONGEST, call.scope().remaining())));
        return JsonNodeFactory.instance.objectNode().put("ok", true);
    }

    private URI webhook(String secret, EffectScope scope) {
        String url = secrets.find(scope, secret)
                .orElseThrow(() -> new FastnException(
                        ErrorCode.SECRET_UNKNOWN,
                        "secret \"" + secret + "\" does not exist in environment \"" + scope.environment()
                                + "\"; it is the URL of an incoming webhook of Slack"));
        try {
            return new URI(url.strip());
        } catch (URISyntaxException e) {
            throw Input.wrong("secret \"" + secret + "\" is not a URL");
        }
    }
}
