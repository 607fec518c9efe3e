package ai.fastn.camunda.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ai.fastn.camunda.host.FakeShop;
import ai.fastn.camunda.host.OwnThread;
import ai.fastn.camunda.host.PluginApplication;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.jobexecutor.DefaultJobExecutor;
import org.camunda.bpm.engine.impl.jobexecutor.JobExecutor;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Who may execute jobs: time passes by moving what the database remembers, and this node's clock. */
class NodeLeaseTest {

    private static FakeShop shop;
    private static ConfigurableApplicationContext host;
    private static JdbcClient database;
    private static ManagementService management;

    private final AtomicLong nanos = new AtomicLong(1_000);
    private final AtomicInteger hints = new AtomicInteger();
    private NodeLease lease;

    @BeforeAll
    static void startHost() throws SQLException {
        shop = new FakeShop();
        host = PluginApplication.start(shop, Map.of("camunda.bpm.job-execution.enabled", "false"));
        database = JdbcClient.create(host.getBean(DataSource.class));
        management = host.getBean(ManagementService.class);
        RepositoryService repository = host.getBean(RepositoryService.class);
        repository
                .createDeployment()
                .addString(
                        "ours.bpmn",
                        new ProcessText("ours", "STANDARD")
                                .step("write_1", "WRITE", "await fastn.connector.shop.write({x: 1});")
                                .xml())
                .addModelInstance(
                        "theirs.bpmn",
                        Bpmn.createExecutableProcess("theirs")
                                .camundaHistoryTimeToLive(1)
                                .startEvent()
                                .camundaAsyncAfter()
                                .endEvent()
                                .done())
                .addString("drawn.bpmn", """
                        <definitions xmlns='http://www.omg.org/spec/BPMN/20100524/MODEL' targetNamespace='test'
                            xmlns:camunda='http://camunda.org/schema/1.0/bpmn'>
                        <process id='drawn' isExecutable='true' camunda:historyTimeToLive='P1D'><startEvent id='s'/>
                        <sequenceFlow id='f' sourceRef='s' targetRef='c'/>
                        <scriptTask id='c' scriptFormat='fastn-js'><script>return 1;</script></scriptTask></process></definitions>""")
                .deploy();
    }

    @AfterAll
    static void stopHost() {
        host.close();
        shop.close();
    }

    @BeforeEach
    void startInstances() {
        lease = new NodeLease(new NodeTable(host.getBean(DataSource.class)), nanos::get);
        host.getBean(RuntimeService.class).startProcessInstanceByKey("ours");
        host.getBean(RuntimeService.class).startProcessInstanceByKey("theirs");
    }

    @AfterEach
    void removeInstances() {
        RuntimeService runtime = host.getBean(RuntimeService.class);
        runtime.createProcessInstanceQuery()
                .list()
                .forEach(each -> runtime.deleteProcessInstance(each.getId(), "end of test"));
        database.sql("DELETE FROM fastn_node").update();
    }

    @Test
    void theJobsOfADeadNodeAreFreedAndThoseOfOtherProcessesStayLocked() {
        lock("dead");
        lastSeen("dead", Duration.ofSeconds(7));

        lease.beat("me", hints::incrementAndGet);

        assertThat(owner("ours")).isEqualTo("nobody");
        assertThat(owner("theirs")).isEqualTo("dead");
        assertThat(hints).hasValue(1);
        assertThat(database.sql("SELECT id FROM fastn_node").query(String.class).list())
                .containsExactly("me");
    }

    @Test
    void theStepsThatPeopleHaveDrawnAreFreedToo() {
        host.getBean(RuntimeService.class).startProcessInstanceByKey("drawn");
        lock("dead");
        lastSeen("dead", Duration.ofSeconds(7));

        lease.beat("me", hints::incrementAndGet);

        assertThat(owner("drawn")).isEqualTo("nobody");
    }

    /** It was suspended while it committed: the server keeps the rows of that transaction for it. */
    @Test
    void aJobThatADeadNodeHasInATransactionKeepsNobodyFromLiving() throws SQLException {
        lock("dead");
        lastSeen("dead", Duration.ofSeconds(7));

        try (Connection ofDead = host.getBean(DataSource.class).getConnection()) {
            ofDead.setAutoCommit(false);
            JdbcClient.create(new SingleConnectionDataSource(ofDead, true))
                    .sql("SELECT id_ FROM act_ru_job FOR UPDATE")
                    .query(String.class)
                    .list();
            assertThat(OwnThread.run(() -> lease.beat("me", hints::incrementAndGet)))
                    .succeedsWithin(Duration.ofSeconds(10));
            assertThat(owner("ours")).isEqualTo("dead");
            ofDead.rollback();
            ofDead.setAutoCommit(true);
        }
        lease.beat("me", hints::incrementAndGet);

        assertThat(owner("ours")).isEqualTo("nobody");
        assertThat(database.sql("SELECT id FROM fastn_node").query(String.class).list())
                .containsExactly("me");
    }

    @Test
    void aNodeThatIsALittleLateKeepsItsJobs() {
        lock("late");
        lastSeen("late", Duration.ofSeconds(5));

        lease.beat("me", hints::incrementAndGet);

        assertThat(owner("ours")).isEqualTo("late");
        assertThat(hints).hasValue(0);
    }

    /** Its jobs may be new ones that nobody else was told of. */
    @Test
    void theDeathOfANodeWithoutLocksIsAReasonToLookForJobsToo() {
        lastSeen("dead", Duration.ofSeconds(7));

        lease.beat("me", hints::incrementAndGet);

        assertThat(hints).hasValue(1);
    }

