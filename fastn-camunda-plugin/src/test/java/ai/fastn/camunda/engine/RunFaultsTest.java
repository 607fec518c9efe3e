package ai.fastn.camunda.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ai.fastn.camunda.execution.Execution;
import ai.fastn.camunda.execution.ExecutionFilter;
import ai.fastn.camunda.execution.ExecutionLog;
import ai.fastn.camunda.host.FakeShop;
import ai.fastn.camunda.host.PluginApplication;
import ai.fastn.camunda.runtime.StepRunner;
import ai.fastn.camunda.workflow.ExecutionStatus;
import ai.fastn.camunda.workflow.TenantId;
import ai.fastn.camunda.workflow.WorkflowSlug;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What operators and clocks do to runs that are under way; each job is executed by hand. */
class RunFaultsTest {

    private static FakeShop shop;
    private static ConfigurableApplicationContext host;
    private static RuntimeService runtime;
    private static ManagementService management;
    private static RepositoryService repository;

    private final Instant begin = Instant.parse("2026-03-01T10:00:00Z");

    @BeforeAll
    static void startHost() throws SQLException {
        shop = new FakeShop();
        host = PluginApplication.start(shop, Map.of("camunda.bpm.job-execution.enabled", "false"));
        runtime = host.getBean(RuntimeService.class);
        management = host.getBean(ManagementService.class);
        repository = host.getBean(RepositoryService.class);
        host.getBean(StepRunner.class).warmUp();
    }

    @AfterAll
    static void stopHost() {
        host.close();
        shop.close();
    }

    @BeforeEach
    void beginAnew() {
        shop.clear();
        ClockUtil.setCurrentTime(Date.from(begin));
    }

    @AfterEach
    void resetClock() {
        ClockUtil.reset();
    }

    @Test
    void aCancelInterruptsTheCallThatRunsAndNothingComesAfterIt() {
        deploy(new ProcessText("canceled-in-call", "STANDARD")
                .step("slow_1", "WRITE", "await fastn.connector.shop.slow({x: 60000});")
                .step("write_2", "WRITE", "await fastn.connector.shop.write({x: 2});"));
        ProcessInstance instance = runtime.startProcessInstanceByKey("canceled-in-call");
        Job job = waiting(instance);
        CompletableFuture<Void> step = CompletableFuture.runAsync(() -> management.executeJob(job.getId()));
        await().until(() -> shop.calls().contains("slow/60000"));

        runtime.deleteProcessInstance(instance.getId(), "canceled");

        assertThatThrownBy(() -> step.orTimeout(20, TimeUnit.SECONDS).join())
                .hasCauseInstanceOf(OptimisticLockingException.class);
        assertThat(shop.calls()).containsExactly("slow/60000");
        assertThat(last("canceled-in-call").status()).isEqualTo(ExecutionStatus.CANCELED);
        assertNothingIsLeft();
    }

    @Test
    void aRunStaysOnItsVersionWhenAnotherOneIsDeployed() {
        deploy(waitingThen("versioned", "return 1;"));
        ProcessInstance instance = runtime.startProcessInstanceByKey("versioned");
        executeNext(instance);

        deploy(waitingThen("versioned", "return 2;"));
        ClockUtil.setCurrentTime(Date.from(begin.plusSeconds(60)));
        executeNext(instance);
        ProcessInstance later = runtime.startProcessInstanceByKey("versioned");
        executeNext(later);
        ClockUtil.setCurrentTime(Date.from(begin.plusSeconds(100)));
        executeNext(later);

        assertThat(last("versioned").result()).contains("2");
        assertThat(host.getBean(ExecutionLog.class)
                        .list(TenantId.DEFAULT, filter("versioned", 2))
                        .get(1)
                        .result())
                .contains("1");
    }

    @Test
    void deletingTheDeploymentCancelsItsRuns() {
        String deployment = deploy(waitingThen("undeployed", "return 1;"));
        ProcessInstance instance = runtime.startProcessInstanceByKey("undeployed");
        executeNext(instance);

        repository.deleteDeployment(deployment, true);

        assertThat(last("undeployed").status()).isEqualTo(ExecutionStatus.CANCELED);
        assertNothingIsLeft();
    }

    @Test
    void aClockThatJumpsBackAndForthFiresATimerOnce() {
        deploy(waitingThen("jumping", "return 1;"));
        ProcessInstance instance = runtime.startProcessInstanceByKey("jumping");
        executeNext(instance);
        Date due = waiting(instance).getDuedate();

        ClockUtil.setCurrentTime(Date.from(begin.minus(Duration.ofHours(1))));
        assertThat(waiting(instance).getDuedate()).isEqualTo(due);
        ClockUtil.setCurrentTime(Date.from(begin.plus(Duration.ofMinutes(1))));
        executeNext(instance);

        assertThat(shop.calls()).containsExactly("read/1", "write/1");
        assertThat(last("jumping").status()).isEqualTo(ExecutionStatus.COMPLETED);
        assertNothingIsLeft();
    }

    private static ProcessText waitingThen(String id, String last) {
        return new ProcessText(id, "LONG")
                .step("read_1", "READ", "await fastn.connector.shop.read({x: 1});")
                .waiting("wait_2", "30000")
                .step("write_3", "WRITE", "await fastn.connector.shop.write({x: 1});")
                .step("return_4", "PROCESS", last);
    }

    private static String deploy(ProcessText process) {
        return repository
                .createDeployment()
                .addString("process.bpmn", process.xml())
                .deploy()
                .getId();
    }

    private static void executeNext(ProcessInstance instance) {
        management.executeJob(waiting(instance).getId());
    }

    /** The one job of a run beside its timeout. */
    private static Job waiting(ProcessInstance instance) {
        String timeout = management
                .createJobQuery()
                .processInstanceId(instance.getId())
                .activityId("timeout")
                .singleResult()
                .getId();
        return management.createJobQuery().processInstanceId(instance.getId()).list().stream()
                .filter(job -> !job.getId().equals(timeout))
                .findFirst()
                .orElseThrow();
    }

    private static Execution last(String slug) {
        return host.getBean(ExecutionLog.class)
                .list(TenantId.DEFAULT, filter(slug, 1))
                .get(0);
    }

    private static ExecutionFilter filter(String slug, int limit) {
        return new ExecutionFilter(Optional.of(WorkflowSlug.of(slug)), Optional.empty(), Optional.empty(), limit);
    }

    private static void assertNothingIsLeft() {
        for (String table : List.of("fastn_checkpoint", "fastn_journal")) {
            assertThat(JdbcClient.create(host.getBean(DataSource.class))
                            .sql("SELECT count(*) FROM " + table)
                            .query(Long.class)
                            .single())
                    .as(table)
                    .isZero();
        }
    }
}
