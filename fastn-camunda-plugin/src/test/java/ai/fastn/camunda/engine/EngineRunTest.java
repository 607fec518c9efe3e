package ai.fastn.camunda.engine;

import static ai.fastn.camunda.host.SteppedHost.BEGIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.host.SteppedHost;
import ai.fastn.camunda.workflow.ExecutionStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.variable.VariableMap;
import org.camunda.bpm.engine.variable.Variables;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Runs of a real engine with the job executor off: each job is executed by hand, the clock is moved. */
class EngineRunTest {

    @RegisterExtension
    static final SteppedHost host = new SteppedHost();

    @Test
    void anInstantRunReturnsItsResultInTheCallersThread() {
        host.deploy(new ProcessText("instant-sum", "INSTANT")
                .variables("a", "b")
                .step("read_a", "READ", "a = await fastn.connector.shop.read({x: ctx.input.n});")
                .step("write_b", "WRITE", "b = await fastn.connector.shop.write({x: a.value + '0'});")
                .step("return_all", "PROCESS", "return {a: a.value, b: b.value};"));

        VariableMap result = host.runtime()
                .createProcessInstanceByKey("instant-sum")
                .setVariable("input", Variables.stringValue("{\"n\": 4}"))
                .executeWithVariablesInReturn()
                .getVariables();

        assertThat(result.get("fastn_result")).isEqualTo("{\"a\":\"4\",\"b\":\"40\"}");
        assertThat(host.shop().calls()).containsExactly("read/4", "write/40");
        assertThat(host.last("instant-sum").status()).isEqualTo(ExecutionStatus.COMPLETED);
        assertThat(host.last("instant-sum").triggeredBy().word()).isEqualTo("engine");
    }

    @Test
    void aStandardRunPerformsNothingBeforeItsFirstJob() {
        host.deploy(new ProcessText("standard-two", "STANDARD")
                .variables("a")
                .step("write_1", "WRITE", "a = await fastn.connector.shop.write({x: 1});")
                .step("write_2", "WRITE", "await fastn.connector.shop.write({x: a.value + 2});")
                .step("return_a", "PROCESS", "return a.value;"));

        ProcessInstance instance = host.start("standard-two");
        assertThat(host.shop().calls()).isEmpty();
        assertThat(host.last("standard-two").status()).isEqualTo(ExecutionStatus.RUNNING);

        host.executeNext(instance);

        assertThat(host.shop().calls()).containsExactly("write/1", "write/12");
        assertThat(host.last("standard-two").status()).isEqualTo(ExecutionStatus.COMPLETED);
        assertThat(host.last("standard-two").result()).contains("\"1\"");
        assertThat(host.runtime()
                        .createProcessInstanceQuery()
                        .processInstanceId(instance.getId())
                        .count())
                .isZero();
    }

    @Test
    void aStepThatTookLongBeginsInATransactionOfItsOwn() {
        host.deploy(new ProcessText("slow-read", "STANDARD")
                .step("write_1", "WRITE", "await fastn.connector.shop.write({x: 1});")
                .step("slow_read", "READ", "await fastn.connector.shop.slow({x: 1});")
                .step("return_ok", "PROCESS", "return 'ok';"));
        host.shop()
                .onSlow(() -> ClockUtil.setCurrentTime(
                        Date.from(ClockUtil.getCurrentTime().toInstant().plusMillis(300))));

        ProcessInstance first = host.start("slow-read");
        host.executeNext(first);
        assertThat(host.last("slow-read").status())
                .as("nobody knew yet that the step is slow")
                .isEqualTo(ExecutionStatus.COMPLETED);

        ProcessInstance second = host.start("slow-read");
        host.executeNext(second);
        assertThat(host.runtime().getActiveActivityIds(second.getId())).containsExactly("slow_read");
        host.executeNext(second);
        assertThat(host.last("slow-read").status()).isEqualTo(ExecutionStatus.COMPLETED);
        assertThat(host.shop().calls()).containsExactly("write/1", "slow/1", "write/1", "slow/1");
    }

