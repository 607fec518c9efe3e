package ai.fastn.camunda.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.fastn.camunda.autoconfigure.Sweep;
import ai.fastn.camunda.execution.Execution;
import ai.fastn.camunda.execution.ExecutionFilter;
import ai.fastn.camunda.execution.ExecutionLog;
import ai.fastn.camunda.host.FakeShop;
import ai.fastn.camunda.host.PluginApplication;
import ai.fastn.camunda.runtime.StepRunner;
import ai.fastn.camunda.workflow.ExecutionStatus;
import ai.fastn.camunda.workflow.TenantId;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** What is left in the databases of runs that have ended: their rows in the Execution Log, and nothing else. */
class RetentionTest {

    private static final String EVERYTHING = "await fastn.connector.shop.read({x: 1});"
            + " await fastn.state.set('k', 1, {scope: 'INVOCATION'});"
            + " await fastn.db.query('CREATE TABLE IF NOT EXISTS kept (n int)');"
            + " await fastn.db.query('INSERT INTO kept VALUES (1)');";

    private static FakeShop shop;
    private static ConfigurableApplicationContext host;
    private static RuntimeService runtime;
    private static ManagementService management;
    private static JdbcClient database;
    private static JdbcClient tenants;

    @BeforeAll
    static void startHost() throws SQLException {
        shop = new FakeShop();
        host = PluginApplication.start(shop, Map.of("camunda.bpm.job-execution.enabled", "false"));
        runtime = host.getBean(RuntimeService.class);
        management = host.getBean(ManagementService.class);
        database = JdbcClient.create(host.getBean(DataSource.class));
        tenants = JdbcClient.create(new DriverManagerDataSource(
                host.getEnvironment().getRequiredProperty("fastn.tenants.datasource.url"), "postgres", ""));
        host.getBean(StepRunner.class).warmUp();
        deploy(new ProcessText("completes", "STANDARD").step("all_1", "WRITE", EVERYTHING));
        deploy(new ProcessText("fails", "STANDARD").step("all_1", "WRITE", EVERYTHING + " throw new Error('no');"));
        deploy(new ProcessText("waits", "LONG")
                .step("all_1", "WRITE", EVERYTHING)
                .waiting("wait_1", "3600000"));
        deploy(new ProcessText("instant", "INSTANT").step("all_1", "WRITE", EVERYTHING));
        deploy(new ProcessText("instant-fails", "INSTANT")
                .step("all_1", "WRITE", EVERYTHING + " throw new Error('no');"));
        deploy(new ProcessText("instant-late", "INSTANT")
                .timeout("PT1S")
                .step("all_1", "WRITE", EVERYTHING + " await new Promise(() => setTimeout(() => {}, 60000));"));
    }

    private static void deploy(ProcessText process) {
        host.getBean(RepositoryService.class)
                .createDeployment()
                .addString("process.bpmn", process.xml())
                .deploy();
    }

    @AfterAll
    static void stopHost() {
        host.close();
        shop.close();
    }

    @AfterEach
    void resetClock() {
        ClockUtil.reset();
    }

    @Test
    void nothingIsLeftOfRunsInAnyStatus() {
        executeNext(runtime.startProcessInstanceByKey("completes"));
        ProcessInstance failed = runtime.startProcessInstanceByKey("fails");
        executeNext(failed);
        assertThat(rows("fastn_journal")).as("a failed run can be retried").isPositive();
        runtime.deleteProcessInstance(failed.getId(), "given up");
        ProcessInstance canceled = runtime.startProcessInstanceByKey("waits");
        executeNext(canceled);
        runtime.deleteProcessInstance(canceled.getId(), "canceled");
        runtime.startProcessInstanceByKey("instant");
        assertThatThrownBy(() -> runtime.startProcessInstanceByKey("instant-fails"))
                .hasMessageContaining("no");
        assertThatThrownBy(() -> runtime.startProcessInstanceByKey("instant-late"))
                .hasMessageContaining("timeout");
        ProcessInstance late = runtime.startProcessInstanceByKey("waits");
        executeNext(late);
        ClockUtil.setCurrentTime(Date.from(Instant.now().plus(Duration.ofHours(1))));
        management.executeJob(timeoutOf(late).getId());

        assertThat(log().stream().map(Execution::status))
                .contains(
                        ExecutionStatus.COMPLETED,
                        ExecutionStatus.FAILED,
                        ExecutionStatus.CANCELED,
                        ExecutionStatus.TIMEOUT);
        assertNothingIsLeft();
        sweepLedger();
        assertThat(ledgerRows()).isZero();
    }

