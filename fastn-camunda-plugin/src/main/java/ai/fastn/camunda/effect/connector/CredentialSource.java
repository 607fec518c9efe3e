package ai.fastn.camunda.effect.connector;

import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.effect.EffectScope;
import ai.fastn.camunda.effect.secret.SecretStore;
import java.util.Optional;

/** Knows what shows a service who calls. Thread-safe. */
public interface CredentialSource {

    /**
     * The credentials for one call.
     *
     * @param connection label or id of a connection; empty: the default one
     * @throws FastnException CONNECTION_UNKNOWN, CONNECTION_MISSING, CONNECTION_INACTIVE, CONNECTION_EXPIRED,
     *     CONNECTION_INCOMPLETE, TOKEN_REFUSED, TOKEN_UNAVAILABLE (worth a retry), SECRET_UNKNOWN, or CONNECTOR_INPUT
     *     for a secret that a header can not carry
     */
    Credentials of(ConnectorDefinition definition, Optional<String> connection, EffectScope scope);

    /** The secrets that a definition names, where no connections are kept: a label only tells callers apart. */
    static CredentialSource named(SecretStore secrets) {
        return (definition, connection, scope) -> NamedSecrets.of(definition.auth(), secrets, scope);
    }
}
