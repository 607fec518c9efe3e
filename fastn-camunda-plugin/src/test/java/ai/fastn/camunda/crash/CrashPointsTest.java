package ai.fastn.camunda.crash;

import static org.assertj.core.api.Assertions.assertThat;

import ai.fastn.camunda.execution.Execution;
import ai.fastn.camunda.workflow.Tier;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Thirteen workflows whose node dies at the points they pass: before and after each statement of ours that writes, each
 * commit and each call, under both policies of checkpoints. The normal build takes every ninth point, {@code -Pfaults}
 * all of them.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CrashPointsTest {

    private static final int EVERY = Integer.getInteger("every", 9);
    private static final List<String> POLICIES = List.of("adaptive", "every-effect");
    private static final List<String> WORKFLOWS = List.of(
            "loop-of-writes",
            "parallel",
            "everything",
            "retried",
            "sleeping",
            "waiting",
            "helpers",
            "generators",
            "saga",
            "values",
            "calling",
            "counting",
            "mocked");

    private final Map<String, Integer> deaths = new TreeMap<>();
    private @Nullable DyingHost current;
    private String policyOfCurrent = "";
    private int points;
    private int runs;
    private int doubts;

    static Stream<Arguments> cases() {
        return POLICIES.stream().flatMap(policy -> WORKFLOWS.stream().map(workflow -> Arguments.of(workflow, policy)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aRunWhoseNodeDiesEndsAsIfNothingHadHappened(String workflow, String policy) throws IOException {
        DyingHost host = host(policy);
        host.deploy(workflow, text(workflow + ".js").orElseThrow(), Tier.LONG);
        host.deploy("called", text("called.js").orElseThrow(), Tier.LONG);
        host.lifeline().live();
        String calm = deeds(host, workflow);
        assertThat(calm).startsWith("COMPLETED");
        int passed = host.lifeline().passed();
        points += passed;
        for (int point = runs % EVERY; point < passed; point += EVERY) {
            host.lifeline().dieAt(point);
            String deeds = deeds(host, workflow);
            Optional<String> where = host.lifeline().diedAt(); // not always: threads take turns
            where.ifPresent(name -> deaths.merge(name, 1, Integer::sum));
            assertThat(deeds).as("%s died %s, point %d", workflow, where, point).isEqualTo(calm);
        }
    }

    @AfterEach
    void resetClock() {
        ClockUtil.reset();
    }

    @AfterAll
    void close() {
        closeCurrent();
        int dead = deaths.values().stream().mapToInt(Integer::intValue).sum();
        System.out.printf("crash points: %d of %d, %d calls in doubt, %s%n", dead, points, doubts, deaths);
        assertThat(dead).isGreaterThanOrEqualTo(200);
    }

    private DyingHost host(String policy) {
        if (!policy.equals(policyOfCurrent)) {
            closeCurrent();
            current = new DyingHost(policy);
            policyOfCurrent = policy;
        }
        return Objects.requireNonNull(current);
    }

    private void closeCurrent() {
        DyingHost host = current;
        if (host != null) {
            try (host) {
                assertThat(host.leftInLedger()).isZero();
            }
        }
    }

    private String deeds(DyingHost host, String workflow) throws IOException {
        ClockUtil.setCurrentTime(ClockUtil.getCurrentTime()); // it stands still, but for waits
        String id = workflow + "-" + runs++;
        MortalRun run = new MortalRun(host, workflow, id, text(workflow + ".mocks.json"));
        Execution ended = run.live();
        doubts += run.doubts();
        assertThat(host.left()).as(id).isEmpty();
        return new Deeds(host, id).of(ended);
    }

    private static Optional<String> text(String name) throws IOException {
        try (InputStream file = CrashPointsTest.class.getResourceAsStream("/crash/" + name)) {
            return file == null
                    ? Optional.empty()
                    : Optional.of(new String(file.readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
