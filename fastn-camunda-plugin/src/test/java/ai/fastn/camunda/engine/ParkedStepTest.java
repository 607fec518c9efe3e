package ai.fastn.camunda.engine;

import static ai.fastn.camunda.host.SteppedHost.BEGIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.execution.AwaitedEvents;
import ai.fastn.camunda.host.SteppedHost;
import ai.fastn.camunda.workflow.ExecutionStatus;
import ai.fastn.camunda.workflow.TenantId;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.variable.Variables;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Steps that wait for time or events in their middle: without a thread, in a real engine whose clock is moved. */
class ParkedStepTest {

    @RegisterExtension
    static final SteppedHost host = new SteppedHost();

    @AfterEach
    void nothingIsLeft() {
        host.cancelAll();
        for (String table : List.of("fastn_checkpoint", "fastn_journal", "act_ru_job", "act_ru_event_subscr")) {
            assertThat(host.rows(table)).as(table).isZero();
        }
    }

    @Test
    void aLongSleepLeavesTheThreadAndNothingIsDoneTwice() {
        ProcessInstance run = start(
                "long-nap",
                "{}",
                "let n = 0; for (const x of [1, 2]) { await fastn.connector.shop.write({x}); n++;"
                        + " await fastn.sleep(86400000); } return [n, Math.floor(Date.now() / 60000)];");
        host.executeNext(run);

        assertThat(host.shop().calls()).containsExactly("write/1");
        assertThat(host.runtime().getActiveActivityIds(run.getId())).containsExactly("all");
        assertThat(host.waiting(run).getDuedate()).isCloseTo(Date.from(BEGIN.plusSeconds(86_400)), 5_000);
        assertThat(host.waiting(run).getRetries()).isEqualTo(3);

        host.at(86_400);
        host.executeNext(run);
        assertThat(host.shop().calls()).containsExactly("write/1", "write/2");
        host.at(172_800);
        host.executeNext(run);

        assertThat(host.last("long-nap").result())
                .contains("[2," + BEGIN.plusSeconds(172_800).toEpochMilli() / 60_000 + "]");
        assertThat(host.last("long-nap").attempts()).isEqualTo(1);
    }

    @Test
    void timersBesideEachOtherKeepTheMomentTheyWereSetFor() {
        ProcessInstance run = start(
                "two-naps",
                "{}",
                "const done = []; await Promise.all([60000, 90000].map(async ms => { await fastn.sleep(ms); done.push(ms); }));"
                        + " return done;");
        host.executeNext(run);
        assertThat(host.waiting(run).getDuedate()).isCloseTo(Date.from(BEGIN.plusSeconds(60)), 5_000);

        host.at(75);
        host.executeNext(run);
        assertThat(host.waiting(run).getDuedate())
                .as("not 90 s from now")
                .isCloseTo(Date.from(BEGIN.plusSeconds(90)), 5_000);
        host.at(91);
        host.executeNext(run);

        assertThat(host.last("two-naps").result()).contains("[60000,90000]");
    }

    @Test
    void anEventReachesTheOneRunThatWaitsWithItsKey() {
        String code = "const order = await fastn.connector.shop.write({x: ctx.input.id});"
                + " const answer = await fastn.waitFor('approved', {key: ctx.input.id});"
                + " await fastn.connector.shop.write({x: answer.by}); return answer;";
        ProcessInstance first = start("approval", "{\"id\": 4711}", code);
        host.at(1);
        ProcessInstance second = host.start("approval", "{\"id\": 4712}");
        host.executeNext(first);
        host.executeNext(second);
        assertThat(host.management()
                        .createJobQuery()
                        .processInstanceId(first.getId())
                        .messages()
                        .count())
                .as("nothing but an event can end the wait")
                .isZero();

        events().arrived(TenantId.DEFAULT, "approved", Optional.of("4711"), "{\"by\":\"ada\"}");
        assertThat(host.shop().calls())
                .as("author code does not run in the call of the sender")
                .containsExactly("write/4711", "write/4712");
        host.executeNext(first);

        assertThat(host.shop().calls()).containsExactly("write/4711", "write/4712", "write/ada");
        assertThat(host.last("approval").status()).isEqualTo(ExecutionStatus.RUNNING);
        refuses(ErrorCode.NOBODY_WAITS, () -> events().arrived(TenantId.DEFAULT, "approved", Optional.of("4711"), "1"));
        refuses(
                ErrorCode.NOBODY_WAITS,
                () -> events().arrived(new TenantId("other"), "approved", Optional.of("4712"), "1"));

        host.runtime()
                .createMessageCorrelation("approved:4712")
                .setVariable("payload", Variables.stringValue("{\"by\":\"bob\"}"))
                .correlate();
        host.executeNext(second);

        assertThat(host.last("approval").result()).contains("{\"by\":\"bob\"}");
        assertThat(host.runtime()
                        .createVariableInstanceQuery()
                        .variableName("payload")
                        .count())
                .isZero();
    }

