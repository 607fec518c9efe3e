package ai.fastn.camunda.bench;

import ai.fastn.camunda.compiler.bench.Observed;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Compares runs of one subject with its plain function, which is given the answers that the run has got. */
final class Comparison {

    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
    private static final Pattern MILLIS = Pattern.compile("\\b1\\d{12}\\b");
    private static final Pattern STACK_LINE = Pattern.compile("\\n\\s+at .*");

    private final Subject subject;
    private final Duration limit;
    private final Map<Answers, PlainFunction.Result> known = new HashMap<>();

    /** @param limit time that the plain function has */
    Comparison(Subject subject, Duration limit) {
        this.subject = subject;
        this.limit = limit;
    }

    /**
     * What a run did otherwise, when it did.
     *
     * @throws NoEndException when neither the run nor the function ended
     */
    Optional<Difference> of(String mode, Bench.Finished finished) {
        PlainFunction.Result expected =
                known.computeIfAbsent(finished.answers(), given -> PlainFunction.run(subject, given, limit));
        if (finished.isEndless() && goesOn(expected, finished)) {
            throw new NoEndException(mode + ": neither the process nor the plain function ends in its time");
        }
        if (finished.isEndless() || expected.isEndless()) {
            return between(
                    mode,
                    "outcome",
                    expected.observed().outcome(),
                    finished.observed().outcome());
        }
        Optional<Difference> difference = between(mode, expected.observed(), finished.observed());
        if (difference.isEmpty() && !finished.broken().isEmpty()) {
            return Optional.of(new Difference(mode, "repeated calls", "[]", String.valueOf(finished.broken())));
        }
        if (difference.isEmpty() && !isWithin(finished.waits(), expected.sleeps())) {
            return Optional.of(
                    new Difference(mode, "waits", String.valueOf(expected.sleeps()), String.valueOf(finished.waits())));
        }
        return difference;
    }

    /**
     * Whether the function has no end either, or none with the answers that the process got until its time was over.
     */
    private static boolean goesOn(PlainFunction.Result expected, Bench.Finished finished) {
        return expected.isEndless()
                || expected.calls() > finished.answers().outcomes().size();
    }

    /** What was observed of one run and not of the other, when there is something. */
    static Optional<Difference> between(String mode, Observed expected, Observed actual) {
        return between(mode, "outcome", expected.outcome(), actual.outcome())
                .or(() -> between(mode, "effects", expected.effects(), actual.effects()))
                .or(() -> between(mode, "console", expected.console(), actual.console()));
    }

    private static Optional<Difference> between(String mode, String part, String expected, String actual) {
        String wanted = comparable(expected);
        String found = comparable(actual);
        return wanted.equals(found) ? Optional.empty() : Optional.of(new Difference(mode, part, wanted, found));
    }

    /** Text without what can not be the same twice: the time of day, and the places in a stack. */
    static String comparable(String text) {
        String calm = TIME.matcher(text).replaceAll(time -> nowOrItself(time, Instant.parse(time.group())));
        calm = MILLIS.matcher(calm)
                .replaceAll(time -> nowOrItself(time, Instant.ofEpochMilli(Long.parseLong(time.group()))));
        return STACK_LINE.matcher(calm).replaceAll("");
    }

    private static String nowOrItself(MatchResult text, Instant time) {
        return Duration.between(time, Instant.now()).abs().toHours() < 1 ? "<now>" : text.group();
    }

    /** Whether the waits shown as events are among those asked for, in order; a wait until a date within a second. */
    private static boolean isWithin(List<Long> waits, List<Long> asked) {
        int at = 0;
        for (long wait : waits) {
            while (at < asked.size() && Math.abs(asked.get(at) - wait) > 1_000) {
                at++;
            }
            if (at++ >= asked.size()) {
                return false;
            }
        }
        return true;
    }
}
