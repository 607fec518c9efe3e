package ai.fastn.camunda.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ai.fastn.camunda.host.FakeShop;
import ai.fastn.camunda.host.PluginApplication;
import ai.fastn.camunda.runtime.StepRunner;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.jobexecutor.JobExecutor;
import org.camunda.bpm.engine.management.Metrics;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Standard, Long and the host's own processes never wait for each other: whatever one does, the others go on. */
class LanesTest {

    private static final int QUEUED = 12;
    private static final String READ = "await fastn.connector.shop.read({x: 1});";
    private static final String SLOW = "await fastn.connector.shop.slow({x: 0});";

    private static FakeShop shop;
    private static ConfigurableApplicationContext host;
    private static RuntimeService runtime;
    private static JdbcClient database;

    private final CountDownLatch gate = new CountDownLatch(1);

    @BeforeAll
    static void startHost() throws SQLException {
        shop = new FakeShop();
        host = PluginApplication.start(
                shop,
                Map.of(
                        "fastn.lanes.standard.threads", 2,
                        "fastn.lanes.long.threads", 1,
                        "fastn.lanes.grace", "10s",
                        "camunda.bpm.job-execution.core-pool-size", 1,
                        "camunda.bpm.job-execution.max-pool-size", 1,
                        "camunda.bpm.job-execution.queue-capacity", 1,
                        "camunda.bpm.metrics.enabled", "true",
                        "camunda.bpm.metrics.db-reporter-activate", "false"));
        runtime = host.getBean(RuntimeService.class);
        database = JdbcClient.create(host.getBean(DataSource.class));
        host.getBean(StepRunner.class).warmUp();
        host.getBean(RepositoryService.class)
                .createDeployment()
                .addString(
                        "standard.bpmn",
                        new ProcessText("standard", "STANDARD")
                                .step("r_1", "READ", READ)
                                .xml())
                .addString(
                        "long.bpmn",
                        new ProcessText("long", "LONG")
                                .step("r_1", "READ", READ)
                                .xml())
                .addString(
                        "slow-standard.bpmn",
                        new ProcessText("slow-standard", "STANDARD")
                                .step("s_1", "READ", SLOW)
                                .xml())
                .addString(
                        "slow-long.bpmn",
                        new ProcessText("slow-long", "LONG")
                                .step("s_1", "READ", SLOW)
                                .xml())
                .addString(
                        "timer.bpmn",
                        new ProcessText("timer", "STANDARD")
                                .waiting("w_1", "300")
                                .step("r_1", "READ", READ)
                                .xml())
                .addModelInstance("host.bpmn", ofHost("host", Nothing.class))
                .addModelInstance("slow-host.bpmn", ofHost("slow-host", AtTheGate.class))
                .deploy();
    }

    @AfterAll
    static void stopHost() {
        host.close();
        shop.close();
    }

    @BeforeEach
    void closeTheGate() {
        shop.clear();
        shop.onSlow(this::pass);
        AtTheGate.gate = this::pass;
    }

