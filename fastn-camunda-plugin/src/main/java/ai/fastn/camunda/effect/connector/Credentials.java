package ai.fastn.camunda.effect.connector;

import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.effect.secret.Redaction;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What shows a service who calls, for one call.
 *
 * @param headers that only the connector's own host may see
 * @param query likewise
 * @param fields of the connection, in clear: {@code username}, {@code password}...
 * @param settings of the connection, which are not secret
 * @param redaction removes these secrets from what comes back
 * @param renewal what to do when the service answers 401
 * @param connection id of the connection they are of; empty: of none
 */
public record Credentials(
        Map<String, String> headers,
        Map<String, String> query,
        Map<String, String> fields,
        Map<String, String> settings,
        Redaction redaction,
        Renewal renewal,
        Optional<String> connection) {

    /** None. */
    public static final Credentials NONE = new Credentials(Map.of(), Map.of(), Redaction.NONE);

    public Credentials {
        headers = Map.copyOf(headers);
        query = Map.copyOf(query);
        fields = Map.copyOf(fields);
        settings = Map.copyOf(settings);
    }

    /** Credentials that stay what they are. */
    public Credentials(Map<String, String> headers, Map<String, String> query, Redaction redaction) {
        this(headers, query, Map.of(), Map.of(), redaction, rejected -> Optional.empty(), Optional.empty());
    }

    /** The same with one header more. */
    public Credentials withHeader(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Credentials(more, query, fields, settings, redaction, renewal, connection);
    }

    /** The same, with what is taken out of answers. */
    public Credentials redacting(Redaction other) {
        return new Credentials(headers, query, fields, settings, other, renewal, connection);
    }

    /** The same, known to be of a connection. */
    public Credentials of(String id) {
        return new Credentials(headers, query, fields, settings, redaction, renewal, Optional.of(id));
    }

    /** The same, to be used once more after a 401. */
    public Credentials renewedBy(Renewal otherRenewal) {
        return new Credentials(headers, query, fields, settings, redaction, otherRenewal, connection);
    }

    @Override
    public String toString() {
        return "credentials";
    }

    /** Finds other credentials after the service answered 401 to these. */
    public interface Renewal {

        /**
         * The credentials for the one repetition; empty: there are none.
         *
         * @throws FastnException CONNECTION_EXPIRED, TOKEN_REFUSED or TOKEN_UNAVAILABLE
         */
        Optional<Credentials> after(Rejected rejected);
    }

    /**
     * A request that was answered 401.
     *
     * @param challenge header {@code WWW-Authenticate} of the answer
     */
    public record Rejected(String method, URI url, Optional<String> challenge) {}
}
