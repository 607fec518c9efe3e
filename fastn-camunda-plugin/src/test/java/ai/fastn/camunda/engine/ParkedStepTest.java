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
import ai.fastn.camunda.workflow.ExecutionStatus;
import ai.fastn.camunda.workflow.TenantId;
import ai.fastn.camunda.workflow.WorkflowSlug;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.variable.Variables;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Steps that wait for time or events in their middle: without a thread, in a real engine whose clock is moved. */
class ParkedStepTest {

    private static final Instant BEGIN = Instant.parse("2026-03-01T10:00:00Z");

    private static FakeShop shop;
    private static ConfigurableApplicationContext host;
    private static RuntimeService runtime;
    private static ManagementService management;
    private static AwaitedEvents events;

    @BeforeAll
    static void startHost() throws SQLException {
        shop = new FakeShop();
        host = PluginApplication.start(shop, Map.of("camunda.bpm.job-execution.enabled", "false"));
        runtime = host.getBean(RuntimeService.class);
        management = host.getBean(ManagementService.class);
        events = host.getBean(AwaitedEvents.class);
    }

    @AfterAll
    static void stopHost() {
        host.close();
        shop.close();
    }

    @BeforeEach
    void beginAnew() {
        shop.clear();
        ClockUtil.setCurrentTime(Date.from(BEGIN));
    }

    @AfterEach
    void nothingIsLeft() {
        ClockUtil.reset();
        runtime.createProcessInstanceQuery()
                .list()
                .forEach(each -> runtime.deleteProcessInstance(each.getId(), "end of test"));
        for (String table : List.of("fastn_checkpoint", "fastn_journal", "act_ru_job", "act_ru_event_subscr")) {
            assertThat(JdbcClient.create(host.getBean(DataSource.class))
                            .sql("SELECT count(*) FROM " + table)
                            .query(Long.class)
                            .single())
                    .as(table)
                    .isZero();
        }
    }

    @Test
    void aLongSleepLeavesTheThreadAndNothingIsDoneTwice() {
        ProcessInstance run = start(
                "long-nap",
                "{}",
                "let n = 0; for (const x of [1, 2]) { await fastn.connector.shop.write({x}); n++;"
                        + " await fastn.sleep(86400000); } return [n, Math.floor(Date.now() / 60000)];");
        executeNext(run);

        assertThat(shop.calls()).containsExactly("write/1");
        assertThat(runtime.getActiveActivityIds(run.getId())).containsExactly("all");
        assertThat(waiting(run).getDuedate()).isCloseTo(Date.from(BEGIN.plusSeconds(86_400)), 5_000);
        assertThat(waiting(run).getRetries()).isEqualTo(3);

        at(86_400);
        executeNext(run);
        assertThat(shop.calls()).containsExactly("write/1", "write/2");
        at(172_800);
        executeNext(run);

        assertThat(last("long-nap").result())
                .contains("[2," + BEGIN.plusSeconds(172_800).toEpochMilli() / 60_000 + "]");
        assertThat(last("long-nap").attempts()).isEqualTo(1);
    }

    @Test
    void timersBesideEachOtherKeepTheMomentTheyWereSetFor() {
        ProcessInstance run = start(
                "two-naps",
                "{}",
                "const done = []; await Promise.all([60000, 90000].map(async ms => { await fastn.sleep(ms); done.push(ms); }));"
                        + " return done;");
        executeNext(run);
        assertThat(waiting(run).getDuedate()).isCloseTo(Date.from(BEGIN.plusSeconds(60)), 5_000);

        at(75);
        executeNext(run);
        assertThat(waiting(run).getDuedate())
                .as("not 90 s from now")
                .isCloseTo(Date.from(BEGIN.plusSeconds(90)), 5_000);
        at(91);
        executeNext(run);

        assertThat(last("two-naps").result()).contains("[60000,90000]");
    }

