package ai.fastn.camunda.effect.connector;

import ai.fastn.camunda.effect.EffectScope;
import ai.fastn.camunda.effect.secret.Redaction;
import java.time.Duration;
import java.util.Optional;

/** Which action a call means, and who calls. */
record Planned(ConnectorDefinition definition, ConnectorAction action, Credentials credentials) {

    /** The same call with other credentials, which are the last ones it gets. */
    Planned with(Credentials renewed) {
        Redaction both = renewed.redaction().and(credentials.redaction());
        return new Planned(definition, action, renewed.redacting(both).renewedBy(rejected -> Optional.empty()));
    }

    /** The same, with what is taken out of answers. */
    Planned redacting(Redaction redaction) {
        return new Planned(definition, action, credentials.redacting(redaction));
    }

    /** How long it may take. */
    Duration limit(EffectScope scope) {
        Duration remaining = scope.remaining();
        Duration total = action.timeout().total();
        return total.compareTo(remaining) < 0 ? total : remaining;
    }
}
