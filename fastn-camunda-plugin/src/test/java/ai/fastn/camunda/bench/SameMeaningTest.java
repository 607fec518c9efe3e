package ai.fastn.camunda.bench;

import static org.assertj.core.api.Assertions.assertThat;

import ai.fastn.camunda.effect.EffectCatalog;
import ai.fastn.camunda.effect.EffectCatalog.ConnectorEntry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
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
 * examples go through every mode and are killed at every third point in one, which is at every effect; other workflows
 * go with each input through the live mode and one more, in three of eight of which they are killed at one point;
 * {@code -Dcrashes=all} runs all in every mode and kills them at every point.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.CONCURRENT)
class SameMeaningTest {

    private static final List<Mode> STORED_OR_RETRIED =
            List.of(Mode.EVERY_EFFECT, Mode.FRAME, Mode.PATH, Mode.LIVE.attempts(3), Mode.FRAME.attempts(3));
    private static final List<Mode> CRASH_MODES = List.of(Mode.BURST, Mode.FRAME, Mode.FRAME.attempts(3));
    private static final boolean EVERY_CRASH = "all".equals(System.getProperty("crashes"));
    private static final int SAMPLE = Integer.getInteger("crashes", 1);

    /** A call passes four points at least. */
    private static final int EVERY = 3;

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
    void theProcessDoesWhatTheFunctionDoesAlsoAfterCrashes(Subjects.Workflow workflow) {
        for (Subject subject : subjects.compile(workflow)) {
            Comparison comparison = new Comparison(subject, PlainFunction.TIME);
            runCalmly(comparison, subject, Mode.LIVE);
            modes(workflow, subject).forEach(mode -> {
                if (CRASH_MODES.contains(mode)) {
                    crash(comparison, workflow, subject, mode);
                } else {
                    runCalmly(comparison, subject, mode);
                }
            });
        }
    }

    private Bench.Finished runCalmly(Comparison comparison, Subject subject, Mode mode) {
        runs.incrementAndGet();
        Bench.Finished finished = bench.run(subject, mode, CrashPlan.none());
        compare(comparison, subject, mode.name(), finished);
        return finished;
    }

    private void crash(Comparison comparison, Subjects.Workflow workflow, Subject subject, Mode mode) {
        int passed = runCalmly(comparison, subject, mode).crashes().passed();
        points.addAndGet(passed);
        for (int point : sample(workflow, passed)) {
            Bench.Finished finished = bench.run(subject, mode, new CrashPlan(point));
            String where = mode + ", crash " + point + " "
                    + finished.crashes().reached().map(Enum::name).orElse("not reached");
            crashed.incrementAndGet();
            compare(comparison, subject, where, finished);
        }
    }

    /** Always the same for the same input. */
    private static List<Mode> modes(Subjects.Workflow workflow, Subject subject) {
        List<Mode> all = new ArrayList<>(STORED_OR_RETRIED);
        if (workflow.everyEffect() && !EVERY_CRASH) {
            all.add(one(CRASH_MODES, subject));
            return all;
        }
        all.addAll(CRASH_MODES);
        return EVERY_CRASH ? all : List.of(one(all, subject));
    }

    private static Mode one(List<Mode> modes, Subject subject) {
        return modes.get(Math.floorMod(subject.toString().hashCode(), modes.size()));
    }

    private static List<Integer> sample(Subjects.Workflow workflow, int count) {
        List<Integer> all = new ArrayList<>(IntStream.range(0, count).boxed().toList());
        if (EVERY_CRASH) {
            return all;
        }
        if (workflow.everyEffect()) {
            return all.stream().filter(point -> point % EVERY == 0).toList();
        }
        if (count > SAMPLE) {
            Collections.shuffle(all, new Random(workflow.title().hashCode()));
            return all.subList(0, SAMPLE);
        }
        return all;
    }

    private static void compare(Comparison comparison, Subject subject, String mode, Bench.Finished finished) {
        assertThat(comparison.of(mode, finished))
                .as("%s: %s of\n%s", subject, mode, subject.javaScript())
                .isEmpty();
    }
}
