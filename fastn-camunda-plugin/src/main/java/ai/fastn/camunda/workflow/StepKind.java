package ai.fastn.camunda.workflow;

/** The node types of the Flow view. */
public enum StepKind {
    TRIGGER,
    PROCESS,
    DECISION,
    READ,
    WRITE,
    DONE
}
