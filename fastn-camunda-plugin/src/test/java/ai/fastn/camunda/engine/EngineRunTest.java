package ai.fastn.camunda.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
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
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.variable.VariableMap;
import org.camunda.bpm.engine.variable.Variables;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** Runs of a real engine with the job executor off: each job is executed by hand, the clock is moved. */
class EngineRunTest {

    private static FakeShop shop;
    private static ConfigurableApplicationContext host;
    private static RuntimeService runtime;
    private static ManagementService management;
    private static ExecutionLog log;

    private final Instant begin = Instant.parse("2026-03-01T10:00:00Z");

    @BeforeAll
    static void startHost() throws SQLException {
        shop = new FakeShop();
        host = PluginApplication.start(shop, Map.of("camunda.bpm.job-execution.enabled", "false"));
        runtime = host.getBean(RuntimeService.class);
        management = host.getBean(ManagementService.class);
        log = host.getBean(ExecutionLog.class);
        host.getBean(StepRunner.class).warmUp(); // on a busy machine the first run would spend a short timeout on it
    }

    @AfterAll
    static void stopHost() {
        host.close();
        shop.close();
    }

    /** The clock stands still, so that a slow machine commits where a fast one does. */
    @BeforeEach
    void beginAnew() {
        shop.clear();
        ClockUtil.setCurrentTime(Date.from(begin));
    }

    @AfterEach
    void resetClock() {
        ClockUtil.reset();
        runtime.createProcessInstanceQuery()
                .list()
                .forEach(each -> runtime.deleteProcessInstance(each.getId(), "end of test"));
    }

    @Test
    void anInstantRunReturnsItsResultInTheCallersThread() {
        deploy(new ProcessText("instant-sum", "INSTANT")
                .variables("a", "b")
                .step("read_a", "READ", "a = await fastn.connector.shop.read({x: ctx.input.n});")
                .step("write_b", "WRITE", "b = await fastn.connector.shop.write({x: a.value + '0'});")
                .step("return_all", "PROCESS", "return {a: a.value, b: b.value};"));

        VariableMap result = runtime.createProcessInstanceByKey("instant-sum")
                .setVariable("input", Variables.stringValue("{\"n\": 4}"))
                .executeWithVariablesInReturn()
                .getVariables();

        assertThat(result.get("fastn_result")).isEqualTo("{\"a\":\"4\",\"b\":\"40\"}");
        assertThat(shop.calls()).containsExactly("read/4", "write/40");
        assertThat(last("instant-sum").status()).isEqualTo(ExecutionStatus.COMPLETED);
        assertThat(last("instant-sum").triggeredBy().word()).isEqualTo("engine");
    }

    @Test
    void aStandardRunPerformsNothingBeforeItsFirstJob() {
        deploy(new ProcessText("standard-two", "STANDARD")
                .variables("a")
                .step("write_1", "WRITE", "a = await fastn.connector.shop.write({x: 1});")
                .step("write_2", "WRITE", "await fastn.connector.shop.write({x: a.value + 2});")
                .step("return_a", "PROCESS", "return a.value;"));

        ProcessInstance instance = runtime.startProcessInstanceByKey("standard-two");
        assertThat(shop.calls()).isEmpty();
        assertThat(last("standard-two").status()).isEqualTo(ExecutionStatus.RUNNING);

        executeNext(instance);

        assertThat(shop.calls()).containsExactly("write/1", "write/12");
        assertThat(last("standard-two").status()).isEqualTo(ExecutionStatus.COMPLETED);
        assertThat(last("standard-two").result()).contains("\"1\"");
        assertThat(runtime.createProcessInstanceQuery()
                        .processInstanceId(instance.getId())
                        .count())
                .isZero();
    }

    @Test
    void aStepThatTookLongBeginsInATransactionOfItsOwn() {
        deploy(new ProcessText("slow-read", "STANDARD")
                .step("write_1", "WRITE", "await fastn.connector.shop.write({x: 1});")
                .step("slow_read", "READ", "await fastn.connector.shop.slow({x: 1});")
                .step("return_ok", "PROCESS", "return 'ok';"));
        shop.onSlow(() -> ClockUtil.setCurrentTime(
                Date.from(ClockUtil.getCurrentTime().toInstant().plusMillis(300))));

        ProcessInstance first = runtime.startProcessInstanceByKey("slow-read");
        executeNext(first);
        assertThat(last("slow-read").status())
                .as("nobody knew yet that the step is slow")
                .isEqualTo(ExecutionStatus.COMPLETED);

        ProcessInstance second = runtime.startProcessInstanceByKey("slow-read");
        executeNext(second);
        assertThat(runtime.getActiveActivityIds(second.getId())).containsExactly("slow_read");
        executeNext(second);
        assertThat(last("slow-read").status()).isEqualTo(ExecutionStatus.COMPLETED);
        assertThat(shop.calls()).containsExactly("write/1", "slow/1", "write/1", "slow/1");
    }

