package ai.fastn.camunda.runtime;

import ai.fastn.camunda.diagnostic.ErrorCode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the author's code threw.
 *
 * @param name of the Error, or the type of a thrown value that is none
 * @param stack frames in the author's file, innermost first
 * @param retryable false only where the error says so
 * @param retryAfterMillis least wait before the next attempt that the error asks for; 0 where it asks for none
 * @param fields further own properties of the Error that are plain JSON values
 * @param effect the failed effect that the error came from
 */
public record GuestFailure(
        ErrorCode code,
        String name,
        String message,
        List<Frame> stack,
        boolean retryable,
        long retryAfterMillis,
        Map<String, Object> fields,
        @Nullable FailedEffect effect) {

    public GuestFailure {
        stack = List.copyOf(stack);
    }

    /** The least wait before the next attempt that the error asks for. */
    public Optional<Duration> retryAfter() {
        return retryAfterMillis > 0 ? Optional.of(Duration.ofMillis(retryAfterMillis)) : Optional.empty();
    }

    /** Name, message and position in one line: {@code TypeError: x is not a function (12:3)}. */
    public String summary() {
        String text = message.isEmpty() ? name : name + ": " + message;
        return stack.isEmpty()
                ? text
                : text + " (" + stack.get(0).line() + ":" + stack.get(0).column() + ")";
    }

    /** A place in the author's file; line and column from 1, function empty at the top level. */
    public record Frame(String function, int line, int column) {}

    /** The effect whose failure the error is, has as its cause, or was thrown for; and the step that called it. */
    public record FailedEffect(int ordinal, String elementId) {}
}
