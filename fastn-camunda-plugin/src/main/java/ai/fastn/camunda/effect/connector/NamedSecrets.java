package ai.fastn.camunda.effect.connector;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.effect.EffectScope;
import ai.fastn.camunda.effect.secret.SecretStore;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The credentials of a connector whose definition names secrets of the tenant. */
public final class NamedSecrets {

    private final SecretStore secrets;
    private final EffectScope scope;

    private NamedSecrets(SecretStore secrets, EffectScope scope) {
        this.secrets = secrets;
        this.scope = scope;
    }

    /**
     * The credentials of a connector for the tenant of a run.
     *
     * @throws FastnException SECRET_UNKNOWN, CONNECTION_MISSING when the definition names no secret, or CONNECTOR_INPUT
     *     for a secret that a header can not carry
     */
    public static Credentials of(ConnectorAuth auth, SecretStore secrets, EffectScope scope) {
        if (auth.isOptional()) {
            return Credentials.NONE;
        }
        if (!auth.namesSecrets()) {
            throw new FastnException(
                    ErrorCode.CONNECTION_MISSING,
                    "connector has no connection in environment \"" + scope.environment() + "\"; it needs one");
        }
        return new NamedSecrets(secrets, scope).read(auth);
    }

    private Credentials read(ConnectorAuth auth) {
        Map<String, String> fields = new LinkedHashMap<>();
        Map<String, String> names = new LinkedHashMap<>();
        if (auth instanceof ConnectorAuth.Bearer bearer) {
            put(fields, names, "token", bearer.namedSecret());
        } else if (auth instanceof ConnectorAuth.ApiKey key) {
            put(fields, names, "key", key.namedSecret());
        } else {
            ConnectorAuth.Basic user =
                    auth instanceof ConnectorAuth.Digest digest ? digest.user() : (ConnectorAuth.Basic) auth;
            user.username().ifPresent(name -> fields.put("username", name));
            put(fields, names, "username", user.usernameSecret());
            put(fields, names, "password", user.namedPassword());
        }
        return FieldCredentials.of(auth, fields, names, Map.of());
    }

    private void put(Map<String, String> fields, Map<String, String> names, String field, Optional<String> secret) {
        secret.ifPresent(name -> {
            fields.put(field, value(name));
            names.put(field, name);
        });
    }

    private String value(String name) {
        return secrets.get(scope.tenant(), scope.environment(), name)
                .orElseThrow(() -> new FastnException(
                        ErrorCode.SECRET_UNKNOWN,
                        "secret \"" + name + "\" does not exist in environment \"" + scope.environment() + "\""))
                .value();
    }
}
