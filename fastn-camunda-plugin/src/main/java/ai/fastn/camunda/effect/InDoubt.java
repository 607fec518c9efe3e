package ai.fastn.camunda.effect;

/** What becomes of a call when the run died in it, so that nobody knows whether it was performed. */
public enum InDoubt {
    /** It is performed again: that does no harm, or it is on record exactly when it was performed. */
    RETRY,

    /** The run stops and somebody says what happened. */
    FAIL
}