    @Test
    void aNodeThatStopsGivesItsJobsBackAtOnce() {
        lease.beat("me", hints::incrementAndGet);
        lock("me");

        lease.end("me");

        assertThat(owner("ours")).isEqualTo("nobody");
        assertThat(lease.isHeld()).isFalse();
    }

    @Test
    void theOthersLearnWithTheirNextBeatThatANodeHasStopped() {
        lease.beat("me", hints::incrementAndGet);
        lease.end("me");

        lease.beat("other", hints::incrementAndGet);

        assertThat(hints).hasValue(1);
        assertThat(database.sql("SELECT id FROM fastn_node").query(String.class).list())
                .containsExactly("other");
    }

    @Test
    void theLeaseRunsOutSixSecondsAfterTheLastBeat() {
        assertThat(lease.isHeld()).isFalse();
        lease.beat("me", hints::incrementAndGet);

        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(5_999));
        assertThat(lease.isHeld()).isTrue();

        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(1));
        assertThat(lease.isHeld()).isFalse();
    }

    @Test
    void aLockThatNobodyWorksUnderIsFreedAtTheSecondCheck() {
        lock("me");

        beats(5);
        assertThat(owner("ours")).isEqualTo("me");
        beats(5);

        assertThat(owner("ours")).isEqualTo("nobody");
        assertThat(owner("theirs")).isEqualTo("me");
    }

    @Test
    void aJobInHandKeepsItsLock() {
        lock("me");
        lease.inHand().add(jobOf("ours").getId());

        beats(20);

        assertThat(owner("ours")).isEqualTo("me");
    }

    @Test
    void jobsOfWorkflowsAreLockedLongerThanAnyStepAndOthersAsBefore() {
        lease.beat("me", hints::incrementAndGet);

        acquire();

        assertThat(lockedFor("ours")).isBetween(Duration.ofHours(6), Duration.ofHours(8));
        assertThat(lockedFor("theirs")).isBetween(Duration.ofMinutes(4), Duration.ofMinutes(6));
    }

    @Test
    void aNodeWithoutALeaseAcquiresNothing() {
        acquire();

        assertThat(owner("ours")).isEqualTo("nobody");
        assertThat(owner("theirs")).isEqualTo("nobody");
    }

    @Test
    void aFailureOfTheDatabaseIsNoAttempt() {
        Job job = jobOf("ours");

        fail(job, new IllegalStateException("commit", new SQLTransientConnectionException("gone")));
        fail(job, new IllegalStateException("commit", new SQLException("disk full", "53100")));
        fail(job, new IllegalStateException("rollback", new SQLException("Connection is closed")));

        Job after = jobOf("ours");
        assertThat(after.getRetries()).isEqualTo(job.getRetries());
        assertThat(after.getDuedate()).isAfter(job.getCreateTime());
        assertThat(after.getExceptionMessage()).isEqualTo("rollback");
    }

    @Test
    void aBugOfOursIsAnAttemptAndSoIsEveryFailureOfOtherProcesses() {
        fail(jobOf("ours"), new IllegalStateException("bug"));
        fail(jobOf("theirs"), new IllegalStateException("commit", new SQLException("disk full", "53100")));

        assertThat(jobOf("ours").getRetries()).isZero();
        assertThat(jobOf("theirs").getRetries()).isEqualTo(2);
    }

    private void beats(int count) {
        for (int i = 0; i < count; i++) {
            lease.beat("me", hints::incrementAndGet);
        }
    }

    private void acquire() {
        JobExecutor executor = new DefaultJobExecutor();
        executor.setLockOwner("me");
        Lanes lanes = new Lanes(new LaneSettings(4, 2, Duration.ZERO), () -> {});
        engine().getCommandExecutorTxRequired().execute(new AcquireRunJobs(executor, lease, lanes, 10));
    }

    private static void fail(Job job, RuntimeException failure) {
        engine().getCommandExecutorTxRequired()
                .execute(engine().getFailedJobCommandFactory().getCommand(job.getId(), failure));
    }

    private static ProcessEngineConfigurationImpl engine() {
        return (ProcessEngineConfigurationImpl)
                host.getBean(ProcessEngine.class).getProcessEngineConfiguration();
    }

    private static void lock(String node) {
        database.sql("UPDATE act_ru_job SET lock_owner_ = ?, lock_exp_time_ = now() + interval '7 hours'"
                        + " WHERE handler_type_ = 'async-continuation'")
                .param(node)
                .update();
    }

    private static void lastSeen(String node, Duration ago) {
        database.sql("INSERT INTO fastn_node VALUES (?, now() - ? * interval '1 millisecond')")
                .params(node, ago.toMillis())
                .update();
    }

    private static String owner(String process) {
        return column("coalesce(lock_owner_, 'nobody')", process);
    }

    private static Duration lockedFor(String process) {
        return Duration.ofSeconds(
                Long.parseLong(column("extract(epoch FROM lock_exp_time_ - now()::timestamp)::bigint::text", process)));
    }

    private static String column(String expression, String process) {
        return database.sql("SELECT " + expression + " FROM act_ru_job WHERE id_ = ?")
                .param(jobOf(process).getId())
                .query(String.class)
                .single();
    }

    private static Job jobOf(String process) {
        return management.createJobQuery().processDefinitionKey(process).list().stream()
                .filter(job -> !((org.camunda.bpm.engine.impl.persistence.entity.JobEntity) job)
                        .getJobHandlerType()
                        .startsWith("timer"))
                .findFirst()
                .orElseThrow();
    }
}
