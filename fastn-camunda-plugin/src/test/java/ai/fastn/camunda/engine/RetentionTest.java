package ai.fastn.camunda.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.fastn.camunda.autoconfigure.Sweep;
import ai.fastn.camunda.execution.Execution;
import ai.fastn.camunda.host.OwnThread;
import ai.fastn.camunda.host.SteppedHost;
import ai.fastn.camunda.workflow.ExecutionStatus;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** What is left in the databases of runs that have ended: their rows in the Execution Log, and nothing else. */
class RetentionTest {

    private static final String EVERYTHING = "await fastn.connector.shop.read({x: 1});"
            + " await fastn.state.set('k', 1, {scope: 'INVOCATION'});"
            + " await fastn.db.query('CREATE TABLE IF NOT EXISTS kept (n int)');"
            + " await fastn.db.query('INSERT INTO kept VALUES (1)');";

    @RegisterExtension
    static final SteppedHost host = new SteppedHost();

    private static JdbcClient tenants;

    @BeforeAll
    static void deployWorkflows() {
        tenants = JdbcClient.create(
                new DriverManagerDataSource(host.property("fastn.tenants.datasource.url"), "postgres", ""));
        host.deploy(new ProcessText("completes", "STANDARD").step("all_1", "WRITE", EVERYTHING));
        host.deploy(
                new ProcessText("fails", "STANDARD").step("all_1", "WRITE", EVERYTHING + " throw new Error('no');"));
        host.deploy(new ProcessText("waits", "LONG")
                .step("all_1", "WRITE", EVERYTHING)
                .waiting("wait_1", "3600000"));
        host.deploy(new ProcessText("instant", "INSTANT").step("all_1", "WRITE", EVERYTHING));
        host.deploy(new ProcessText("instant-fails", "INSTANT")
                .step("all_1", "WRITE", EVERYTHING + " throw new Error('no');"));
        host.deploy(new ProcessText("instant-late", "INSTANT")
                .timeout("PT1S")
                .step("all_1", "WRITE", EVERYTHING + " await new Promise(() => setTimeout(() => {}, 60000));"));
    }

    /** The sweep compares with the clock of the database. */
    @BeforeEach
    void letTheClockRun() {
        ClockUtil.reset();
    }

    /** The value is written and its transaction about to commit when somebody cancels the run. */
    @Test
    void aValueThatIsWrittenWhileItsRunIsCanceledGoesWithIt() throws SQLException {
        host.deploy(new ProcessText("writes", "STANDARD")
                .step("set_1", "WRITE", "await fastn.state.set('k', 1, {scope: 'INVOCATION'});"));
        ProcessInstance run = host.start("writes");
        Job step = host.waiting(run);
        CompletableFuture<Void> working;
        CompletableFuture<Void> canceled;
        try (Connection inTheWay = host.bean(DataSource.class).getConnection();
                Statement statement = inTheWay.createStatement()) {
            inTheWay.setAutoCommit(false);
            statement.execute(
                    "INSERT INTO fastn_journal (execution_id, epoch, kind, ordinal, effect, digest, completion,"
                            + " content) VALUES ('" + host.last("writes").id() + "', 0, 'OUTCOME', 0, '', '', 1, '')");
            working = OwnThread.run(() -> host.management().executeJob(step.getId()));
            host.awaitLocked(1);
            canceled = OwnThread.run(() -> host.runtime().deleteProcessInstance(run.getId(), "canceled"));
            host.awaitLocked(2);
            inTheWay.rollback();
        }
        canceled.join();

        assertThatThrownBy(working::join).hasCauseInstanceOf(OptimisticLockingException.class);
        assertThat(host.rows("fastn_state WHERE execution <> ''")).isZero();
        assertThat(host.rows("fastn_journal")).isZero();
    }

    @Test
    void nothingIsLeftOfRunsInAnyStatus() {
        host.executeNext(host.start("completes"));
        ProcessInstance failed = host.start("fails");
        host.executeNext(failed);
        assertThat(host.rows("fastn_journal")).as("a failed run can be retried").isPositive();
        host.runtime().deleteProcessInstance(failed.getId(), "given up");
        ProcessInstance canceled = host.start("waits");
        host.executeNext(canceled);
        host.runtime().deleteProcessInstance(canceled.getId(), "canceled");
        host.start("instant");
        assertThatThrownBy(() -> host.start("instant-fails")).hasMessageContaining("no");
        assertThatThrownBy(() -> host.start("instant-late")).hasMessageContaining("timeout");
        ProcessInstance late = host.start("waits");
        host.executeNext(late);
        host.at(Instant.now().plus(Duration.ofHours(1)));
        host.management().executeJob(host.timeoutOf(late).getId());

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
        ProcessInstance waiting = host.start("waits");
        host.executeNext(waiting);

        sweepLedger();
        assertThat(ledgerRows()).isPositive();

        host.runtime().deleteProcessInstance(waiting.getId(), "end of test");
        sweepLedger();
        assertThat(ledgerRows()).isZero();
    }

    /** Such a delete tells nobody: not even our listener. */
    @Test
    void aRunWhoseInstanceWasDeletedWithoutListenersIsSwept() {
        ProcessInstance deleted = host.start("waits");
        host.executeNext(deleted);
        ProcessInstance living = host.start("waits");
        host.executeNext(living);
        host.runtime().deleteProcessInstance(deleted.getId(), "by hand", true);
        assertThat(host.rows("fastn_checkpoint")).isEqualTo(2);

        sweep();

        assertThat(host.rows("fastn_checkpoint")).isOne();
        assertThat(statusOf(deleted)).isEqualTo(ExecutionStatus.CANCELED);
        assertThat(statusOf(living)).isEqualTo(ExecutionStatus.RUNNING);
        host.runtime().deleteProcessInstance(living.getId(), "end of test");
        JdbcClient.create(host.bean(DataSource.class))
                .sql("UPDATE fastn_state SET updated_at = now() - interval '1 hour'")
                .update();
        sweep();
        assertNothingIsLeft();
    }

    private static void assertNothingIsLeft() {
        assertThat(host.rows("fastn_journal")).isZero();
        assertThat(host.rows("fastn_checkpoint")).isZero();
        assertThat(host.rows("fastn_state WHERE execution <> ''")).isZero();
    }

    private static void sweep() {
        host.bean(Sweep.class).sweep();
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

    private static List<Execution> log() {
        return host.log(Optional.empty(), 50);
    }

    private static ExecutionStatus statusOf(ProcessInstance instance) {
        return log().stream()
                .filter(each -> each.processInstanceId().equals(instance.getId()))
                .findFirst()
                .orElseThrow()
                .status();
    }
}
