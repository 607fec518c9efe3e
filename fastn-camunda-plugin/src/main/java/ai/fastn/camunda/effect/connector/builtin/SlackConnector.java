package ai.fastn.camunda.effect.connector.builtin;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.effect.EffectScope;
import ai.fastn.camunda.effect.connector.ActionCall;
import ai.fastn.camunda.effect.connector.CallTimeout;
import ai.fastn.camunda.effect.connector.ConnectorDefinition;
import ai.fastn.camunda.effect.connector.HttpErrorException;
import ai.fastn.camunda.effect.connector.HttpRequests;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** {@code fastn.connector.slack}: messages by an incoming webhook, whose URL the tenant keeps secret. */
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
                webhook(input, call),
                Map.of("content-type", "application/json; charset=utf-8"),
                Optional.of(message.toString().getBytes(StandardCharsets.UTF_8)),
                CallTimeout.of(input.timeout(LONGEST, call.scope().remaining()))));
        return JsonNodeFactory.instance.objectNode().put("ok", true);
    }

    /** A secret that the input names, else that of the connection, else the usual secret. */
    private URI webhook(Input input, ActionCall call) {
        Optional<String> named = input.optionalText("webhookSecret");
        Optional<String> connected =
                Optional.ofNullable(call.credentials().fields().get("webhookUrl"));
        if (named.isEmpty() && connected.isPresent()) {
            return url("field \"webhookUrl\" of the connection", connected.get());
        }
        String secret = named.orElse(USUAL_SECRET);
        return url("secret \"" + secret + "\"", secret(secret, call.scope()));
    }

    private String secret(String name, EffectScope scope) {
        return secrets.find(scope, name)
                .orElseThrow(() -> new FastnException(
                        ErrorCode.SECRET_UNKNOWN,
                        "secret \"" + name + "\" does not exist in environment \"" + scope.environment()
                                + "\"; it is the URL of an incoming webhook of Slack"));
    }

    private static URI url(String what, String text) {
        try {
            return new URI(text.strip());
        } catch (URISyntaxException e) {
            throw Input.wrong(what + " is not a URL");
        }
    }
}
