package ai.fastn.camunda.effect.connector;

import ai.fastn.camunda.effect.EffectScope;
import java.time.Duration;

/** Which action a call means, and who calls. */
record Planned(ConnectorDefinition definition, ConnectorAction action, Credentials credentials) {

    /** How long it may take. */
    Duration limit(EffectScope scope) {
        Duration remaining = scope.remaining();
        return action.timeout().compareTo(remaining) < 0 ? action.timeout() : remaining;
    }
}
