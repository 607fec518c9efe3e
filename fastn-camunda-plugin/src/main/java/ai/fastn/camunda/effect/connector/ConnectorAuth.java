package ai.fastn.camunda.effect.connector;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * How a connector shows who calls. The credentials are those of a connection; the simple forms may name secrets of the
 * tenant instead, which are used where there is no connection.
 */
public sealed interface ConnectorAuth {

    /** No authentication. */
    record None() implements ConnectorAuth {}

    /** {@code Authorization: Bearer ...}; a connection has field {@code token}. */
    record Bearer(Optional<String> namedSecret) implements ConnectorAuth {

        public Bearer(String secret) {
            this(Optional.of(secret));
        }

        @Override
        public Set<String> fields() {
            return Set.of("token");
        }

        @Override
        public boolean namesSecrets() {
            return namedSecret.isPresent();
        }
    }

    /** A header or query parameter; the prefix stands before the key; a connection has field {@code key}. */
    record ApiKey(Place in, String name, Optional<String> namedSecret, String prefix) implements ConnectorAuth {

        public ApiKey(Place in, String name, String secret, String prefix) {
            this(in, name, Optional.of(secret), prefix);
        }

        @Override
        public Set<String> fields() {
            return Set.of("key");
        }

        @Override
        public boolean namesSecrets() {
            return namedSecret.isPresent();
        }
    }

    /**
     * {@code Authorization: Basic ...}; a connection has fields {@code username} and {@code password}; named, the
     * user's name is a constant or a secret too.
     */
    record Basic(Optional<String> username, Optional<String> usernameSecret, Optional<String> namedPassword)
            implements ConnectorAuth {

        public Basic(Optional<String> username, Optional<String> usernameSecret, String passwordSecret) {
            this(username, usernameSecret, Optional.of(passwordSecret));
        }

        @Override
        public Set<String> fields() {
            return Set.of("username", "password");
        }

        @Override
        public boolean namesSecrets() {
            return namedPassword.isPresent();
        }
    }

    /** RFC 7616, answers a challenge of the service; fields as with {@link Basic}. */
    record Digest(Basic user) implements ConnectorAuth {

        @Override
        public Set<String> fields() {
            return user.fields();
        }

        @Override
        public boolean namesSecrets() {
            return user.namesSecrets();
        }
    }

    /** A token of an OAuth 2.0 authorization server; a connection for client credentials may bring its own client. */
    record OAuth2(OAuthTerms terms) implements ConnectorAuth {

        @Override
        public Set<String> fields() {
            return terms.grant() == OAuthTerms.Grant.CODE ? Set.of() : Set.of("clientId", "clientSecret");
        }
    }

    /** A token that one request for a login gives; a connection has the fields that the request mentions. */
    record CustomLogin(LoginRecipe recipe) implements ConnectorAuth {

        @Override
        public Set<String> fields() {
            return new TreeSet<>(recipe.names());
        }
    }

    /** What code in this JVM reads of a connection, where there is one; without one it knows another way. */
    record Fields(Set<String> needed, Set<String> possible) implements ConnectorAuth {

        public Fields {
            needed = Set.copyOf(needed);
            possible = Set.copyOf(possible);
        }

        @Override
        public Set<String> fields() {
            Set<String> all = new TreeSet<>(needed);
            all.addAll(possible);
            return all;
        }

        @Override
        public boolean needs(String field) {
            return needed.contains(field);
        }

        @Override
        public boolean isOptional() {
            return true;
        }
    }

    /** Each connection says itself which address it is for, and by which of these kinds that is shown who calls. */
    record PerConnection(List<AuthKind> kinds) implements ConnectorAuth {

        public PerConnection {
            kinds = List.copyOf(kinds);
        }

        @Override
        public boolean isOptional() {
            return true;
        }
    }

    /** The secret fields of a connection that a person fills in. */
    default Set<String> fields() {
        return Set.of();
    }

    /** Whether a connection without this field is none. */
    default boolean needs(String field) {
        return true;
    }

    /** Whether calls without any connection are made, as nobody or as the operator has set. */
    default boolean isOptional() {
        return this instanceof None;
    }

    /** Whether it works without a connection. */
    default boolean namesSecrets() {
        return false;
    }

    /** The word for it in definition files and in the API. */
    default String method() {
        if (this instanceof OAuth2 oauth) {
            return oauth.terms().grant() == OAuthTerms.Grant.CODE ? "oauth2Code" : "oauth2ClientCredentials";
        }
        String name = getClass().getSimpleName();
        return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
    }

    /** Where an API key stands. */
    enum Place {
        HEADER,
        QUERY
    }
}
