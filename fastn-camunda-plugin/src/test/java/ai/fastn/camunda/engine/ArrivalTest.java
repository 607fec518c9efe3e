package ai.fastn.camunda.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.execution.AwaitedEvents;
import ai.fastn.camunda.execution.Execution;
import ai.fastn.camunda.execution.ExecutionFilter;
import ai.fastn.camunda.execution.ExecutionLog;
import ai.fastn.camunda.host.FakeShop;
import ai.fastn.camunda.host.PluginApplication;
import ai.fastn.camunda.workflow.TenantId;
import ai.fastn.camunda.workflow.WorkflowSlug;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.Job;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** An event that arrives at the very moment at which the step that waits for it executes something else. */
class ArrivalTest {

    private static FakeShop shop;
    private static ConfigurableApplicationContext host;

    @BeforeAll
    static void startHost() throws SQLException {
        shop = new FakeShop();
        host = PluginApplication.start(shop, Map.of("camunda.bpm.job-execution.enabled", "false"));
    }

    @AfterAll
    static void stopHost() {
        host.close();
        shop.close();
    }

    @Test
    void anEventDoesNotDisturbAStepThatExecutesAndIsNotLost() {
        host.getBean(RepositoryService.class)
                .createDeployment()
                .addString(
                        "process.bpmn",
                        new ProcessText("two-events", "LONG")
                                .timeout("PT1H")
                                .step(
                                        "all",
                                        "WRITE",
                                        "return await Promise.all(['a', 'b'].map(async (event) => {"
                                                + " const said = await fastn.waitFor(event);"
                                                + " await fastn.connector.shop.slow({ x: 1 });"
                                                + " return (await fastn.connector.shop.once({ x: event })).value + said; }));")
                                .xml())
                .deploy();
        host.getBean(RuntimeService.class).startProcessInstanceByKey("two-events");
        execute(next());
        arrived("a", "1");
        shop.onSlow(() -> {
            shop.onSlow(() -> {});
            arrived("b", "2");
            assertThatThrownBy(() -> arrived("b", "3"))
                    .isInstanceOfSatisfying(
                            FastnException.class,
                            refused -> assertThat(refused.code()).isEqualTo(ErrorCode.NOBODY_WAITS));
        });

        execute(next());
        execute(next());

        assertThat(last("two-events").result()).contains("[\"a1\",\"b2\"]");
        assertThat(last("two-events").attempts()).isEqualTo(1);
        assertThat(shop.calls()).containsExactly("slow/1", "once/a", "slow/1", "once/b");
        assertThat(host.getBean(RuntimeService.class)
                        .createEventSubscriptionQuery()
                        .count())
                .isZero();
    }

    @Test
    void theNextEventOfTheSameNameReachesTheNextWait() {
        host.getBean(RepositoryService.class)
                .createDeployment()
                .addString(
                        "process.bpmn",
                        new ProcessText("event-loops", "LONG")
                                .timeout("PT1H")
                                .step(
                                        "all",
                                        "WRITE",
                                        "return await Promise.all(['a', 'b'].map(async (event) => {"
                                                + " let said = ''; for (let i = 0; i < 2; i++) {"
                                                + " said += await fastn.waitFor(event);"
                                                + " await fastn.connector.shop.slow({ x: 1 }); } return said; }));")
                                .xml())
                .deploy();
        host.getBean(RuntimeService.class).startProcessInstanceByKey("event-loops");
        execute(next());
        arrived("a", "1");
        shop.onSlow(() -> {
            shop.onSlow(() -> {});
            arrived("b", "2");
        });
        execute(next());
        execute(next());

        arrived("b", "4");
        execute(next());
        arrived("a", "3");
        execute(next());

        assertThat(last("event-loops").result()).contains("[\"13\",\"24\"]");
    }

    private static void arrived(String event, String payload) {
        host.getBean(AwaitedEvents.class).arrived(TenantId.DEFAULT, event, Optional.empty(), payload);
    }

    private static Job next() {
        return host.getBean(ManagementService.class).createJobQuery().messages().singleResult();
    }

    /** As the job executor does, which locks a job before. */
    private static void execute(Job job) {
        JdbcClient.create(host.getBean(DataSource.class))
                .sql(
                        "UPDATE act_ru_job SET lock_owner_ = 'test', lock_exp_time_ = now() + interval '1 hour' WHERE id_ = ?")
                .param(job.getId())
                .update();
        host.getBean(ManagementService.class).executeJob(job.getId());
    }

    private static Execution last(String slug) {
        return host.getBean(ExecutionLog.class)
                .list(
                        TenantId.DEFAULT,
                        new ExecutionFilter(Optional.of(WorkflowSlug.of(slug)), Optional.empty(), Optional.empty(), 1))
                .get(0);
    }
}