    @Test
    void anEventThatSeveralRunsWaitForIsGivenToNone() {
        String code = "return await fastn.waitFor('release');";
        host.executeNext(start("release", "{}", code));
        host.executeNext(host.start("release"));

        refuses(ErrorCode.SEVERAL_WAIT, () -> events().arrived(TenantId.DEFAULT, "release", Optional.empty(), "1"));
    }

    @Test
    void whenNoEventArrivesInTimeTheAnswerIsNull() {
        ProcessInstance run = start("late", "{}", "return [await fastn.waitFor('never', {timeout: 60000})];");
        host.executeNext(run);
        assertThat(host.waiting(run).getDuedate()).isCloseTo(Date.from(BEGIN.plusSeconds(60)), 5_000);
        host.at(61);
        host.executeNext(run);

        assertThat(host.last("late").result()).contains("[null]");
    }

    @Test
    void anEventEndsTheWaitForItsTime() {
        ProcessInstance run = start(
                "in-time",
                "{}",
                "return await Promise.all([fastn.waitFor('a', {timeout: 60000}), fastn.waitFor('b')]);");
        host.executeNext(run);
        events().arrived(TenantId.DEFAULT, "a", Optional.empty(), "1");
        host.executeNext(run);
        assertThat(host.management()
                        .createJobQuery()
                        .processInstanceId(run.getId())
                        .messages()
                        .count())
                .isZero();
        events().arrived(TenantId.DEFAULT, "b", Optional.empty(), "2");
        host.executeNext(run);

        assertThat(host.last("in-time").result()).contains("[1,2]");
    }

    @Test
    void aWaitThatLostTheRaceLeavesNothingBehind() {
        ProcessInstance run = start(
                "race",
                "{}",
                "const first = await Promise.race([fastn.waitFor('a', {timeout: 120000}), fastn.sleep(60000).then(() => 'late')]);"
                        + " return first;");
        host.executeNext(run);
        host.at(61);
        host.executeNext(run);
        host.at(121); // a step ends when the calls it made have ended
        host.executeNext(run);

        assertThat(host.last("race").result()).contains("\"late\"");
    }

    @Test
    void theExecutionTimeoutEndsAWait() {
        ProcessInstance run = start("endless", "{}", "return await fastn.waitFor('never');");
        host.executeNext(run);
        host.management().executeJob(host.timeoutOf(run).getId());

        assertThat(host.last("endless").status()).isEqualTo(ExecutionStatus.TIMEOUT);
        refuses(ErrorCode.NOBODY_WAITS, () -> events().arrived(TenantId.DEFAULT, "never", Optional.empty(), "1"));
    }

    @Test
    void aCanceledRunWaitsForNothing() {
        ProcessInstance run = start("given-up", "{}", "return await fastn.waitFor('never', {timeout: 60000});");
        host.executeNext(run);
        host.runtime().deleteProcessInstance(run.getId(), "cancel");

        assertThat(host.last("given-up").status()).isEqualTo(ExecutionStatus.CANCELED);
    }

    @Test
    void aFailedStepBehindAWaitIsTriedAgainBehindTheWait() {
        ProcessInstance run = start(
                "then-fails",
                "{}",
                "const a = await fastn.waitFor('go'); await fastn.connector.shop.flaky({x: 'then'}); return a;");
        host.shop().failNext("then", 1);
        host.executeNext(run);
        events().arrived(TenantId.DEFAULT, "go", Optional.empty(), "7");
        host.executeNext(run);
        host.at(1);
        host.executeNext(run);

        assertThat(host.last("then-fails").result()).contains("7");
        assertThat(host.shop().calls()).containsExactly("flaky/then", "flaky/then");
    }

    @Test
    void nobodyWaitsThatLongForAnInstantRun() {
        host.deploy(new ProcessText("at-once", "INSTANT").step("all", "READ", "return await fastn.waitFor('never');"));

        assertThatThrownBy(() -> host.start("at-once"))
                .hasMessageContaining("fastn.waitFor")
                .hasMessageContaining("tier Standard or Long");
    }

    @Test
    void messagesOfOtherProcessesAreOutOfReach() {
        host.repository()
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
        ProcessInstance theirs = host.start("theirs");

        refuses(ErrorCode.NOBODY_WAITS, () -> events().arrived(TenantId.DEFAULT, "approved", Optional.of("1"), "1"));
        host.runtime().createMessageCorrelation("approved:1").correlate();

        assertThat(host.runtime()
                        .createProcessInstanceQuery()
                        .processInstanceId(theirs.getId())
                        .count())
                .as("it goes on as before")
                .isZero();
    }

    private static AwaitedEvents events() {
        return host.bean(AwaitedEvents.class);
    }

    private static void refuses(ErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        FastnException.class,
                        refused -> assertThat(refused.code()).isEqualTo(code));
    }

    private static ProcessInstance start(String slug, String input, String code) {
        host.deploy(new ProcessText(slug, "LONG")
                .timeout("PT72H")
                .retry("PT1S,PT1S")
                .step("all", "WRITE", "return await (async () => { " + code + " })();"));
        return host.start(slug, input);
    }
}
