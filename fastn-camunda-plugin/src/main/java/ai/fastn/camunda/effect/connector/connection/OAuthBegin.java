package ai.fastn.camunda.effect.connector.connection;

import ai.fastn.camunda.effect.connector.connection.OAuthStates.Pending;
import java.util.Optional;

/**
 * What somebody wants to be authorized for.
 *
 * @param draft of the connection that is made in the end, without fields
 * @param reconnects id of the connection that gets new tokens instead
 */
public record OAuthBegin(ConnectionDraft draft, Optional<String> reconnects) {

    Pending pending(boolean managed, boolean ownApp, String connector, String redirectUri, String who) {
        return new Pending(
                connector,
                managed,
                ownApp,
                draft.environment().map(Object::toString).orElse(""),
                draft.label(),
                draft.settings(),
                draft.scopes(),
                draft.isDefault().orElse(null),
                reconnects.orElse(""),
                redirectUri,
                who);
    }
}
