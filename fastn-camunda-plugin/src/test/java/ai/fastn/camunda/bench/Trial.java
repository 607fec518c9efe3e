package ai.fastn.camunda.bench;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/** The way of one file of a foreign corpus to its verdict. */
final class Trial {

    private static final List<Mode> CALM = List.of(Mode.LIVE, Mode.EVERY_EFFECT, Mode.FRAME, Mode.PATH, Mode.BURST);

    /** Further attempts change nothing unless an error leaves the workflow. */
    private static final List<Mode> CALM_WITH_ERROR = List.of(Mode.LIVE.attempts(3), Mode.FRAME.attempts(3));

    private static final List<Mode> CRASHING = List.of(Mode.BURST, Mode.FRAME, Mode.FRAME.attempts(3));
    private static final int STACK_LINES = 6;

    private final String file;
    private final Bench bench;
    private final CorpusLimits limits;
    private final Instant began = Instant.now();
    private final List<CrashPoint> points = new ArrayList<>();
    private Anatomy anatomy = Anatomy.NONE;
    private int calm;
    private int crashed;

    Trial(String file, Bench bench, CorpusLimits limits) {
        this.file = file;
        this.bench = bench;
        this.limits = limits;
    }

    /** Where a run in a mode can be killed. */
    private record CrashPoint(Mode mode, int number) {}

    void compiled(Anatomy found) {
        anatomy = found;
    }

    Verdict rejected(List<String> diagnostics) {
        return Verdict.rejected(file, diagnostics, millis());
    }

    Verdict crashed(Throwable reason) {
        return Verdict.crashed(file, anatomy, runs(), millis(), text(reason));
    }

    /** Runs the workflow in all modes, then kills it at as many points as there may be and is time for. */
    Verdict run(Subject subject) {
        Comparison comparison = new Comparison(subject, limits.perRun(), NodeFunction::run);
        Optional<Difference> difference = calmRuns(subject, comparison);
        if (difference.isEmpty()) {
            difference = crashedRuns(subject, comparison);
        }
        return difference
                .map(found -> Verdict.different(file, anatomy, runs(), millis(), found))
                .orElseGet(() -> Verdict.equal(file, anatomy, runs(), millis(), comparison.engineFault()));
    }

    private Optional<Difference> calmRuns(Subject subject, Comparison comparison) {
        Deque<Mode> modes = new ArrayDeque<>(CALM);
        while (!modes.isEmpty()) {
            Mode mode = modes.remove();
            boolean first = calm == 0;
            Instant end = first ? Instant.now().plus(limits.perRun()) : began.plus(limits.forAllRuns());
            Bench.Finished finished = bench.run(subject, mode, CrashPlan.none(), end);
            calm++;
            Optional<Difference> difference = comparison.of(mode.name(), finished);
            if (difference.isPresent()) {
                return difference;
            }
            if (first && finished.isThrown()) {
                modes.addAll(CALM_WITH_ERROR);
            }
            if (CRASHING.contains(mode)) {
                IntStream.range(0, finished.crashes().passed())
                        .forEach(number -> points.add(new CrashPoint(mode, number)));
            }
        }
        return Optional.empty();
    }

    private Optional<Difference> crashedRuns(Subject subject, Comparison comparison) {
        Instant deadline = began.plus(limits.forAllRuns());
        for (CrashPoint point : chosen()) {
            if (Instant.now().isAfter(deadline)) {
                return Optional.empty();
            }
            Bench.Finished finished = bench.run(
                    subject,
                    point.mode(),
                    new CrashPlan(point.number()),
                    Instant.now().plus(limits.perRun()));
            crashed++;
            String where = "%s, crash %d %s"
                    .formatted(
                            point.mode(),
                            point.number(),
                            finished.crashes().reached().map(Enum::name).orElse("not reached"));
            Optional<Difference> difference = comparison.of(where, finished);
            if (difference.isPresent()) {
                return difference;
            }
        }
        return Optional.empty();
    }

    /** All points, or as many as are allowed, spread at random and always in the same way. */
    private List<CrashPoint> chosen() {
        List<CrashPoint> all = new ArrayList<>(points);
        if (all.size() > limits.crashes()) {
            Collections.shuffle(all, new Random(file.hashCode()));
            return all.subList(0, limits.crashes());
        }
        return all;
    }

    private Verdict.Runs runs() {
        return new Verdict.Runs(calm, crashed, points.size());
    }

    private long millis() {
        return Duration.between(began, Instant.now()).toMillis();
    }

    private static String text(Throwable reason) {
        if (reason instanceof NoEndException) {
            return "no end: " + reason.getMessage();
        }
        StringWriter stack = new StringWriter();
        reason.printStackTrace(new PrintWriter(stack));
        return String.join("\n", stack.toString().lines().limit(STACK_LINES).toList());
    }
}
