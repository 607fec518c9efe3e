package ai.fastn.camunda.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ai.fastn.camunda.host.FakeShop;
import ai.fastn.camunda.host.PluginApplication;
import ai.fastn.camunda.runtime.StepRunner;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.jobexecutor.AcquiredJobs;
import org.camunda.bpm.engine.impl.jobexecutor.DefaultJobExecutor;
import org.camunda.bpm.engine.impl.jobexecutor.JobExecutor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Row M10: one tenant has queued 10,000 runs, another one starts a run now and then. */
class FairnessTest {

    private static final int QUEUED = 10_000;

    /** So many of them can be executed, which is more than are in the time of this test; the rest are jobs only. */
    private static final int REAL = 600;

    private static final int ROUNDS = 4;
    private static final int RUNS_OF_A_ROUND = 15;
    private static final int STEP_MILLIS = 100;

    private static FakeShop shop;
    private static ConfigurableApplicationContext host;
    private static RuntimeService runtime;
    private static JdbcClient database;

    @BeforeAll
    static void startHost() throws SQLException {
        shop = new FakeShop();
        host = PluginApplication.start(shop, Map.of("camunda.bpm.history-level", "none"));
        runtime = host.getBean(RuntimeService.class);
        database = JdbcClient.create(host.getBean(DataSource.class));
        host.getBean(StepRunner.class).warmUp();
        deploy("big");
        deploy("small");
    }

    @AfterAll
    static void stopHost() {
        host.close();
        shop.close();
    }

    @Test
    void tenThousandQueuedRunsOfOneTenantDoNotDoubleTheTimeOfAnother() {
        JobExecutor executor = engine().getJobExecutor();
        executor.shutdown();
        queue();
        final double look = look();
        executor.start();
        round("warm");
        // in turns, so that whatever else the machine does happens to both
        for (int i = 0; i < ROUNDS; i++) {
            state(2);
            round("alone");
            state(1);
            await().until(() -> locked("big") >= 4);
            round("beside");
        }

        double alone = percentile("alone");
        double beside = percentile("beside");
        System.out.printf(
                "fairness: p95 of a run of %d ms: %.0f ms alone, %.0f ms beside %d queued runs; one look for jobs %.1f ms%n",
                STEP_MILLIS, alone, beside, QUEUED, look);
        assertThat(beside).isLessThan(2 * alone);
        assertThat(look).isLessThan(60);
    }

    private static void round(String name) {
        IntStream.range(0, RUNS_OF_A_ROUND).forEach(i -> {
            start("small", name);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(STEP_MILLIS));
        });
        await().atMost(Duration.ofSeconds(60)).until(() -> running(name) == 0);
    }

    /** From start to end, in milliseconds. */
    private static double percentile(String wave) {
        return database.sql(
                        "SELECT percentile_cont(0.95) WITHIN GROUP (ORDER BY extract(epoch FROM ended_at - started_at))"
                                + " * 1000 FROM fastn_execution WHERE tenant = 'small' AND input LIKE ?")
                .param("%" + wave + "%")
                .query(Double.class)
                .single();
    }

    private static void queue() {
        new TransactionTemplate(host.getBean(PlatformTransactionManager.class))
                .executeWithoutResult(status -> IntStream.range(0, REAL).forEach(i -> start("big", "queued")));
        String columns = database.sql("SELECT string_agg(column_name, ', ') FROM information_schema.columns"
                        + " WHERE table_name = 'act_ru_job' AND column_name NOT IN ('id_', 'create_time_')")
                .query(String.class)
                .single();
        database.sql("INSERT INTO act_ru_job (id_, create_time_, " + columns + ") SELECT gen_random_uuid()::text,"
                        + " create_time_ + n * interval '1 minute', " + columns
                        + " FROM act_ru_job, generate_series(1, ?) n WHERE tenant_id_ = 'big' LIMIT ?")
                .params(QUEUED / REAL, 2 * (QUEUED - REAL)) // each run has its job and its timeout
                .update();
    }

    /** The state of the engine for jobs that wait: 1 is active, 2 suspended. */
    private static void state(int state) {
        database.sql("UPDATE act_ru_job SET suspension_state_ = ? WHERE id_ IN (SELECT id_ FROM act_ru_job"
                        + " WHERE tenant_id_ = 'big' AND lock_owner_ IS NULL FOR UPDATE SKIP LOCKED)")
                .param(state)
                .update();
        engine().getJobExecutor().jobWasAdded();
        await().until(() -> state == 1 || locked("big") == 0);
    }

    /** Median time of a look that locks as many jobs as a lane has places, in milliseconds. */
    private static double look() {
        NodeLease lease = new NodeLease(new NodeTable(host.getBean(DataSource.class)), System::nanoTime);
        lease.beat("me", () -> {});
        double[] millis = IntStream.range(0, 41)
                .mapToDouble(i -> {
                    Lanes lanes = new Lanes(new LaneSettings(4, 2, Duration.ZERO), () -> {});
                    JobExecutor executor = new DefaultJobExecutor();
                    executor.setLockOwner("me");
                    long began = System.nanoTime();
                    AcquiredJobs acquired = engine().getCommandExecutorTxRequired()
                            .execute(new AcquireRunJobs(executor, lease, lanes, 3));
                    assertThat(acquired.size()).isEqualTo(4);
                    return (System.nanoTime() - began) / 1e6;
                })
                .sorted()
                .toArray();
        database.sql("UPDATE act_ru_job SET lock_owner_ = NULL").update();
        return millis[millis.length / 2];
    }

    private static void start(String tenant, String wave) {
        runtime.createProcessInstanceByKey("slow")
                .processDefinitionTenantId(tenant)
                .setVariable("input", "{\"wave\": \"" + wave + "\"}")
                .execute();
    }

    private static long running(String wave) {
        return database.sql("SELECT count(*) FROM fastn_execution WHERE status = 'RUNNING' AND input LIKE ?")
                .param("%" + wave + "%")
                .query(Long.class)
                .single();
    }

    private static long locked(String tenant) {
        return database.sql("SELECT count(*) FROM act_ru_job WHERE lock_owner_ IS NOT NULL AND tenant_id_ = ?")
                .param(tenant)
                .query(Long.class)
                .single();
    }

    private static void deploy(String tenant) {
        host.getBean(RepositoryService.class)
                .createDeployment()
                .tenantId(tenant)
                .addString(
                        "slow.bpmn",
                        new ProcessText("slow", "STANDARD")
                                .timeout("PT1H")
                                .step("s_1", "READ", "await fastn.connector.shop.slow({x: " + STEP_MILLIS + "});")
                                .xml())
                .deploy();
    }

    private static ProcessEngineConfigurationImpl engine() {
        return (ProcessEngineConfigurationImpl)
                host.getBean(ProcessEngine.class).getProcessEngineConfiguration();
    }
}
