package ai.fastn.camunda.effect.connector.connection;

import java.time.Instant;
import java.util.Optional;

/**
 * A client that is registered at an authorization server.
 *
 * @param own whether it is the tenant's; otherwise the operator's
 * @param clientSecret empty: a public client, which has only PKCE
 * @param updatedBy empty: it stands in a connection
 */
public record OAuthApp(
        String connector,
        boolean own,
        String clientId,
        Optional<String> clientSecret,
        Optional<Instant> updatedAt,
        Optional<String> updatedBy) {

    @Override
    public String toString() {
        return "OAuth app " + clientId;
    }
}
