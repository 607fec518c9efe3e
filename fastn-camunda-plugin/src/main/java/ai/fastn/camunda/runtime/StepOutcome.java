package ai.fastn.camunda.runtime;

/** How a step ended. */
public sealed interface StepOutcome {

    /** It came to its end; all effects it started are settled. */
    record Completed() implements StepOutcome {}

    /** The author's code threw. */
    record Thrown(GuestFailure failure) implements StepOutcome {}
}
