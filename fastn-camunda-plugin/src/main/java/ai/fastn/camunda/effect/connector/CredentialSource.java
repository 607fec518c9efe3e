package ai.fastn.camunda.effect.connector;

import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.effect.EffectScope;

/** Knows what shows a service who calls. Thread-safe. */
interface CredentialSource {

    /**
     * The credentials for one call.
     *
     * @throws FastnException SECRET_UNKNOWN, or CONNECTOR_INPUT for a secret that a header can not carry
     */
    Credentials of(ConnectorDefinition definition, EffectScope scope);
}
