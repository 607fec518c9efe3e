package ai.fastn.camunda.runtime;

import ai.fastn.camunda.workflow.ExecutionStatus;

/** How a run ended. */
public sealed interface RunEnd {

    ExecutionStatus status();

    /** The function returned; {@code resultJson} is its value. */
    record Completed(String resultJson) implements RunEnd {

        @Override
        public ExecutionStatus status() {
            return ExecutionStatus.COMPLETED;
        }
    }

    /** No attempt is left. */
    record Failed(RunFailure failure) implements RunEnd {

        @Override
        public ExecutionStatus status() {
            return ExecutionStatus.FAILED;
        }
    }

    /** The execution timeout ended it. */
    record TimedOut() implements RunEnd {

        @Override
        public ExecutionStatus status() {
            return ExecutionStatus.TIMEOUT;
        }
    }

    /** Somebody canceled it. */
    record Canceled() implements RunEnd {

        @Override
        public ExecutionStatus status() {
            return ExecutionStatus.CANCELED;
        }
    }
}
