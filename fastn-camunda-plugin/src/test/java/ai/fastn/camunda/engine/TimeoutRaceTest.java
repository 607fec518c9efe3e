package ai.fastn.camunda.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.fastn.camunda.host.SteppedHost;
import ai.fastn.camunda.workflow.ExecutionStatus;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * An execution timeout that fires while a step is at work: who commits first has won, and the other one did nothing.
 */
class TimeoutRaceTest {

    @RegisterExtension
    static final SteppedHost host = new SteppedHost();

    @Test
    void aStepDoesNotNoticeATimeoutThatIsRolledBack() {
        ProcessInstance run = start("unnoticed");
        Job timeout = host.timeoutOf(run);
        host.shop()
                .onSlow(() -> transactions().executeWithoutResult(status -> {
                    host.management().executeJob(timeout.getId());
                    status.setRollbackOnly();
                }));

        host.executeNext(run);

        assertThat(host.last("unnoticed").status()).isEqualTo(ExecutionStatus.COMPLETED);
        assertThat(host.shop().calls()).containsExactly("slow/20", "write/after");
    }

    @Test
    void aTimeoutThatCommitsEndsTheStepThatIsAtWork() {
        ProcessInstance run = start("ended");
        Job timeout = host.timeoutOf(run);
        Job step = host.waiting(run);
        host.shop().onSlow(() -> host.management().executeJob(timeout.getId()));

        assertThatThrownBy(() -> host.management().executeJob(step.getId()))
                .isInstanceOf(OptimisticLockingException.class);

        assertThat(host.last("ended").status()).isEqualTo(ExecutionStatus.TIMEOUT);
        assertThat(host.shop().calls()).containsExactly("slow/20");
        assertThat(host.rows("act_ru_job")).isZero();
        assertThat(host.rows("act_ru_incident")).isZero();
        assertThat(host.rows("fastn_checkpoint")).isZero();
    }

    private static ProcessInstance start(String slug) {
        host.deploy(new ProcessText(slug, "STANDARD")
                .step("slow_1", "READ", "await fastn.connector.shop.slow({x: 20});")
                .step("write_2", "WRITE", "await fastn.connector.shop.write({x: 'after'});"));
        return host.start(slug);
    }

    private static TransactionTemplate transactions() {
        return new TransactionTemplate(host.bean(PlatformTransactionManager.class));
    }
}
