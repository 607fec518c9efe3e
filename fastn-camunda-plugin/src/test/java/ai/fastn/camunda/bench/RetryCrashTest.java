package ai.fastn.camunda.bench;

import static org.assertj.core.api.Assertions.assertThat;

import ai.fastn.camunda.compiler.bench.Catalogs;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A crash between the record of a retry and the commit of its checkpoint leaves a run that goes on. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RetryCrashTest {

    private static final List<String> RUNS = List.of(
            "exceptions.js: a catch that notifies and throws again is retried ()",
            "realistic/newsletter-rate-limit (goes on and breaks)");

    private final Subjects subjects = new Subjects();
    private final Bench bench = new Bench(Catalogs.TEST);

    @AfterAll
    void close() {
        bench.close();
        subjects.close();
    }

    @Test
    void everyPointOfARetriedRunCanBeItsLast() {
        List<Subject> runs = Subjects.all().stream()
                .filter(workflow -> RUNS.stream().anyMatch(run -> run.startsWith(workflow.title())))
                .flatMap(workflow -> subjects.compile(workflow).stream())
                .filter(run -> RUNS.contains(run.title()))
                .toList();
        assertThat(runs).hasSameSizeAs(RUNS);
        runs.forEach(run -> dieEverywhere(run, Mode.FRAME.attempts(3)));
    }

    private void dieEverywhere(Subject subject, Mode mode) {
        Comparison comparison = new Comparison(subject, Duration.ofMinutes(1));
        Bench.Finished calm = bench.run(subject, mode, CrashPlan.none());
        for (int point = 0; point < calm.crashes().passed(); point++) {
            Bench.Finished finished = bench.run(subject, mode, new CrashPlan(point));
            assertThat(comparison.of(mode + ", crash " + point, finished))
                    .as("%s", subject)
                    .isEmpty();
        }
    }
}
