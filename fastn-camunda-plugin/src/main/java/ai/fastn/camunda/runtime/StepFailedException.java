package ai.fastn.camunda.runtime;

import ai.fastn.camunda.diagnostic.FastnException;

/** A condition or the expression of a wait threw. */
public final class StepFailedException extends FastnException {

    private static final long serialVersionUID = 1L;

    private final transient GuestFailure failure;

    public StepFailedException(GuestFailure failure) {
        super(failure.code(), failure.summary());
        this.failure = failure;
    }

    public GuestFailure failure() {
        return failure;
    }
}
