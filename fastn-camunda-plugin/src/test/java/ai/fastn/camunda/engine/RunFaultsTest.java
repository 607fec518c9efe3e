package ai.fastn.camunda.engine;

import static ai.fastn.camunda.host.SteppedHost.BEGIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ai.fastn.camunda.host.OwnThread;
import ai.fastn.camunda.host.SteppedHost;
import ai.fastn.camunda.workflow.ExecutionStatus;
import ai.fastn.camunda.workflow.WorkflowSlug;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What operators and clocks do to runs that are under way; each job is executed by hand. */
class RunFaultsTest {

    @RegisterExtension
    static final SteppedHost host = new SteppedHost();

    @Test
    void aCancelInterruptsTheCallThatRunsAndNothingComesAfterIt() {
        host.deploy(new ProcessText("canceled-in-call", "STANDARD")
                .step("slow_1", "WRITE", "await fastn.connector.shop.slow({x: 60000});")
                .step("write_2", "WRITE", "await fastn.connector.shop.write({x: 2});"));
        ProcessInstance instance = host.start("canceled-in-call");
        Job job = host.waiting(instance);
        CompletableFuture<Void> step = OwnThread.run(() -> host.management().executeJob(job.getId()));
        await().until(() -> host.shop().calls().contains("slow/60000"));

        host.runtime().deleteProcessInstance(instance.getId(), "canceled");

        assertThatThrownBy(() -> step.orTimeout(20, TimeUnit.SECONDS).join())
                .hasCauseInstanceOf(OptimisticLockingException.class);
        assertThat(host.shop().calls()).containsExactly("slow/60000");
        assertThat(host.last("canceled-in-call").status()).isEqualTo(ExecutionStatus.CANCELED);
        assertNothingIsLeft();
    }

    @Test
    void aRunStaysOnItsVersionWhenAnotherOneIsDeployed() {
        host.deploy(waitingThen("versioned", "return 1;"));
        ProcessInstance instance = host.start("versioned");
        host.executeNext(instance);

        host.deploy(waitingThen("versioned", "return 2;"));
        host.at(60);
        host.executeNext(instance);
        ProcessInstance later = host.start("versioned");
        host.executeNext(later);
        host.at(100);
        host.executeNext(later);

        assertThat(host.last("versioned").result()).contains("2");
        assertThat(host.log(Optional.of(WorkflowSlug.of("versioned")), 2).get(1).result())
                .contains("1");
    }

    @Test
    void deletingTheDeploymentCancelsItsRuns() {
        String deployment = host.deploy(waitingThen("undeployed", "return 1;"));
        ProcessInstance instance = host.start("undeployed");
        host.executeNext(instance);

        host.repository().deleteDeployment(deployment, true);

        assertThat(host.last("undeployed").status()).isEqualTo(ExecutionStatus.CANCELED);
        assertNothingIsLeft();
    }

    @Test
    void aClockThatJumpsBackAndForthFiresATimerOnce() {
        host.deploy(waitingThen("jumping", "return 1;"));
        ProcessInstance instance = host.start("jumping");
        host.executeNext(instance);
        Date due = host.waiting(instance).getDuedate();

        host.at(BEGIN.minus(Duration.ofHours(1)));
        assertThat(host.waiting(instance).getDuedate()).isEqualTo(due);
        host.at(BEGIN.plus(Duration.ofMinutes(1)));
        host.executeNext(instance);

        assertThat(host.shop().calls()).containsExactly("read/1", "write/1");
        assertThat(host.last("jumping").status()).isEqualTo(ExecutionStatus.COMPLETED);
        assertNothingIsLeft();
    }

    private static ProcessText waitingThen(String id, String last) {
        return new ProcessText(id, "LONG")
                .step("read_1", "READ", "await fastn.connector.shop.read({x: 1});")
                .waiting("wait_2", "30000")
                .step("write_3", "WRITE", "await fastn.connector.shop.write({x: 1});")
                .step("return_4", "PROCESS", last);
    }

    private static void assertNothingIsLeft() {
        for (String table : List.of("fastn_checkpoint", "fastn_journal")) {
            assertThat(host.rows(table)).as(table).isZero();
        }
    }
}
