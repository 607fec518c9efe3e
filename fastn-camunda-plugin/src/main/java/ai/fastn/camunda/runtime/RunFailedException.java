package ai.fastn.camunda.runtime;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.workflow.ExecutionId;

/** An Instant run ended without a result. */
public final class RunFailedException extends FastnException {

    private static final long serialVersionUID = 1L;

    private final transient ExecutionId execution;
    private final transient RunFailure failure;

    public RunFailedException(ErrorCode code, ExecutionId execution, RunFailure failure) {
        super(code, failure.message());
        this.execution = execution;
        this.failure = failure;
    }

    public ExecutionId execution() {
        return execution;
    }

    public RunFailure failure() {
        return failure;
    }
}
