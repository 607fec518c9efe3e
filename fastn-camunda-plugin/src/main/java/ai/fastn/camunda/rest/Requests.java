package ai.fastn.camunda.rest;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.workflow.Environment;
import ai.fastn.camunda.workflow.ExecutionStatus;
import ai.fastn.camunda.workflow.RunMode;
import ai.fastn.camunda.workflow.WorkflowSlug;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads path variables and query parameters. */
final class Requests {

    private static final Pattern ENVIRONMENT = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    private Requests() {}

    static WorkflowSlug slug(String text) {
        try {
            return WorkflowSlug.of(text);
        } catch (IllegalArgumentException e) {
            throw new FastnException(ErrorCode.REQUEST_FIELD, String.valueOf(e.getMessage()), e);
        }
    }

    static String required(String name, @Nullable String value) {
        if (value == null) {
            throw new FastnException(ErrorCode.REQUEST_FIELD, "parameter \"" + name + "\" is missing");
        }
        return value;
    }

    static Optional<ExecutionStatus> status(@Nullable String word) {
        if (word == null || word.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(Arrays.stream(ExecutionStatus.values())
                .filter(status -> status.word().equalsIgnoreCase(word))
                .findFirst()
                .orElseThrow(() -> new FastnException(
                        ErrorCode.REQUEST_FIELD,
                        "parameter \"status\" is \"" + word
                                + "\": Running, Completed, Failed, Timeout or Canceled is expected")));
    }

    static Optional<RunMode> mode(@Nullable String name) {
        if (name == null || name.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(Arrays.stream(RunMode.values())
                .filter(mode -> mode.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new FastnException(
                        ErrorCode.REQUEST_FIELD,
                        "parameter \"mode\" is \"" + name + "\": LIVE, PARTIAL_MOCK or MOCK is expected")));
    }

    /** A parameter that nobody reads would be a filter that does not filter. */
    static void known(HttpServletRequest request, String... names) {
        List<String> known = Stream.of(names).sorted().toList();
        request.getParameterMap().keySet().stream()
                .filter(name -> !known.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new FastnException(
                            ErrorCode.REQUEST_FIELD,
                            "parameter \"" + name + "\" is not known; known here: " + String.join(", ", known));
                });
    }

    static Optional<Instant> instant(String name, @Nullable String text) {
        try {
            return text == null || text.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(text));
        } catch (DateTimeParseException e) {
            throw new FastnException(
                    ErrorCode.REQUEST_FIELD,
                    "parameter \"" + name + "\" is \"" + text + "\": a time such as 2026-01-31T12:00:00Z is expected",
                    e);
        }
    }

    /** Parameter {@code environment}; absent: for all of them. */
    static Optional<Environment> environment(@Nullable String name) {
        if (name == null || name.isEmpty()) {
            return Optional.empty();
        }
        if (!ENVIRONMENT.matcher(name).matches()) {
            throw new FastnException(
                    ErrorCode.REQUEST_FIELD,
                    "parameter \"environment\" is \"" + name
                            + "\": a to z, 0 to 9 and hyphens are expected, at most 63 characters");
        }
        return Optional.of(new Environment(name));
    }

    static int limit(@Nullable Integer asked, int usual, int most) {
        if (asked == null) {
            return usual;
        }
        if (asked < 1 || asked > most) {
            throw new FastnException(
                    ErrorCode.REQUEST_FIELD, "parameter \"limit\" is " + asked + ": 1 to " + most + " is expected");
        }
        return asked;
    }
}
