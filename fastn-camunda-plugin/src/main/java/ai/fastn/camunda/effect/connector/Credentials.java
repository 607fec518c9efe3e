package ai.fastn.camunda.effect.connector;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.effect.EffectScope;
import ai.fastn.camunda.effect.secret.Redaction;
import ai.fastn.camunda.effect.secret.SecretStore;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/**
 * What shows a service who calls, read from the tenant's secrets for one call.
 *
 * @param redaction removes these secrets from what comes back
 */
public record Credentials(Map<String, String> headers, Map<String, String> query, Redaction redaction) {

    /**
     * The credentials of a connector for the tenant of a run.
     *
     * @throws FastnException SECRET_UNKNOWN, or CONNECTOR_INPUT for a secret that a header can not carry
     */
    static Credentials of(ConnectorAuth auth, SecretStore secrets, EffectScope scope) {
        Reading reading = new Reading(secrets, scope);
        if (auth instanceof ConnectorAuth.Bearer bearer) {
            return reading.header("Authorization", "Bearer " + reading.secret(bearer.secret()));
        }
        if (auth instanceof ConnectorAuth.Basic basic) {
            return reading.header("Authorization", "Basic " + reading.basic(basic));
        }
        if (auth instanceof ConnectorAuth.ApiKey apiKey) {
            String key = apiKey.prefix() + reading.secret(apiKey.secret());
            return apiKey.in() == ConnectorAuth.Place.HEADER
                    ? reading.header(apiKey.name(), key)
                    : new Credentials(Map.of(), Map.of(apiKey.name(), key), reading.redaction);
        }
        return new Credentials(Map.of(), Map.of(), Redaction.NONE);
    }

    @Override
    public String toString() {
        return "credentials";
    }

    /** Reads secrets and remembers them for the redaction. */
    private static final class Reading {

        private final SecretStore secrets;
        private final EffectScope scope;
        private Redaction redaction = Redaction.NONE;

        Reading(SecretStore secrets, EffectScope scope) {
            this.secrets = secrets;
            this.scope = scope;
        }

        String secret(String name) {
            String value = secrets.get(scope.tenant(), scope.environment(), name)
                    .orElseThrow(() -> new FastnException(
                            ErrorCode.SECRET_UNKNOWN,
                            "secret \"" + name + "\" does not exist in environment \"" + scope.environment() + "\""))
                    .value();
            if (!value.chars().allMatch(c -> c >= 0x20 && c != 0x7f)) {
                throw ConnectorInput.wrong("secret \"" + name + "\" holds characters that a header can not carry");
            }
            redaction = redaction.with(name, value);
            return value;
        }

        String basic(ConnectorAuth.Basic basic) {
            String user = basic.usernameSecret()
                    .map(this::secret)
                    .orElseGet(() -> basic.username().orElse(""));
            String pair = user + ":" + secret(basic.passwordSecret());
            return Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
        }

        Credentials header(String name, String value) {
            return new Credentials(Map.of(name, value), Map.of(), redaction);
        }
    }
}