    @Test
    void anEventReachesTheOneRunThatWaitsWithItsKey() {
        String code = "const order = await fastn.connector.shop.write({x: ctx.input.id});"
                + " const answer = await fastn.waitFor('approved', {key: ctx.input.id});"
                + " await fastn.connector.shop.write({x: answer.by}); return answer;";
        ProcessInstance first = start("approval", "{\"id\": 4711}", code);
        at(1);
        ProcessInstance second = runtime.createProcessInstanceByKey("approval")
                .setVariable("input", Variables.stringValue("{\"id\": 4712}"))
                .execute();
        executeNext(first);
        executeNext(second);
        assertThat(management
                        .createJobQuery()
                        .processInstanceId(first.getId())
                        .messages()
                        .count())
                .as("nothing but an event can end the wait")
                .isZero();

        events.arrived(TenantId.DEFAULT, "approved", Optional.of("4711"), "{\"by\":\"ada\"}");
        assertThat(shop.calls())
                .as("author code does not run in the call of the sender")
                .containsExactly("write/4711", "write/4712");
        executeNext(first);

        assertThat(shop.calls()).containsExactly("write/4711", "write/4712", "write/ada");
        assertThat(last("approval").status()).isEqualTo(ExecutionStatus.RUNNING);
        refuses(ErrorCode.NOBODY_WAITS, () -> events.arrived(TenantId.DEFAULT, "approved", Optional.of("4711"), "1"));
        refuses(
                ErrorCode.NOBODY_WAITS,
                () -> events.arrived(new TenantId("other"), "approved", Optional.of("4712"), "1"));

        runtime.createMessageCorrelation("approved:4712")
                .setVariable("payload", Variables.stringValue("{\"by\":\"bob\"}"))
                .correlate();
        executeNext(second);

        assertThat(last("approval").result()).contains("{\"by\":\"bob\"}");
        assertThat(runtime.createVariableInstanceQuery().variableName("payload").count())
                .isZero();
    }

    @Test
    void anEventThatSeveralRunsWaitForIsGivenToNone() {
        String code = "return await fastn.waitFor('release');";
        executeNext(start("release", "{}", code));
        executeNext(runtime.startProcessInstanceByKey("release"));

        refuses(ErrorCode.SEVERAL_WAIT, () -> events.arrived(TenantId.DEFAULT, "release", Optional.empty(), "1"));
    }

    @Test
    void whenNoEventArrivesInTimeTheAnswerIsNull() {
        ProcessInstance run = start("late", "{}", "return [await fastn.waitFor('never', {timeout: 60000})];");
        executeNext(run);
        assertThat(waiting(run).getDuedate()).isCloseTo(Date.from(BEGIN.plusSeconds(60)), 5_000);
        at(61);
        executeNext(run);

        assertThat(last("late").result()).contains("[null]");
    }

    @Test
    void anEventEndsTheWaitForItsTime() {
        ProcessInstance run = start(
                "in-time",
                "{}",
                "return await Promise.all([fastn.waitFor('a', {timeout: 60000}), fastn.waitFor('b')]);");
        executeNext(run);
        events.arrived(TenantId.DEFAULT, "a", Optional.empty(), "1");
        executeNext(run);
        assertThat(management
                        .createJobQuery()
                        .processInstanceId(run.getId())
                        .messages()
                        .count())
                .isZero();
        events.arrived(TenantId.DEFAULT, "b", Optional.empty(), "2");
        executeNext(run);

        assertThat(last("in-time").result()).contains("[1,2]");
    }

    @Test
    void aWaitThatLostTheRaceLeavesNothingBehind() {
        ProcessInstance run = start(
                "race",
                "{}",
                "const first = await Promise.race([fastn.waitFor('a', {timeout: 120000}), fastn.sleep(60000).then(() => 'late')]);"
                        + " return first;");
        executeNext(run);
        at(61);
        executeNext(run);
        at(121); // a step ends when the calls it made have ended
        executeNext(run);

        assertThat(last("race").result()).contains("\"late\"");
    }