    @Test
    void theLedgerOfARunThatHasNotEndedStays() {
        ProcessInstance waiting = runtime.startProcessInstanceByKey("waits");
        executeNext(waiting);

        sweepLedger();
        assertThat(ledgerRows()).isPositive();

        runtime.deleteProcessInstance(waiting.getId(), "end of test");
        sweepLedger();
        assertThat(ledgerRows()).isZero();
    }

    /** Such a delete tells nobody: not even our listener. */
    @Test
    void aRunWhoseInstanceWasDeletedWithoutListenersIsSwept() {
        ProcessInstance deleted = runtime.startProcessInstanceByKey("waits");
        executeNext(deleted);
        ProcessInstance living = runtime.startProcessInstanceByKey("waits");
        executeNext(living);
        runtime.deleteProcessInstance(deleted.getId(), "by hand", true);
        assertThat(rows("fastn_checkpoint")).isEqualTo(2);

        sweep();

        assertThat(rows("fastn_checkpoint")).isOne();
        assertThat(statusOf(deleted)).isEqualTo(ExecutionStatus.CANCELED);
        assertThat(statusOf(living)).isEqualTo(ExecutionStatus.RUNNING);
        runtime.deleteProcessInstance(living.getId(), "end of test");
        database.sql("UPDATE fastn_state SET updated_at = now() - interval '1 hour'")
                .update();
        sweep();
        assertNothingIsLeft();
    }

    private static void assertNothingIsLeft() {
        assertThat(rows("fastn_journal")).isZero();
        assertThat(rows("fastn_checkpoint")).isZero();
        assertThat(rows("fastn_state WHERE execution <> ''")).isZero();
    }

    private static void sweep() {
        host.getBean(Sweep.class).sweep();
    }

    /** Rows of Instant runs are old enough after ten minutes. */
    private static void sweepLedger() {
        tenants.sql("UPDATE fastn.effect_ledger SET recorded_at = now() - interval '1 hour'")
                .update();
        sweep();
    }

    private static long ledgerRows() {
        return tenants.sql(
                        "SELECT (SELECT count(*) FROM fastn.effect_ledger) + (SELECT count(*) FROM fastn.effect_fence)")
                .query(Long.class)
                .single();
    }

    private static long rows(String from) {
        return database.sql("SELECT count(*) FROM " + from).query(Long.class).single();
    }

    private static List<Execution> log() {
        return host.getBean(ExecutionLog.class)
                .list(TenantId.DEFAULT, new ExecutionFilter(Optional.empty(), Optional.empty(), Optional.empty(), 50));
    }

    private static ExecutionStatus statusOf(ProcessInstance instance) {
        return log().stream()
                .filter(each -> each.processInstanceId().equals(instance.getId()))
                .findFirst()
                .orElseThrow()
                .status();
    }

    private static void executeNext(ProcessInstance instance) {
        String timeout = timeoutOf(instance).getId();
        management.createJobQuery().processInstanceId(instance.getId()).list().stream()
                .filter(job -> !job.getId().equals(timeout))
                .findFirst()
                .ifPresent(job -> management.executeJob(job.getId()));
    }

    private static Job timeoutOf(ProcessInstance instance) {
        return management
                .createJobQuery()
                .processInstanceId(instance.getId())
                .activityId("timeout")
                .singleResult();
    }
}
