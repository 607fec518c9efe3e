package ai.fastn.camunda.effect.connector.connection;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A connection with its secrets in clear, only in memory. */
record Opened(Connection connection, Map<String, String> fields) {

    static final String ACCESS_TOKEN = "accessToken";
    static final String REFRESH_TOKEN = "refreshToken";

    Opened {
        fields = Map.copyOf(fields);
    }

    Optional<String> field(String name) {
        return Optional.ofNullable(fields.get(name));
    }

    Optional<String> accessToken() {
        return field(ACCESS_TOKEN);
    }

    /** Settings and secret fields: what the request of a login may mention. */
    Map<String, String> values() {
        Map<String, String> values = new LinkedHashMap<>(connection.settings());
        values.putAll(fields);
        return values;
    }

    /** The same with new tokens; a refresh token that did not come anew stays. */
    Opened with(Tokens tokens, Instant now) {
        Map<String, String> more = new LinkedHashMap<>(fields);
        more.put(ACCESS_TOKEN, tokens.access());
        tokens.refresh().ifPresent(token -> more.put(REFRESH_TOKEN, token));
        return new Opened(connection.with(tokens, now), more);
    }

    /** The same after a change; new secrets make an old token void. */
    Opened with(ConnectionChange change) {
        Map<String, String> more = new LinkedHashMap<>(fields);
        more.putAll(change.fields());
        if (!change.fields().isEmpty()) {
            more.remove(ACCESS_TOKEN);
        }
        return new Opened(connection.with(change), more);
    }

    @Override
    public String toString() {
        return "connection " + connection.id() + " version " + connection.version();
    }
}
