package ai.fastn.camunda.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * An event that a run waits for.
 *
 * @param call number of the call of {@code fastn.waitFor}
 * @param message name of the message that is it in the engine
 */
public record AwaitedEvent(int call, String message) {

    static AwaitedEvent of(OpenCall call) {
        JsonNode arguments = Json.read(call.request.arguments());
        return new AwaitedEvent(
                call.ordinal,
                message(
                        arguments.path("event").asText(),
                        Optional.ofNullable(arguments.path("key").textValue())));
    }

    /** The name of a message: the event, and behind a colon the key if there is one. */
    public static String message(String event, Optional<String> key) {
        return event + key.map(text -> ":" + text).orElse("");
    }
}
