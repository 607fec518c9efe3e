package ai.fastn.camunda.effect.connector;

import ai.fastn.camunda.effect.EffectScope;
import java.time.Duration;
import java.util.Optional;

/** Which action a call means, and who calls. */
record Planned(ConnectorDefinition definition, ConnectorAction action, Credentials credentials) {

    /** The same call with other credentials, which are the last ones it gets. */
    Planned with(Credentials renewed) {
        return new Planned(definition, action, renewed.renewedBy(rejected -> Optional.empty()));
    }

    /** How long it may take. */
    Duration limit(EffectScope scope) {
        Duration remaining = scope.remaining();
        return action.timeout().compareTo(remaining) < 0 ? action.timeout() : remaining;
    }
}