    @Test
    void manyReadsInARowAreCommitted() {
        ProcessText reads = new ProcessText("many-reads", "STANDARD");
        for (int i = 1; i <= 60; i++) {
            reads.step("read_" + i, "READ", "await fastn.connector.shop.read({x: 1});");
        }
        deploy(reads.step("return_ok", "PROCESS", "return 'ok';"));

        ProcessInstance instance = runtime.startProcessInstanceByKey("many-reads");
        executeNext(instance);
        assertThat(runtime.getActiveActivityIds(instance.getId())).containsExactly("read_52");
        executeNext(instance);

        assertThat(last("many-reads").status()).isEqualTo(ExecutionStatus.COMPLETED);
        assertThat(shop.calls()).hasSize(60);
    }

    @Test
    void aRetryContinuesAtTheFailedEffectAfterTheConfiguredWaits() {
        deploy(new ProcessText("flaky-third", "STANDARD")
                .retry("PT5S,PT10S")
                .step("write_1", "WRITE", "await fastn.connector.shop.write({x: 1});")
                .step("write_2", "WRITE", "await fastn.connector.shop.write({x: 2});")
                .step("write_3", "WRITE", "await fastn.connector.shop.flaky({x: 'third'});")
                .step("return_ok", "PROCESS", "return 'ok';"));
        shop.failNext("third", 2);

        ProcessInstance instance = runtime.startProcessInstanceByKey("flaky-third");
        executeNext(instance);
        assertThat(waiting(instance).getDuedate()).isEqualTo(Date.from(begin.plusSeconds(5)));
        assertThat(waiting(instance).getRetries()).isEqualTo(2);
        assertThat(waiting(instance).getExceptionMessage()).contains("shop").contains("503");
        assertThat(runtime.getActiveActivityIds(instance.getId())).containsExactly("write_3");

        ClockUtil.setCurrentTime(Date.from(begin.plusSeconds(5)));
        executeNext(instance);
        assertThat(waiting(instance).getDuedate()).isEqualTo(Date.from(begin.plusSeconds(15)));
        assertThat(waiting(instance).getRetries()).isEqualTo(1);

        ClockUtil.setCurrentTime(Date.from(begin.plusSeconds(15)));
        executeNext(instance);

        assertThat(shop.calls()).containsExactly("write/1", "write/2", "flaky/third", "flaky/third", "flaky/third");
        assertThat(last("flaky-third").status()).isEqualTo(ExecutionStatus.COMPLETED);
        assertThat(last("flaky-third").attempts()).isEqualTo(3);
        assertThat(last("flaky-third").error()).isEmpty();
    }

