package ai.fastn.camunda.bench;

import static org.assertj.core.api.Assertions.assertThat;

import ai.fastn.camunda.effect.EffectCatalog;
import ai.fastn.camunda.effect.EffectCatalog.ConnectorEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each workflow does as a process, through the step runtime, what it does as a plain function: the same value or error,
 * the same calls, the same console lines; however often it is stored, rebuilt, retried or killed on its way. The
 * examples are killed at every point; {@code -Dcrashes=all} does so with all workflows instead of a sample.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.CONCURRENT)
class SameMeaningTest {

    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
    private static final Pattern STACK_LINE = Pattern.compile("\\n\\s+at .*");
    private static final List<Mode> MODES =
            List.of(Mode.LIVE, Mode.EVERY_EFFECT, Mode.FRAME, Mode.PATH, Mode.LIVE.attempts(3), Mode.FRAME.attempts(3));
    private static final int SAMPLE = Integer.getInteger("crashes", 2);

    private final Subjects subjects = new Subjects();
    private final Bench bench = new Bench(catalog());
    private final AtomicInteger runs = new AtomicInteger();
    private final AtomicInteger crashed = new AtomicInteger();
    private final AtomicInteger points = new AtomicInteger();

    private static EffectCatalog catalog() {
        Map<String, ConnectorEntry> all = new HashMap<>(ai.fastn.camunda.compiler.bench.Catalogs.TEST.connectors());
        all.putAll(ExampleFixture.catalog().connectors());
        return new EffectCatalog(all);
    }

    static List<Subjects.Workflow> workflows() {
        String only = System.getProperty("only", "");
        return Subjects.all().stream()
                .filter(workflow -> workflow.title().contains(only))
                .toList();
    }

    @AfterAll
    void close() {
        bench.close();
        subjects.close();
        System.out.printf(
                "bench: %d workflows, %d runs without a crash, %d of %d crash points%n",
                workflows().size(), runs.get(), crashed.get(), points.get());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("workflows")
    void theProcessDoesWhatTheFunctionDoes(Subjects.Workflow workflow) {
        for (Subject subject : subjects.compile(workflow)) {
            Map<Answers, PlainFunction.Result> known = new HashMap<>();
            for (Mode mode : MODES) {
                runs.incrementAndGet();
                compare(subject, mode.name(), bench.run(subject, mode, CrashPlan.none()), known);
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("workflows")
    void aCrashChangesNothing(Subjects.Workflow workflow) {
        for (Subject subject : subjects.compile(workflow)) {
            Map<Answers, PlainFunction.Result> known = new HashMap<>();
            for (Mode mode : List.of(Mode.BURST, Mode.FRAME, Mode.FRAME.attempts(3))) {
                Bench.Finished calm = bench.run(subject, mode, CrashPlan.none());
                compare(subject, mode.name(), calm, known);
                points.addAndGet(calm.crashes().passed());
                for (int point : sample(workflow, calm.crashes().passed())) {
                    Bench.Finished finished = bench.run(subject, mode, new CrashPlan(point));
                    String where = mode + ", crash " + point + " "
                            + finished.crashes().reached().map(Enum::name).orElse("not reached");
                    crashed.incrementAndGet();
                    compare(subject, where, finished, known);
                }
            }
        }
    }

    private static List<Integer> sample(Subjects.Workflow workflow, int count) {
        List<Integer> all = new ArrayList<>(IntStream.range(0, count).boxed().toList());
        if (count > SAMPLE && !workflow.everyCrash() && !"all".equals(System.getProperty("crashes"))) {
            Collections.shuffle(all, new Random(workflow.title().hashCode()));
            return all.subList(0, SAMPLE);
        }
        return all;
    }

    private static void compare(
            Subject subject, String mode, Bench.Finished finished, Map<Answers, PlainFunction.Result> known) {
        PlainFunction.Result expected =
                known.computeIfAbsent(finished.answers(), answers -> PlainFunction.run(subject, answers));
        assertThat(comparable(finished.observed().toString()))
                .as("%s: %s of\n%s", subject, mode, subject.javaScript())
                .isEqualTo(comparable(expected.observed().toString()));
        assertThat(finished.broken())
                .as("%s: %s, repeated calls", subject, mode)
                .isEmpty();
        assertThat(isWithin(finished.waits(), expected.sleeps()))
                .as("%s: %s, waits %s of %s", subject, mode, finished.waits(), expected.sleeps())
                .isTrue();
    }

    /** Text without what can not be the same twice: the time of day, and the places in a stack. */
    static String comparable(String text) {
        String calm = TIME.matcher(text).replaceAll(SameMeaningTest::nowOrItself);
        return STACK_LINE.matcher(calm).replaceAll("");
    }

    private static String nowOrItself(MatchResult time) {
        Duration age =
                Duration.between(Instant.parse(time.group()), Instant.now()).abs();
        return age.toHours() < 1 ? "<now>" : time.group();
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