    @Test
    void manyReadsInARowAreCommitted() {
        ProcessText reads = new ProcessText("many-reads", "STANDARD");
        for (int i = 1; i <= 60; i++) {
            reads.step("read_" + i, "READ", "await fastn.connector.shop.read({x: 1});");
        }
        host.deploy(reads.step("return_ok", "PROCESS", "return 'ok';"));

        ProcessInstance instance = host.start("many-reads");
        host.executeNext(instance);
        assertThat(host.runtime().getActiveActivityIds(instance.getId())).containsExactly("read_52");
        host.executeNext(instance);

        assertThat(host.last("many-reads").status()).isEqualTo(ExecutionStatus.COMPLETED);
        assertThat(host.shop().calls()).hasSize(60);
    }

    @Test
    void aRetryContinuesAtTheFailedEffectAfterTheConfiguredWaits() {
        host.deploy(new ProcessText("flaky-third", "STANDARD")
                .retry("PT5S,PT10S")
                .step("write_1", "WRITE", "await fastn.connector.shop.write({x: 1});")
                .step("write_2", "WRITE", "await fastn.connector.shop.write({x: 2});")
                .step("write_3", "WRITE", "await fastn.connector.shop.flaky({x: 'third'});")
                .step("return_ok", "PROCESS", "return 'ok';"));
        host.shop().failNext("third", 2);

        ProcessInstance instance = host.start("flaky-third");
        host.executeNext(instance);
        assertThat(host.waiting(instance).getDuedate()).isEqualTo(Date.from(BEGIN.plusSeconds(5)));
        assertThat(host.waiting(instance).getRetries()).isEqualTo(2);
        assertThat(host.waiting(instance).getExceptionMessage())
                .contains("shop")
                .contains("503");
        assertThat(host.runtime().getActiveActivityIds(instance.getId())).containsExactly("write_3");

        host.at(5);
        host.executeNext(instance);
        assertThat(host.waiting(instance).getDuedate()).isEqualTo(Date.from(BEGIN.plusSeconds(15)));
        assertThat(host.waiting(instance).getRetries()).isEqualTo(1);

        host.at(15);
        host.executeNext(instance);

        assertThat(host.shop().calls())
                .containsExactly("write/1", "write/2", "flaky/third", "flaky/third", "flaky/third");
        assertThat(host.last("flaky-third").status()).isEqualTo(ExecutionStatus.COMPLETED);
        assertThat(host.last("flaky-third").attempts()).isEqualTo(3);
        assertThat(host.last("flaky-third").error()).isEmpty();
    }

