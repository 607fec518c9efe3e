package ai.fastn.camunda.engine;

import static ai.fastn.camunda.host.SteppedHost.BEGIN;
import static org.assertj.core.api.Assertions.assertThat;

import ai.fastn.camunda.host.SteppedHost;
import ai.fastn.camunda.workflow.ExecutionStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Runs that wait for their turn at a service that takes few calls: in a real engine, without a thread. */
@Timeout(120)
class TurnOfCallsTest {

    @RegisterExtension
    static final SteppedHost host = host();

    private final List<Long> arrivals = new CopyOnWriteArrayList<>();

    /** Each test has a connector of its own, so that none waits for the calls of another. */
    private static SteppedHost host() {
        SteppedHost host = new SteppedHost();
        for (String slug : List.of("one", "two", "three")) {
            try {
                Files.writeString(host.shop().connectors().resolve(slug + ".yaml"), """
                        slug: %s
                        title: Narrow
                        baseUrl: http://localhost:${shop.port}
                        limits: %s
                        actions:
                          go: {method: POST, path: "/narrow/{x}"}
                        """.formatted(slug, slug.equals("three") ? "{concurrent: 100}" : "{requests: 1, per: 5s}"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return host;
    }

    @BeforeEach
    void noteArrivals() {
        host.shop().onWay(path -> {
            arrivals.add(System.nanoTime());
            return () -> {};
        });
    }

    @AfterEach
    void nothingIsLeft() {
        host.shop().onWay(path -> () -> {});
        host.cancelAll();
        for (String table : List.of("fastn_checkpoint", "fastn_journal", "act_ru_job")) {
            assertThat(host.rows(table)).as(table).isZero();
        }
    }

    @Test
    void aRunOverTheLimitLeavesItsThreadAndGoesOnInItsTurnWithoutAnAttempt() {
        ProcessInstance first = start("first-one", "one", "a");
        ProcessInstance second = start("second-one", "one", "b");
        host.executeNext(first);
        host.executeNext(second);

        assertThat(host.last("first-one").status()).isEqualTo(ExecutionStatus.COMPLETED);
        assertThat(host.shop().calls()).containsExactly("narrow/a");
        assertParked(second, Duration.ofSeconds(5));

        executeUntilItEnds(second);
        assertThat(host.shop().calls()).containsExactly("narrow/a", "narrow/b");
        assertThat(arrivals.get(1) - arrivals.get(0))
                .as("five seconds after the first")
                .isGreaterThanOrEqualTo(Duration.ofSeconds(5).toNanos());
        assertThat(host.last("second-one").attempts()).isEqualTo(1);
        assertThat(host.last("second-one").result()).contains("\"b\"");
    }

    @Test
    void aRunThatWaitsForItsTurnSurvivesARestart() {
        ProcessInstance first = start("first-two", "two", "a");
        ProcessInstance second = start("second-two", "two", "b");
        host.executeNext(first);
        host.executeNext(second);
        assertParked(second, Duration.ofSeconds(5));

        host.restart();
        host.at(6);
        executeUntilItEnds(second);

        assertThat(host.shop().calls()).containsExactly("narrow/a", "narrow/b");
        assertThat(host.shop().keys().get("narrow/b")).as("one call of one run").hasSize(1);
        assertThat(host.last("second-two").attempts()).isEqualTo(1);
        assertThat(host.last("second-two").status()).isEqualTo(ExecutionStatus.COMPLETED);
    }

    @Test
    void nobodyCallsBeforeRetryAfterAndOnlyWhoHeardItUsesAnAttempt() {
        ProcessInstance first = start("first-three", "three", "a");
        ProcessInstance second = start("second-three", "three", "b");
        host.shop().failNext("a", 1);
        host.executeNext(first);

        Job retry = host.waiting(first);
        assertThat(retry.getDuedate())
                .as("not the second of its retry policy")
                .isAfterOrEqualTo(Date.from(BEGIN.plusMillis(4_900)));
        host.executeNext(second);
        assertThat(host.shop().calls()).containsExactly("narrow/a");
        assertParked(second, Duration.ofSeconds(5));

        host.at(6);
        executeUntilItEnds(first);
        executeUntilItEnds(second);
        assertThat(host.shop().calls()).containsExactly("narrow/a", "narrow/a", "narrow/b");
        assertThat(arrivals.get(1) - arrivals.get(0))
                .isGreaterThanOrEqualTo(Duration.ofSeconds(5).toNanos());
        assertThat(host.last("first-three").attempts()).isEqualTo(2);
        assertThat(host.last("second-three").attempts()).isEqualTo(1);
    }

    /** In its step, with a job for its turn, without an attempt less and without an incident. */
    private static void assertParked(ProcessInstance run, Duration latest) {
        Job turn = host.waiting(run);
        assertThat(host.runtime().getActiveActivityIds(run.getId())).containsExactly("all");
        assertThat(turn.getDuedate())
                .isAfter(Date.from(BEGIN))
                .isBeforeOrEqualTo(Date.from(BEGIN.plus(latest).plusMillis(100)));
        assertThat(turn.getRetries()).isEqualTo(3);
        assertThat(turn.getExceptionMessage()).isNull();
        assertThat(host.runtime()
                        .createIncidentQuery()
                        .processInstanceId(run.getId())
                        .count())
                .isZero();
        assertThat(host.rows("fastn_journal WHERE kind = 'STARTED' AND execution_id = '" + run.getId() + "'"))
                .as("no call is in doubt")
                .isZero();
    }

    /** The limit counts real time: a job that comes too early waits again, as on a clock that runs ahead. */
    private static void executeUntilItEnds(ProcessInstance run) {
        while (host.runtime()
                        .createProcessInstanceQuery()
                        .processInstanceId(run.getId())
                        .count()
                > 0) {
            host.executeNext(run);
        }
    }

    private static ProcessInstance start(String slug, String connector, String x) {
        host.deploy(new ProcessText(slug, "STANDARD")
                .timeout("PT10M")
                .retry("PT1S,PT1S")
                .step(
                        "all",
                        "WRITE",
                        "return (await fastn.connector." + connector + ".go({x: '" + x + "'})).value;"));
        return host.start(slug, "{}");
    }
}