    @Test
    void withoutAttemptsLeftTheRunStandsStillWithAnIncidentAndGoesOnWhenRetried() {
        deploy(new ProcessText("fails-once", "STANDARD")
                .step("write_1", "WRITE", "await fastn.connector.shop.write({x: 1});")
                .step("write_2", "WRITE", "await fastn.connector.shop.flaky({x: 'once'});")
                .step("return_ok", "PROCESS", "return 'ok';"));
        shop.failNext("once", 1);

        ProcessInstance instance = runtime.startProcessInstanceByKey("fails-once");
        executeNext(instance);

        assertThat(runtime.createIncidentQuery()
                        .processInstanceId(instance.getId())
                        .singleResult()
                        .getActivityId())
                .isEqualTo("write_2");
        assertThat(last("fails-once").status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(last("fails-once").error()).hasValueSatisfying(error -> {
            assertThat(error.name()).isEqualTo("ConnectorError");
            assertThat(error.step()).isEqualTo("write_2");
            assertThat(error.fields()).containsEntry("status", 503);
        });
        assertThat(timeoutOf(instance).isSuspended()).isTrue();

        ClockUtil.setCurrentTime(Date.from(begin.plusSeconds(3600)));
        management.setJobRetries(waiting(instance).getId(), 1);
        assertThat(timeoutOf(instance).isSuspended()).isFalse();
        assertThat(timeoutOf(instance).getDuedate()).isEqualTo(Date.from(begin.plusSeconds(3600 + 120)));
        assertThat(last("fails-once").status()).isEqualTo(ExecutionStatus.RUNNING);

        executeNext(instance);

        assertThat(shop.calls()).containsExactly("write/1", "flaky/once", "flaky/once");
        assertThat(last("fails-once").status()).isEqualTo(ExecutionStatus.COMPLETED);
        assertThat(runtime.createIncidentQuery().count()).isZero();
    }

    @Test
    void anErrorInALiftedTryGoesToItsCatchWithoutARetry() {
        deploy(new ProcessText("caught", "STANDARD")
                .retry("PT5S,PT5S")
                .variables("r")
                .tried(
                        "write_1",
                        "r = await fastn.connector.shop.flaky({x: 'caught'});",
                        "handle",
                        "r = {value: $thrown.name + ' ' + $thrown.status};")
                .step("return_r", "PROCESS", "return r.value;"));
        shop.failNext("caught", 5);

        ProcessInstance instance = runtime.startProcessInstanceByKey("caught");
        executeNext(instance);

        assertThat(last("caught").result()).contains("\"ConnectorError 503\"");
        assertThat(shop.calls()).containsExactly("flaky/caught");
    }

    @Test
    void anErrorThatACatchRethrowsIsRetriedAtTheEffectItCameFrom() {
        deploy(new ProcessText("rethrown", "STANDARD")
                .retry("PT5S,PT5S")
                .variables("r")
                .step("write_0", "WRITE", "await fastn.connector.shop.write({x: 0});")
                .tried("write_1", "r = await fastn.connector.shop.flaky({x: 'rethrown'});", "handle", "throw $thrown;")
                .step("return_r", "PROCESS", "return r.value;"));
        shop.failNext("rethrown", 1);

        ProcessInstance instance = runtime.startProcessInstanceByKey("rethrown");
        executeNext(instance);
        assertThat(waiting(instance).getDuedate()).isEqualTo(Date.from(begin.plusSeconds(5)));
        executeNext(instance);
        assertThat(runtime.getActiveActivityIds(instance.getId())).containsExactly("write_1");
        assertThat(timeoutOf(instance).getDuedate()).isEqualTo(Date.from(begin.plusSeconds(120)));
        executeNext(instance);

        assertThat(last("rethrown").result()).contains("\"rethrown\"");
        assertThat(shop.calls()).containsExactly("write/0", "flaky/rethrown", "flaky/rethrown");
        assertThat(runtime.createProcessInstanceQuery()
                        .processInstanceId(instance.getId())
                        .count())
                .isZero();
    }

    @Test
    void anErrorThatIsRethrownAgainAndAgainEndsInAnIncident() {
        deploy(new ProcessText("rethrows-always", "STANDARD")
                .retry("PT5S,PT5S")
                .variables("r")
                .tried("write_1", "r = await fastn.connector.shop.flaky({x: 'always'});", "handle", "throw $thrown;")
                .step("return_r", "PROCESS", "return r.value;"));
        shop.failNext("always", 99);

        ProcessInstance instance = runtime.startProcessInstanceByKey("rethrows-always");
        for (int job = 0; job < 5; job++) {
            executeNext(instance);
        }

        assertThat(shop.calls()).containsExactly("flaky/always", "flaky/always", "flaky/always");
        assertThat(last("rethrows-always").status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(last("rethrows-always").attempts()).isEqualTo(3);
        assertThat(runtime.createIncidentQuery()
                        .processInstanceId(instance.getId())
                        .count())
                .isEqualTo(1);
    }

    @Test
    void aDecisionTakesTheWayTheAuthorsConditionSays() {
        deploy(new ProcessText("decides", "INSTANT")
                .decision("is_big", "ctx.input.amount > 100 && true", "return_big", "return 'big';")
                .step("return_small", "PROCESS", "return 'small';"));

        assertThat(resultOf("decides", "{\"amount\": 101}")).isEqualTo("\"big\"");
        assertThat(resultOf("decides", "{\"amount\": 100}")).isEqualTo("\"small\"");
    }

    @Test
    void aSleepIsATimerThatTheRunOutlives() {
        deploy(new ProcessText("sleeps", "STANDARD")
                .variables("a", "pause")
                .step("read_a", "READ", "a = await fastn.connector.shop.read({x: 1}); pause = 30000;")
                .waiting("wait_30", "pause * 2")
                .step("return_a", "PROCESS", "return [a.value, new Map([[1, 2]]) instanceof Map];"));

        ProcessInstance instance = runtime.startProcessInstanceByKey("sleeps");
        executeNext(instance);
        assertThat(waiting(instance).getDuedate()).isEqualTo(Date.from(begin.plusSeconds(60)));

        ClockUtil.setCurrentTime(Date.from(begin.plusSeconds(60)));
        executeNext(instance);

        assertThat(last("sleeps").result()).contains("[\"1\",true]");
        assertThat(shop.calls()).containsExactly("read/1");
    }

    @Test
    void theExecutionTimeoutEndsARunThatWaits() {
        deploy(new ProcessText("times-out", "STANDARD")
                .timeout("PT30S")
                .step("read_a", "READ", "await fastn.connector.shop.read({x: 1});")
                .waiting("wait_long", "3600000")
                .step("write_late", "WRITE", "await fastn.connector.shop.write({x: 'late'});"));

        ProcessInstance instance = runtime.startProcessInstanceByKey("times-out");
        executeNext(instance);
        management.executeJob(timeoutOf(instance).getId());

        assertThat(last("times-out").status()).isEqualTo(ExecutionStatus.TIMEOUT);
        assertThat(shop.calls()).containsExactly("read/1");
        assertThat(runtime.createProcessInstanceQuery()
                        .processInstanceId(instance.getId())
                        .count())
                .isZero();
    }

    @Test
    void aStepThatSpinsIsStoppedAtTheTimeoutAndPerformsNothingAfterIt() {
        deploy(new ProcessText("spins", "STANDARD")
                .timeout("PT4S")
                .step("write_1", "WRITE", "await fastn.connector.shop.write({x: 1});")
                .step("spin", "PROCESS", "while (true) {}")
                .step("write_late", "WRITE", "await fastn.connector.shop.write({x: 'late'});"));
        ClockUtil.reset();

        ProcessInstance instance = runtime.startProcessInstanceByKey("spins");
        Instant start = Instant.now();
        executeNext(instance);
        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(8));
        management.executeJob(timeoutOf(instance).getId());

        assertThat(last("spins").status()).isEqualTo(ExecutionStatus.TIMEOUT);
        assertThat(shop.calls()).containsExactly("write/1");
    }

    @Test
    void aStepAtItsLimitIsAnIncidentAndARetryStillKnowsWhatRanBefore() {
        deploy(new ProcessText("hungry", "STANDARD")
                .retry("PT5S,PT5S")
                .variables("a")
                .step("write_1", "WRITE", "a = await fastn.connector.shop.write({x: 1});")
                .step("starve", "PROCESS", "if (ctx.execution.attempt === 1) { await new Promise(() => {}); }")
                .step("return_a", "PROCESS", "return a.value;"));

        ProcessInstance instance = runtime.startProcessInstanceByKey("hungry");
        executeNext(instance);
        assertThat(last("hungry").status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(last("hungry").error().orElseThrow().code()).isEqualTo(ErrorCode.NEVER_SETTLED.code());
        assertThat(runtime.createIncidentQuery()
                        .processInstanceId(instance.getId())
                        .singleResult()
                        .getActivityId())
                .isEqualTo("starve");

        management.setJobRetries(waiting(instance).getId(), 1);
        executeNext(instance);

        assertThat(last("hungry").result()).contains("\"1\"");
        assertThat(shop.calls()).containsExactly("write/1");
    }

    @Test
    void anInstantRunThatTakesTooLongIsStoppedAndSaysSo() {
        deploy(new ProcessText("too-slow", "INSTANT")
                .timeout("PT1S")
                .step("spin", "PROCESS", "while (true) {}")
                .step("write_late", "WRITE", "await fastn.connector.shop.write({x: 'late'});"));

        ClockUtil.reset();
        Instant start = Instant.now();
        assertThatThrownBy(() -> runtime.startProcessInstanceByKey("too-slow"))
                .isInstanceOfSatisfying(
                        FastnException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.EXECUTION_TIMEOUT));

        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(4));
        assertThat(last("too-slow").status()).isEqualTo(ExecutionStatus.TIMEOUT);
        assertThat(shop.calls()).isEmpty();
    }