    @AfterEach
    void openTheGate() {
        gate.countDown();
        engine().getJobExecutor().start();
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() ->
                        assertThat(runtime.createProcessInstanceQuery().count()).isZero());
    }

    @Test
    void longRunsKeepNothingElseWaiting() {
        start("slow-long", QUEUED);
        await().untilAsserted(() -> assertThat(locked("slow-long")).isOne());

        assertGoesOn("standard");
        assertGoesOn("host");
        assertGoesOn("timer");
        assertThat(locked("slow-long")).as("no job without a place").isOne();
    }

    @Test
    void standardRunsKeepNothingElseWaiting() {
        start("slow-standard", QUEUED);
        await().untilAsserted(() -> assertThat(locked("slow-standard")).isEqualTo(2));

        assertGoesOn("long");
        assertGoesOn("host");
        assertThat(locked("slow-standard")).isEqualTo(2);
    }

    @Test
    void jobsOfTheHostKeepNoWorkflowWaiting() {
        start("slow-host", QUEUED);
        await().untilAsserted(() -> assertThat(locked("slow-host")).isBetween(1L, 3L));

        assertGoesOn("standard");
        assertGoesOn("long");
    }

    @Test
    void anIdleNodeLooksForNoJobs() {
        assertGoesOn("standard");
        assertGoesOn("timer");
        long[] before = {looks()};

        await().during(Duration.ofSeconds(2)).atMost(Duration.ofSeconds(20)).until(() -> {
            boolean same = looks() == before[0];
            before[0] = looks();
            return same;
        });
    }

    @Test
    void theNodeHasMadeTheIndexThatItLooksInto() {
        new JobIndex(host.getBean(DataSource.class)).make();

        assertThat(database.sql(
                                "SELECT indexdef FROM pg_indexes WHERE tablename = 'act_ru_job' AND indexname = 'fastn_job_queue'")
                        .query(String.class)
                        .single())
                .contains(
                        "(process_def_id_, duedate_, create_time_) WHERE ((retries_ > 0) AND (suspension_state_ = 1))");
    }

    /** Row M8: what runs may end, what waits is another node's. */
    @Test
    void aNodeThatStopsEndsWhatRunsAndGivesTheRestBack() {
        start("slow-standard", QUEUED);
        await().untilAsserted(() -> assertThat(shop.calls()).hasSize(2));
        JobExecutor executor = engine().getJobExecutor();
        Thread stop = new Thread(executor::shutdown);

        stop.start();
        await().until(() -> !executor.isActive());
        gate.countDown();

        await().until(() -> !stop.isAlive());
        assertThat(running("slow-standard")).isEqualTo(QUEUED - 2);
        assertThat(locked("slow-standard")).isZero();
        assertThat(shop.calls()).hasSize(2);
    }

    private void pass() {
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void start(String process, int times) {
        IntStream.range(0, times).forEach(i -> runtime.startProcessInstanceByKey(process));
    }

    private static void assertGoesOn(String process) {
        Instant began = Instant.now();
        start(process, 3);
        await().pollInterval(Duration.ofMillis(20))
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(running(process)).isZero());
        assertThat(Duration.between(began, Instant.now())).as(process).isLessThan(Duration.ofSeconds(5));
    }

    private static long running(String process) {
        return runtime.createProcessInstanceQuery()
                .processDefinitionKey(process)
                .count();
    }

    private static long locked(String process) {
        return database.sql("SELECT count(*) FROM act_ru_job WHERE lock_owner_ IS NOT NULL AND process_def_key_ = ?")
                .param(process)
                .query(Long.class)
                .single();
    }

    private static long looks() {
        return Objects.requireNonNull(
                        engine().getMetricsRegistry().getDbMeters().get(Metrics.JOB_ACQUISITION_ATTEMPT))
                .get();
    }

    private static ProcessEngineConfigurationImpl engine() {
        return (ProcessEngineConfigurationImpl)
                host.getBean(ProcessEngine.class).getProcessEngineConfiguration();
    }

    private static BpmnModelInstance ofHost(String id, Class<? extends JavaDelegate> task) {
        return Bpmn.createExecutableProcess(id)
                .camundaHistoryTimeToLive(1)
                .startEvent()
                .serviceTask()
                .camundaAsyncBefore()
                .camundaClass(task)
                .endEvent()
                .done();
    }

    /** A task of the host. */
    public static final class Nothing implements JavaDelegate {

        @Override
        public void execute(DelegateExecution execution) {
            // it only has to be executed
        }
    }

    /** A task of the host that takes its time. */
    public static final class AtTheGate implements JavaDelegate {

        private static volatile Runnable gate = () -> {};

        @Override
        public void execute(DelegateExecution execution) {
            gate.run();
        }
    }
}