    @Test
    void withoutAttemptsLeftTheRunStandsStillWithAnIncidentAndGoesOnWhenRetried() {
        host.deploy(new ProcessText("fails-once", "STANDARD")
                .step("write_1", "WRITE", "await fastn.connector.shop.write({x: 1});")
                .step("write_2", "WRITE", "await fastn.connector.shop.flaky({x: 'once'});")
                .step("return_ok", "PROCESS", "return 'ok';"));
        host.shop().failNext("once", 1);

        ProcessInstance instance = host.start("fails-once");
        host.executeNext(instance);

        assertThat(host.runtime()
                        .createIncidentQuery()
                        .processInstanceId(instance.getId())
                        .singleResult()
                        .getActivityId())
                .isEqualTo("write_2");
        assertThat(host.last("fails-once").status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(host.last("fails-once").error()).hasValueSatisfying(error -> {
            assertThat(error.name()).isEqualTo("ConnectorError");
            assertThat(error.step()).isEqualTo("write_2");
            assertThat(error.fields()).containsEntry("status", 503);
        });
        assertThat(host.timeoutOf(instance).isSuspended()).isTrue();

        host.at(3600);
        host.management().setJobRetries(host.waiting(instance).getId(), 1);
        assertThat(host.timeoutOf(instance).isSuspended()).isFalse();
        assertThat(host.timeoutOf(instance).getDuedate()).isEqualTo(Date.from(BEGIN.plusSeconds(3600 + 120)));
        assertThat(host.last("fails-once").status()).isEqualTo(ExecutionStatus.RUNNING);

        host.executeNext(instance);

        assertThat(host.shop().calls()).containsExactly("write/1", "flaky/once", "flaky/once");
        assertThat(host.last("fails-once").status()).isEqualTo(ExecutionStatus.COMPLETED);
        assertThat(host.runtime().createIncidentQuery().count()).isZero();
    }

    @Test
    void anErrorInALiftedTryGoesToItsCatchWithoutARetry() {
        host.deploy(new ProcessText("caught", "STANDARD")
                .retry("PT5S,PT5S")
                .variables("r")
                .tried(
                        "write_1",
                        "r = await fastn.connector.shop.flaky({x: 'caught'});",
                        "handle",
                        "r = {value: $thrown.name + ' ' + $thrown.status};")
                .step("return_r", "PROCESS", "return r.value;"));
        host.shop().failNext("caught", 5);

        ProcessInstance instance = host.start("caught");
        host.executeNext(instance);

        assertThat(host.last("caught").result()).contains("\"ConnectorError 503\"");
        assertThat(host.shop().calls()).containsExactly("flaky/caught");
    }

    @Test
    void anErrorThatACatchRethrowsIsRetriedAtTheEffectItCameFrom() {
        host.deploy(new ProcessText("rethrown", "STANDARD")
                .retry("PT5S,PT5S")
                .variables("r")
                .step("write_0", "WRITE", "await fastn.connector.shop.write({x: 0});")
                .tried("write_1", "r = await fastn.connector.shop.flaky({x: 'rethrown'});", "handle", "throw $thrown;")
                .step("return_r", "PROCESS", "return r.value;"));
        host.shop().failNext("rethrown", 1);

        ProcessInstance instance = host.start("rethrown");
        host.executeNext(instance);
        assertThat(host.waiting(instance).getDuedate()).isEqualTo(Date.from(BEGIN.plusSeconds(5)));
        host.executeNext(instance);
        assertThat(host.runtime().getActiveActivityIds(instance.getId())).containsExactly("write_1");
        assertThat(host.timeoutOf(instance).getDuedate()).isEqualTo(Date.from(BEGIN.plusSeconds(120)));
        host.executeNext(instance);

        assertThat(host.last("rethrown").result()).contains("\"rethrown\"");
        assertThat(host.shop().calls()).containsExactly("write/0", "flaky/rethrown", "flaky/rethrown");
        assertThat(host.runtime()
                        .createProcessInstanceQuery()
                        .processInstanceId(instance.getId())
                        .count())
                .isZero();
    }

    @Test
    void anErrorThatIsRethrownAgainAndAgainEndsInAnIncident() {
        host.deploy(new ProcessText("rethrows-always", "STANDARD")
                .retry("PT5S,PT5S")
                .variables("r")
                .tried("write_1", "r = await fastn.connector.shop.flaky({x: 'always'});", "handle", "throw $thrown;")
                .step("return_r", "PROCESS", "return r.value;"));
        host.shop().failNext("always", 99);

        ProcessInstance instance = host.start("rethrows-always");
        for (int job = 0; job < 5; job++) {
            host.executeNext(instance);
        }

        assertThat(host.shop().calls()).containsExactly("flaky/always", "flaky/always", "flaky/always");
        assertThat(host.last("rethrows-always").status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(host.last("rethrows-always").attempts()).isEqualTo(3);
        assertThat(host.runtime()
                        .createIncidentQuery()
                        .processInstanceId(instance.getId())
                        .count())
                .isEqualTo(1);
    }

    @Test
    void aDecisionTakesTheWayTheAuthorsConditionSays() {
        host.deploy(new ProcessText("decides", "INSTANT")
                .decision("is_big", "ctx.input.amount > 100 && true", "return_big", "return 'big';")
                .step("return_small", "PROCESS", "return 'small';"));

        assertThat(resultOf("decides", "{\"amount\": 101}")).isEqualTo("\"big\"");
        assertThat(resultOf("decides", "{\"amount\": 100}")).isEqualTo("\"small\"");
    }

    @Test
    void aSleepIsATimerThatTheRunOutlives() {
        host.deploy(new ProcessText("sleeps", "STANDARD")
                .variables("a", "pause")
                .step("read_a", "READ", "a = await fastn.connector.shop.read({x: 1}); pause = 30000;")
                .waiting("wait_30", "pause * 2")
                .step("return_a", "PROCESS", "return [a.value, new Map([[1, 2]]) instanceof Map];"));

        ProcessInstance instance = host.start("sleeps");
        host.executeNext(instance);
        assertThat(host.waiting(instance).getDuedate()).isEqualTo(Date.from(BEGIN.plusSeconds(60)));

        host.at(60);
        host.executeNext(instance);

        assertThat(host.last("sleeps").result()).contains("[\"1\",true]");
        assertThat(host.shop().calls()).containsExactly("read/1");
    }

    @Test
    void theExecutionTimeoutEndsARunThatWaits() {
        host.deploy(new ProcessText("times-out", "STANDARD")
                .timeout("PT30S")
                .step("read_a", "READ", "await fastn.connector.shop.read({x: 1});")
                .waiting("wait_long", "3600000")
                .step("write_late", "WRITE", "await fastn.connector.shop.write({x: 'late'});"));

        ProcessInstance instance = host.start("times-out");
        host.executeNext(instance);
        host.management().executeJob(host.timeoutOf(instance).getId());

        assertThat(host.last("times-out").status()).isEqualTo(ExecutionStatus.TIMEOUT);
        assertThat(host.shop().calls()).containsExactly("read/1");
        assertThat(host.runtime()
                        .createProcessInstanceQuery()
                        .processInstanceId(instance.getId())
                        .count())
                .isZero();
    }

    @Test
    void aStepThatSpinsIsStoppedAtTheTimeoutAndPerformsNothingAfterIt() {
        host.deploy(new ProcessText("spins", "STANDARD")
                .timeout("PT4S")
                .step("write_1", "WRITE", "await fastn.connector.shop.write({x: 1});")
                .step("spin", "PROCESS", "while (true) {}")
                .step("write_late", "WRITE", "await fastn.connector.shop.write({x: 'late'});"));
        ClockUtil.reset();

        ProcessInstance instance = host.start("spins");
        Instant start = Instant.now();
        host.executeNext(instance);
        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(8));
        host.management().executeJob(host.timeoutOf(instance).getId());

        assertThat(host.last("spins").status()).isEqualTo(ExecutionStatus.TIMEOUT);
        assertThat(host.shop().calls()).containsExactly("write/1");
    }

    @Test
    void aStepAtItsLimitIsAnIncidentAndARetryStillKnowsWhatRanBefore() {
        host.deploy(new ProcessText("hungry", "STANDARD")
                .retry("PT5S,PT5S")
                .variables("a")
                .step("write_1", "WRITE", "a = await fastn.connector.shop.write({x: 1});")
                .step("starve", "PROCESS", "if (ctx.execution.attempt === 1) { await new Promise(() => {}); }")
                .step("return_a", "PROCESS", "return a.value;"));

        ProcessInstance instance = host.start("hungry");
        host.executeNext(instance);
        assertThat(host.last("hungry").status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(host.last("hungry").error().orElseThrow().code()).isEqualTo(ErrorCode.NEVER_SETTLED.code());
        assertThat(host.runtime()
                        .createIncidentQuery()
                        .processInstanceId(instance.getId())
                        .singleResult()
                        .getActivityId())
                .isEqualTo("starve");

        host.management().setJobRetries(host.waiting(instance).getId(), 1);
        host.executeNext(instance);

        assertThat(host.last("hungry").result()).contains("\"1\"");
        assertThat(host.shop().calls()).containsExactly("write/1");
    }

    @Test
    void anInstantRunThatTakesTooLongIsStoppedAndSaysSo() {
        host.deploy(new ProcessText("too-slow", "INSTANT")
                .timeout("PT1S")
                .step("spin", "PROCESS", "while (true) {}")
                .step("write_late", "WRITE", "await fastn.connector.shop.write({x: 'late'});"));

        ClockUtil.reset();
        Instant start = Instant.now();
        assertThatThrownBy(() -> host.start("too-slow"))
                .isInstanceOfSatisfying(
                        FastnException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.EXECUTION_TIMEOUT));

        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(4));
        assertThat(host.last("too-slow").status()).isEqualTo(ExecutionStatus.TIMEOUT);
        assertThat(host.shop().calls()).isEmpty();
    }

