package ai.fastn.camunda.workflow;

/** Which calls of a run are really made. */
public enum RunMode {
    /** All of them. */
    LIVE,
    /** Those that no mock answers. */
    PARTIAL_MOCK,
    /** None that leaves the run: mocks answer, or nobody does. */
    MOCK
}