    @Test
    void theExecutionTimeoutEndsAWait() {
        ProcessInstance run = start("endless", "{}", "return await fastn.waitFor('never');");
        executeNext(run);
        management.executeJob(management
                .createJobQuery()
                .processInstanceId(run.getId())
                .timers()
                .singleResult()
                .getId());

        assertThat(last("endless").status()).isEqualTo(ExecutionStatus.TIMEOUT);
        refuses(ErrorCode.NOBODY_WAITS, () -> events.arrived(TenantId.DEFAULT, "never", Optional.empty(), "1"));
    }

    @Test
    void aCanceledRunWaitsForNothing() {
        ProcessInstance run = start("given-up", "{}", "return await fastn.waitFor('never', {timeout: 60000});");
        executeNext(run);
        runtime.deleteProcessInstance(run.getId(), "cancel");

        assertThat(last("given-up").status()).isEqualTo(ExecutionStatus.CANCELED);
    }

    @Test
    void aFailedStepBehindAWaitIsTriedAgainBehindTheWait() {
        ProcessInstance run = start(
                "then-fails",
                "{}",
                "const a = await fastn.waitFor('go'); await fastn.connector.shop.flaky({x: 'then'}); return a;");
        shop.failNext("then", 1);
        executeNext(run);
        events.arrived(TenantId.DEFAULT, "go", Optional.empty(), "7");
        executeNext(run);
        at(1);
        executeNext(run);

        assertThat(last("then-fails").result()).contains("7");
        assertThat(shop.calls()).containsExactly("flaky/then", "flaky/then");
    }

    @Test
    void nobodyWaitsThatLongForAnInstantRun() {
        deploy(new ProcessText("at-once", "INSTANT").step("all", "READ", "return await fastn.waitFor('never');"));

        assertThatThrownBy(() -> runtime.startProcessInstanceByKey("at-once"))
                .hasMessageContaining("fastn.waitFor")
                .hasMessageContaining("tier Standard or Long");
    }

    @Test
    void messagesOfOtherProcessesAreOutOfReach() {
        host.getBean(RepositoryService.class)
                .createDeployment()
                .addModelInstance(
                        "theirs.bpmn",
                        Bpmn.createExecutableProcess("theirs")
                                .camundaHistoryTimeToLive(1)
                                .startEvent()
                                .receiveTask()
                                .message("approved:1")
                                .endEvent()
                                .done())
                .deploy();
        ProcessInstance theirs = runtime.startProcessInstanceByKey("theirs");

        refuses(ErrorCode.NOBODY_WAITS, () -> events.arrived(TenantId.DEFAULT, "approved", Optional.of("1"), "1"));
        runtime.createMessageCorrelation("approved:1").correlate();

        assertThat(runtime.createProcessInstanceQuery()
                        .processInstanceId(theirs.getId())
                        .count())
                .as("it goes on as before")
                .isZero();
    }

    private static void refuses(ErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        FastnException.class,
                        refused -> assertThat(refused.code()).isEqualTo(code));
    }

    private static ProcessInstance start(String slug, String input, String code) {
        deploy(new ProcessText(slug, "LONG")
                .timeout("PT72H")
                .retry("PT1S,PT1S")
                .step("all", "WRITE", "return await (async () => { " + code + " })();"));
        return runtime.createProcessInstanceByKey(slug)
                .setVariable("input", Variables.stringValue(input))
                .execute();
    }

    private static void deploy(ProcessText process) {
        host.getBean(RepositoryService.class)
                .createDeployment()
                .addString("process.bpmn", process.xml())
                .deploy();
    }

    private static void at(int seconds) {
        ClockUtil.setCurrentTime(Date.from(BEGIN.plusSeconds(seconds)));
    }

    private static Execution last(String slug) {
        return host.getBean(ExecutionLog.class)
                .list(
                        TenantId.DEFAULT,
                        new ExecutionFilter(Optional.of(WorkflowSlug.of(slug)), Optional.empty(), Optional.empty(), 1))
                .get(0);
    }

    private static void executeNext(ProcessInstance run) {
        management.executeJob(waiting(run).getId());
    }

    private static Job waiting(ProcessInstance run) {
        return management
                .createJobQuery()
                .processInstanceId(run.getId())
                .messages()
                .singleResult();
    }
}
