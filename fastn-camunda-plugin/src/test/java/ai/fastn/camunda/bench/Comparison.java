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
import org.jspecify.annotations.Nullable;

/**
 * Compares runs of one subject with its plain function, which is given the answers that the run has got. Where the two
 * differ, another engine may be asked which of them is right.
 */
final class Comparison {

    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
    private static final Pattern MILLIS = Pattern.compile("\\b1\\d{12}\\b");
    private static final Pattern STACK_LINE = Pattern.compile("\\n\\s+at .*");

    /** An outcome that engines tell in words of their own. */
    private static final Pattern ENGINE_ERROR =
            Pattern.compile("(?s)thrown ((?:Type|Reference|Range|Syntax)Error): .*");

    private final Subject subject;
    private final Duration limit;
    private final SecondOpinion others;
    private final Map<Answers, PlainFunction.Result> known = new HashMap<>();
    private final Map<Answers, Optional<Observed>> knownToOthers = new HashMap<>();
    private @Nullable Difference engineFault;

    /** Another engine that runs the plain function. */
    interface SecondOpinion {
        Optional<Observed> run(Subject subject, Answers answers, Duration time);
    }

    /** @param limit time that the plain function has */
    Comparison(Subject subject, Duration limit) {
        this(subject, limit, (any, answers, time) -> Optional.empty());
    }

    Comparison(Subject subject, Duration limit, SecondOpinion others) {
        this.subject = subject;
        this.limit = limit;
        this.others = others;
    }

    /** The first difference in which the plain function was wrong. */
    Optional<Difference> engineFault() {
        return Optional.ofNullable(engineFault);
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
        if (difference.isPresent() && othersAgree(finished, expected.observed())) {
            engineFault = engineFault == null ? difference.get() : engineFault;
            return Optional.empty();
        }
        if (difference.isEmpty() && !finished.broken().isEmpty()) {
            return Optional.of(new Difference(mode, "repeated calls", "[]", String.valueOf(finished.broken())));
        }
        if (difference.isEmpty() && !isWithin(finished.waits(), expected.sleeps())) {
            return Optional.of(
                    new Difference(mode, "waits", String.valueOf(expected.sleeps()), String.valueOf(finished.waits())));
        }
        return difference;
    }

    /** Whether another engine does what the process did; what it calls the same error counts where that decides. */
    private boolean othersAgree(Bench.Finished finished, Observed expected) {
        Observed found = finished.observed();
        boolean decides = between("", wordless(expected), wordless(found)).isPresent();
        return knownToOthers
                .computeIfAbsent(finished.answers(), given -> others.run(subject, given, limit))
                .map(seen -> decides ? between("", wordless(seen), wordless(found)) : between("", seen, found))
                .filter(Optional::isEmpty)
                .isPresent();
    }

    private static Observed wordless(Observed observed) {
        String outcome = ENGINE_ERROR.matcher(observed.outcome()).replaceFirst("thrown $1");
        return new Observed(outcome, observed.effects(), observed.console());
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