    @Test
    void anInstantRunThatFailsIsLoggedAlthoughItsTransactionIsRolledBack() {
        host.deploy(new ProcessText("fails-inline", "INSTANT")
                .step("boom", "PROCESS", "throw new RangeError('no such item');"));

        assertThatThrownBy(() -> host.start("fails-inline")).hasMessageContaining("no such item");

        assertThat(host.last("fails-inline").status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(host.last("fails-inline").error().orElseThrow().name()).isEqualTo("RangeError");
        assertThat(host.runtime()
                        .createProcessInstanceQuery()
                        .processDefinitionKey("fails-inline")
                        .count())
                .isZero();
    }

    @Test
    void anInstantRunRetriesInTheCallersThread() {
        host.deploy(new ProcessText("instant-retry", "INSTANT")
                .retry("PT0.05S,PT0.05S")
                .step("write_1", "WRITE", "await fastn.connector.shop.write({x: 1});")
                .step("write_2", "WRITE", "await fastn.connector.shop.flaky({x: 'instant'});")
                .step("return_ok", "PROCESS", "return 'ok';"));
        host.shop().failNext("instant", 2);

        assertThat(resultOf("instant-retry", "null")).isEqualTo("\"ok\"");
        assertThat(host.shop().calls()).containsExactly("write/1", "flaky/instant", "flaky/instant", "flaky/instant");
    }

    @Test
    void deletingTheInstanceCancelsTheRun() {
        host.deploy(new ProcessText("canceled", "LONG")
                .step("read_a", "READ", "await fastn.connector.shop.read({x: 1});")
                .waiting("wait_long", "3600000"));

        ProcessInstance instance = host.start("canceled");
        host.executeNext(instance);
        host.runtime().deleteProcessInstance(instance.getId(), "no longer needed");

        assertThat(host.last("canceled").status()).isEqualTo(ExecutionStatus.CANCELED);
        assertThat(host.rows("fastn_checkpoint")).isZero();
        assertThat(host.rows("fastn_journal")).isZero();
    }

    @Test
    void aNativeStartWithTextThatIsNoJsonIsRefusedByName() {
        host.deploy(new ProcessText("strict-input", "INSTANT").step("return_in", "PROCESS", "return ctx.input;"));

        assertThatThrownBy(() -> resultOf("strict-input", "{amount: 1}"))
                .isInstanceOf(FastnException.class)
                .hasMessageContaining("variable \"input\" is text that is no JSON");
    }

    @Test
    void otherProcessesOfTheEngineRunAsBefore() {
        host.repository()
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

        ProcessInstance instance = host.runtime().startProcessInstanceByKey("plain", Map.of("amount", 11));

        assertThat(host.bean(HistoryService.class)
                        .createHistoricVariableInstanceQuery()
                        .processInstanceId(instance.getId())
                        .variableName("seen")
                        .singleResult()
                        .getValue())
                .isEqualTo(11);
    }

    private static @Nullable Object resultOf(String key, String input) {
        return host.runtime()
                .createProcessInstanceByKey(key)
                .setVariable("input", Variables.stringValue(input))
                .executeWithVariablesInReturn()
                .getVariables()
                .get("fastn_result");
    }
}
