package ai.fastn.camunda.effect.connector;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** An action that is performed by code in this JVM. Thread-safe. */
@FunctionalInterface
public interface JavaAction {

    /**
     * Performs one call and waits for it, on a thread that is interrupted when the caller stops waiting.
     *
     * @param input what the author's code gave
     * @return the result; null for none
     * @throws ActionFailedException when the author's code shall see an error with these facts
     * @throws Exception for anything else; its message is not shown to the author
     */
    @Nullable JsonNode perform(JsonNode input, ActionCall call) throws Exception;
}
