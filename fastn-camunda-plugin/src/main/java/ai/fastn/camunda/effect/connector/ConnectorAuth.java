package ai.fastn.camunda.effect.connector;

import java.util.Optional;

/** How a connector shows who calls: always by secrets of the tenant, named here. */
public sealed interface ConnectorAuth {

    /** No authentication. */
    record None() implements ConnectorAuth {}

    /** {@code Authorization: Bearer ...}. */
    record Bearer(String secret) implements ConnectorAuth {}

    /** A header or query parameter; the prefix stands before the key. */
    record ApiKey(Place in, String name, String secret, String prefix) implements ConnectorAuth {}

    /** {@code Authorization: Basic ...}; the user's name is a constant or a secret too. */
    record Basic(Optional<String> username, Optional<String> usernameSecret, String passwordSecret)
            implements ConnectorAuth {}

    /** Where an API key stands. */
    enum Place {
        HEADER,
        QUERY
    }
}
