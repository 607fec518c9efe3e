package ai.fastn.camunda.effect;

import ai.fastn.camunda.workflow.ExecutionId;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** What one call gave: a result as JSON text, the error that its promise is rejected with, or nothing yet. */
public sealed interface EffectOutcome {

    /**
     * The call succeeded.
     *
     * @param json one JSON value
     * @param secrets what it may carry, because whoever made it had read them
     */
    record Succeeded(String json, SecretsKnown secrets) implements EffectOutcome {

        /** A result that carries no secret. */
        public Succeeded(String json) {
            this(json, SecretsKnown.NONE);
        }
    }

    /**
     * The call failed; the author's code sees an Error.
     *
     * @param name of the Error: {@code ConnectorError}, {@code DatabaseError}...
     * @param message holds no secret and no parameter value
     * @param fields further own properties of the Error as plain JSON values: {@code code} (always, a FASTN code),
     *     {@code status}, {@code connector}, {@code action}, {@code output}, {@code sqlState}, {@code retryable},
     *     {@code retryAfterMs}
     */
    record Failed(String name, String message, Map<String, Object> fields) implements EffectOutcome {}

    /**
     * Another workflow has to run first. The step leaves its thread; the call is performed again when that run has
     * ended.
     *
     * @param execution the run to wait for
     * @param start how it is started; empty when it has been
     */
    record Called(ExecutionId execution, Optional<Start> start) implements EffectOutcome {}

    /**
     * How a run is started.
     *
     * @param definition id of its process definition
     */
    record Start(String definition, RunInput input) {}

    /**
     * The call was not made, because its turn has not come: a limit of the plugin's own is used up. The step waits,
     * without its thread where that takes long, and the call is performed again then. No attempt is counted.
     */
    record Later(Duration delay) implements EffectOutcome {}

    /** The call was begun before, and nobody knows whether it was performed: the run stops until somebody says. */
    record Unknown() implements EffectOutcome {}
}
