package ai.fastn.camunda.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.execution.AwaitedEvents;
import ai.fastn.camunda.host.SteppedHost;
import ai.fastn.camunda.workflow.TenantId;
import java.util.Optional;
import javax.sql.DataSource;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

/** An event that arrives at the very moment at which the step that waits for it executes something else. */
class ArrivalTest {

    @RegisterExtension
    static final SteppedHost host = new SteppedHost();

    @Test
    void anEventDoesNotDisturbAStepThatExecutesAndIsNotLost() {
        host.deploy(new ProcessText("two-events", "LONG")
                .timeout("PT1H")
                .step(
                        "all",
                        "WRITE",
                        "return await Promise.all(['a', 'b'].map(async (event) => {"
                                + " const said = await fastn.waitFor(event);"
                                + " await fastn.connector.shop.slow({ x: 1 });"
                                + " return (await fastn.connector.shop.once({ x: event })).value + said; }));"));
        ProcessInstance run = host.start("two-events");
        host.executeNext(run);
        arrived("a", "1");
        host.shop().onSlow(() -> {
            host.shop().onSlow(() -> {});
            arrived("b", "2");
            assertThatThrownBy(() -> arrived("b", "3"))
                    .isInstanceOfSatisfying(
                            FastnException.class,
                            refused -> assertThat(refused.code()).isEqualTo(ErrorCode.NOBODY_WAITS));
        });

        execute(host.waiting(run));
        execute(host.waiting(run));

        assertThat(host.last("two-events").result()).contains("[\"a1\",\"b2\"]");
        assertThat(host.last("two-events").attempts()).isEqualTo(1);
        assertThat(host.shop().calls()).containsExactly("slow/1", "once/a", "slow/1", "once/b");
        assertThat(host.runtime().createEventSubscriptionQuery().count()).isZero();
    }

    @Test
    void theNextEventOfTheSameNameReachesTheNextWait() {
        host.deploy(new ProcessText("event-loops", "LONG")
                .timeout("PT1H")
                .step(
                        "all",
                        "WRITE",
                        "return await Promise.all(['a', 'b'].map(async (event) => {"
                                + " let said = ''; for (let i = 0; i < 2; i++) {"
                                + " said += await fastn.waitFor(event);"
                                + " await fastn.connector.shop.slow({ x: 1 }); } return said; }));"));
        ProcessInstance run = host.start("event-loops");
        host.executeNext(run);
        arrived("a", "1");
        host.shop().onSlow(() -> {
            host.shop().onSlow(() -> {});
            arrived("b", "2");
        });
        execute(host.waiting(run));
        execute(host.waiting(run));

        arrived("b", "4");
        execute(host.waiting(run));
        arrived("a", "3");
        execute(host.waiting(run));

        assertThat(host.last("event-loops").result()).contains("[\"13\",\"24\"]");
    }

    private static void arrived(String event, String payload) {
        host.bean(AwaitedEvents.class).arrived(TenantId.DEFAULT, event, Optional.empty(), payload);
    }

    /** As the job executor does, which locks a job before. */
    private static void execute(Job job) {
        JdbcClient.create(host.bean(DataSource.class))
                .sql(
                        "UPDATE act_ru_job SET lock_owner_ = 'test', lock_exp_time_ = now() + interval '1 hour' WHERE id_ = ?")
                .param(job.getId())
                .update();
        host.management().executeJob(job.getId());
    }
}
