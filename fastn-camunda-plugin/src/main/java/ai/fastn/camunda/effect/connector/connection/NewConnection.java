package ai.fastn.camunda.effect.connector.connection;

import ai.fastn.camunda.effect.connector.ConnectorAuth;
import ai.fastn.camunda.effect.connector.ConnectorDefinition;
import ai.fastn.camunda.workflow.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Makes a connection of a draft: with an id that nobody can guess, active, without a token. */
final class NewConnection {

    private NewConnection() {}

    static Connection of(
            TenantId tenant,
            ConnectorDefinition definition,
            boolean managed,
            ConnectionDraft draft,
            Optional<Boolean> ownApp) {
        return new Connection(
                UUID.randomUUID().toString(),
                tenant,
                draft.environment(),
                definition.slug(),
                managed,
                draft.label(),
                definition.auth().method(),
                Optional.empty(),
                draft.settings(),
                ownApp,
                draft.scopes().isEmpty() ? usualScopes(definition.auth()) : draft.scopes(),
                Optional.empty(),
                Optional.empty(),
                ConnectionStatus.ACTIVE,
                false,
                Optional.empty(),
                0,
                Instant.EPOCH,
                "");
    }

    private static List<String> usualScopes(ConnectorAuth auth) {
        return auth instanceof ConnectorAuth.OAuth2 oauth ? oauth.terms().scopes() : List.of();
    }
}