    @Test
    void anInstantRunThatFailsIsLoggedAlthoughItsTransactionIsRolledBack() {
        deploy(new ProcessText("fails-inline", "INSTANT")
                .step("boom", "PROCESS", "throw new RangeError('no such item');"));

        assertThatThrownBy(() -> runtime.startProcessInstanceByKey("fails-inline"))
                .hasMessageContaining("no such item");

        assertThat(last("fails-inline").status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(last("fails-inline").error().orElseThrow().name()).isEqualTo("RangeError");
        assertThat(runtime.createProcessInstanceQuery()
                        .processDefinitionKey("fails-inline")
                        .count())
                .isZero();
    }

    @Test
    void anInstantRunRetriesInTheCallersThread() {
        deploy(new ProcessText("instant-retry", "INSTANT")
                .retry("PT0.05S,PT0.05S")
                .step("write_1", "WRITE", "await fastn.connector.shop.write({x: 1});")
                .step("write_2", "WRITE", "await fastn.connector.shop.flaky({x: 'instant'});")
                .step("return_ok", "PROCESS", "return 'ok';"));
        shop.failNext("instant", 2);

        assertThat(resultOf("instant-retry", "null")).isEqualTo("\"ok\"");
        assertThat(shop.calls()).containsExactly("write/1", "flaky/instant", "flaky/instant", "flaky/instant");
    }

    @Test
    void deletingTheInstanceCancelsTheRun() {
        deploy(new ProcessText("canceled", "LONG")
                .step("read_a", "READ", "await fastn.connector.shop.read({x: 1});")
                .waiting("wait_long", "3600000"));

        ProcessInstance instance = runtime.startProcessInstanceByKey("canceled");
        executeNext(instance);
        runtime.deleteProcessInstance(instance.getId(), "no longer needed");

        assertThat(last("canceled").status()).isEqualTo(ExecutionStatus.CANCELED);
        assertThat(rows("fastn_checkpoint")).isZero();
        assertThat(rows("fastn_journal")).isZero();
    }

    @Test
    void aNativeStartWithTextThatIsNoJsonIsRefusedByName() {
        deploy(new ProcessText("strict-input", "INSTANT").step("return_in", "PROCESS", "return ctx.input;"));

        assertThatThrownBy(() -> resultOf("strict-input", "{amount: 1}"))
                .isInstanceOf(FastnException.class)
                .hasMessageContaining("variable \"input\" is text that is no JSON");
    }

    @Test
    void otherProcessesOfTheEngineRunAsBefore() {
        host.getBean(RepositoryService.class)
                .createDeployment()
                .addModelInstance(
                        "plain.bpmn",
                        org.camunda.bpm.model.bpmn.Bpmn.createExecutableProcess("plain")
                                .camundaHistoryTimeToLive(1)
                                .startEvent()
                                .exclusiveGateway("g")
                                .condition("big", "${amount > 10}")
                                .serviceTask("s")
                                .camundaExpression("${execution.setVariable('seen', amount)}")
                                .endEvent()
                                .moveToNode("g")
                                .condition("small", "${amount <= 10}")
                                .endEvent()
                                .done())
                .deploy();

        ProcessInstance instance = runtime.startProcessInstanceByKey("plain", Map.of("amount", 11));

        assertThat(host.getBean(HistoryService.class)
                        .createHistoricVariableInstanceQuery()
                        .processInstanceId(instance.getId())
                        .variableName("seen")
                        .singleResult()
                        .getValue())
                .isEqualTo(11);
    }

    private static void deploy(ProcessText process) {
        String xml = process.xml();
        host.getBean(RepositoryService.class)
                .createDeployment()
                .addString("process.bpmn", xml)
                .deploy();
    }

    private static @Nullable Object resultOf(String key, String input) {
        return runtime.createProcessInstanceByKey(key)
                .setVariable("input", Variables.stringValue(input))
                .executeWithVariablesInReturn()
                .getVariables()
                .get("fastn_result");
    }

    private static Execution last(String slug) {
        List<Execution> found = log.list(
                TenantId.DEFAULT,
                new ExecutionFilter(Optional.of(WorkflowSlug.of(slug)), Optional.empty(), Optional.empty(), 1));
        return found.get(0);
    }

    private static void executeNext(ProcessInstance instance) {
        management.executeJob(waiting(instance).getId());
    }

    /** The one job of a run beside its timeout. */
    private static Job waiting(ProcessInstance instance) {
        String timeout = timeoutOf(instance).getId();
        return management.createJobQuery().processInstanceId(instance.getId()).list().stream()
                .filter(job -> !job.getId().equals(timeout))
                .findFirst()
                .orElseThrow();
    }

    private static Job timeoutOf(ProcessInstance instance) {
        return management
                .createJobQuery()
                .processInstanceId(instance.getId())
                .activityId("timeout")
                .singleResult();
    }

    private static long rows(String table) {
        return org.springframework.jdbc.core.simple.JdbcClient.create(host.getBean(javax.sql.DataSource.class))
                .sql("SELECT count(*) FROM " + table)
                .query(Long.class)
                .single();
    }
}
