package ai.fastn.camunda.effect;

import java.util.Map;

/** What one call gave: a result as JSON text, or the error that its promise is rejected with. */
public sealed interface EffectOutcome {

    /** The call succeeded; {@code json} is one JSON value. */
    record Succeeded(String json) implements EffectOutcome {}

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
}
