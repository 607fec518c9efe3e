package ai.fastn.camunda.engine;

import static ai.fastn.camunda.host.SteppedHost.BEGIN;
import static org.assertj.core.api.Assertions.assertThat;

import ai.fastn.camunda.bpmn.FastnBpmn;
import ai.fastn.camunda.host.SteppedHost;
import ai.fastn.camunda.workflow.ExecutionStatus;
import java.time.Duration;
import java.util.Date;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The time that a run waits for a place under its limits does not count for its execution timeout. */
class PlaceWaitTest {

    private static final int TIMEOUT = 120;

    @RegisterExtension
    static final SteppedHost host = new SteppedHost();

    @Test
    void aRunThatWaitsAnHourForItsPlaceHasAllItsTimeWhenItGetsIt() {
        host.deploy(limited("patient").waiting("wait_2", "90000"));
        ProcessInstance first = host.start("patient", "1");
        host.executeNext(first);
        host.at(10);
        ProcessInstance second = host.start("patient", "2");
        host.at(30);
        host.executeNext(second);

        host.at(3600);
        assertThat(dueJobs(second)).as("neither the step nor the timeout").isZero();
        host.runtime().deleteProcessInstance(first.getId(), "canceled");
        assertThat(host.waiting(second).getDuedate()).isEqualTo(Date.from(BEGIN.plusSeconds(3600)));
        host.executeNext(second);
        assertThat(host.shop().calls())
                .as("the timeout is set before anything is done")
                .containsExactly("read/1");
        assertThat(host.timeoutOf(second).getDuedate())
                .as("20 s have passed between start and wait")
                .isEqualTo(Date.from(BEGIN.plusSeconds(3600 + TIMEOUT - 20)));

        host.executeNext(second);
        host.at(3690);
        host.executeNext(second);

        assertThat(host.shop().calls()).containsExactly("read/1", "read/2");
        assertThat(host.last("patient").status()).isEqualTo(ExecutionStatus.COMPLETED);
    }

    @Test
    void aRunThatGoesOnAfterItsWaitIsEndedByItsTimeout() {
        host.deploy(limited("late").waiting("wait_2", "7200000"));
        ProcessInstance first = host.start("late", "1");
        host.executeNext(first);
        host.at(1);
        ProcessInstance second = host.start("late", "2");
        host.executeNext(second);
        host.at(3600);
        host.runtime().deleteProcessInstance(first.getId(), "canceled");
        host.executeNext(second);
        host.executeNext(second);

        host.at(3600 + TIMEOUT);
        host.management().executeJob(host.timeoutOf(second).getId());

        assertThat(host.last("late").status()).isEqualTo(ExecutionStatus.TIMEOUT);
        assertThat(host.rows("fastn_place")).isZero();
    }

    @Test
    void whoAsksAgainBecauseAnOperatorWantsToSeeItRunWaitsOnFromWhenItBegan() {
        host.deploy(limited("pushed").waiting("wait_2", "100000"));
        ProcessInstance first = host.start("pushed", "1");
        host.executeNext(first);
        ProcessInstance second = host.start("pushed", "2");
        host.executeNext(second);
        host.at(600);
        host.executeNext(second);
        assertThat(host.shop().calls()).containsExactly("read/1");

        host.at(700);
        host.runtime().deleteProcessInstance(first.getId(), "canceled");
        host.executeNext(second);

        assertThat(host.timeoutOf(second).getDuedate()).isEqualTo(Date.from(BEGIN.plusSeconds(700 + TIMEOUT)));
    }

    @Test
    void aRetriedRunThatWaitsForAPlaceOnceMoreGetsThatTimeToo() {
        host.deploy(limited("again")
                .step("write_2", "WRITE", "await fastn.connector.shop.flaky({x: 'w' + ctx.input});")
                .waiting("wait_3", "100000"));
        host.shop().failNext("w1", 1);
        ProcessInstance failed = host.start("again", "1");
        host.executeNext(failed);
        ProcessInstance other = host.start("again", "2");
        host.executeNext(other);
        host.at(50);
        host.management().setJobRetries(host.waiting(failed).getId(), 1);
        host.executeNext(failed);
        host.at(1000);
        assertThat(dueJobs(failed)).isZero();

        host.runtime().deleteProcessInstance(other.getId(), "canceled");
        host.executeNext(failed);
        host.executeNext(failed);

        assertThat(host.timeoutOf(failed).getDuedate()).isEqualTo(Date.from(BEGIN.plusSeconds(1000 + TIMEOUT)));
        assertThat(host.shop().calls()).containsExactly("read/1", "flaky/w1", "read/2", "flaky/w2", "flaky/w1");
    }

    @Test
    void aRunThatGetsItsPlaceAtOnceMovesNothing() {
        host.deploy(limited("at-once").waiting("wait_2", "100000"));
        ProcessInstance run = host.start("at-once", "1");
        host.at(5);
        host.executeNext(run);

        assertThat(host.shop().calls()).containsExactly("read/1");
        assertThat(host.timeoutOf(run).getDuedate()).isEqualTo(Date.from(BEGIN.plusSeconds(TIMEOUT)));
    }

    private static ProcessText limited(String id) {
        return new ProcessText(id, "STANDARD")
                .timeout(Duration.ofSeconds(TIMEOUT).toString())
                .property(FastnBpmn.CONCURRENCY_RUNS, "1")
                .step("read_1", "READ", "await fastn.connector.shop.read({x: ctx.input});");
    }

    private static long dueJobs(ProcessInstance run) {
        return host.management()
                .createJobQuery()
                .processInstanceId(run.getId())
                .executable()
                .count();
    }
}
