package ai.fastn.camunda.runtime;

/** What becomes of a result in which a search finds a secret that the run has read. */
public enum SecretsOutput {
    /** The name of the secret takes its place. */
    REDACT,

    /** The run fails. */
    REFUSE
}
