package ai.fastn.camunda.runtime;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import org.graalvm.polyglot.PolyglotException;
import org.jspecify.annotations.Nullable;

/** Says what it means when a turn of guest code ends with an exception on the host's side. */
final class GuestErrors {

    private GuestErrors() {}

    static RuntimeException of(@Nullable Throwable error) {
        if (error instanceof PolyglotException guest) {
            return ofGuest(guest);
        }
        if (error instanceof OutOfMemoryError) {
            return new FastnException(ErrorCode.RESOURCE_LIMIT, "the step needs more memory than there is", error);
        }
        return error instanceof RuntimeException unchecked
                ? unchecked
                : new IllegalStateException("bug: a turn of guest code failed on the host's side", error);
    }

    private static RuntimeException ofGuest(PolyglotException error) {
        // a limit of the sandbox cancels the context too, so it is asked for first
        if (error.isResourceExhausted()) {
            return new FastnException(
                    ErrorCode.RESOURCE_LIMIT, "the step went over a limit: " + error.getMessage(), error);
        }
        if (error.isCancelled() || error.isInterrupted()) {
            return new FastnException(ErrorCode.EXECUTION_CANCELED, "the run was canceled", error);
        }
        if (error.isInternalError() || error.isHostException()) {
            return new IllegalStateException("bug: the JavaScript engine failed", error);
        }
        return new FastnException(ErrorCode.PROGRAM_BROKEN, "the program can not run: " + error.getMessage(), error);
    }
}
