package ai.fastn.camunda.effect.connector.connection;

/** Whether calls can use a connection. */
public enum ConnectionStatus {
    ACTIVE,
    /** The service took the access back: somebody has to connect again. */
    EXPIRED,
    /** The last attempt to verify it or to get a token failed; calls go on trying. */
    FAILED,
    /** Switched off by a person. */
    INACTIVE
}
