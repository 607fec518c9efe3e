package ai.fastn.camunda.effect.connector;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.effect.secret.Redaction;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Makes credentials of fields that are known: a token, a key, or a user with a password. */
public final class FieldCredentials {

    private final Map<String, String> fields;
    private final Map<String, String> settings;
    private Redaction redaction = Redaction.NONE;

    private FieldCredentials(Map<String, String> fields, Map<String, String> settings) {
        this.fields = fields;
        this.settings = settings;
    }

    /**
     * Credentials.
     *
     * @param fields secret values by field
     * @param names what each field is called where it would have shown; a field without a name is not secret
     * @throws FastnException CONNECTION_INCOMPLETE for a missing field, CONNECTOR_INPUT for a secret that a header can
     *     not carry
     */
    public static Credentials of(
            ConnectorAuth auth, Map<String, String> fields, Map<String, String> names, Map<String, String> settings) {
        FieldCredentials made = new FieldCredentials(fields, settings);
        names.forEach((field, name) -> {
            requireCarried(name, fields.getOrDefault(field, ""));
            made.redaction = made.redaction.with(name, fields.getOrDefault(field, ""));
        });
        return made.of(auth, names.getOrDefault("password", "password"));
    }

    /** Credentials that are one header with a token, which is redacted as all fields are. */
    public static Credentials ofToken(String header, String prefix, String token, Credentials fields, String name) {
        requireCarried(name, token);
        return new Credentials(
                Map.of(header, prefix + token),
                Map.of(),
                fields.fields(),
                fields.settings(),
                fields.redaction().with(name, token),
                fields.renewal(),
                fields.connection());
    }

    private Credentials of(ConnectorAuth auth, String passwordName) {
        if (auth instanceof ConnectorAuth.Bearer) {
            return with(Map.of("Authorization", "Bearer " + field("token")), Map.of());
        }
        if (auth instanceof ConnectorAuth.ApiKey apiKey) {
            Map<String, String> key = Map.of(apiKey.name(), apiKey.prefix() + field("key"));
            return apiKey.in() == ConnectorAuth.Place.HEADER ? with(key, Map.of()) : with(Map.of(), key);
        }
        if (auth instanceof ConnectorAuth.Basic) {
            String pair = Base64.getEncoder()
                    .encodeToString((field("username") + ":" + field("password")).getBytes(StandardCharsets.UTF_8));
            redaction = redaction.with(passwordName, pair);
            return with(Map.of("Authorization", "Basic " + pair), Map.of());
        }
        if (auth instanceof ConnectorAuth.Digest) {
            String user = field("username");
            String password = field("password");
            Credentials first = with(Map.of(), Map.of());
            return first.renewedBy(rejected -> rejected.challenge()
                    .flatMap(challenge -> DigestAnswer.to(challenge, user, password, rejected))
                    .map(answer -> first.withHeader("Authorization", answer)));
        }
        return with(Map.of(), Map.of());
    }

    private Credentials with(Map<String, String> headers, Map<String, String> query) {
        return new Credentials(
                headers,
                query,
                new LinkedHashMap<>(fields),
                settings,
                redaction,
                rejected -> Optional.empty(),
                Optional.empty());
    }

    private String field(String name) {
        String value = fields.get(name);
        if (value == null) {
            throw new FastnException(
                    ErrorCode.CONNECTION_INCOMPLETE, "field \"" + name + "\" of the connection is missing");
        }
        return value;
    }

    private static void requireCarried(String name, String value) {
        if (!value.chars().allMatch(c -> c >= 0x20 && c != 0x7f)) {
            throw ConnectorInput.wrong("secret \"" + name + "\" holds characters that a header can not carry");
        }
    }
}
