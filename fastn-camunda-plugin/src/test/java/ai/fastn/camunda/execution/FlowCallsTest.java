package ai.fastn.camunda.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.fastn.camunda.effect.EffectOutcome;
import ai.fastn.camunda.effect.EffectRequest;
import ai.fastn.camunda.effect.EffectScope;
import ai.fastn.camunda.host.DeployedWorkflow;
import ai.fastn.camunda.host.SteppedHost;
import ai.fastn.camunda.lifecycle.Workflows;
import ai.fastn.camunda.runtime.RunFailedException;
import ai.fastn.camunda.workflow.ConnectorVersions;
import ai.fastn.camunda.workflow.Environment;
import ai.fastn.camunda.workflow.ExecutionId;
import ai.fastn.camunda.workflow.ExecutionStatus;
import ai.fastn.camunda.workflow.RetryPolicy;
import ai.fastn.camunda.workflow.TenantId;
import ai.fastn.camunda.workflow.Tier;
import ai.fastn.camunda.workflow.TriggerKind;
import ai.fastn.camunda.workflow.WorkflowSlug;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.history.HistoricActivityInstance;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.camunda.bpm.engine.runtime.Job;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code fastn.flow}: workflows that call workflows, published and run in a real engine whose clock is moved. */
class FlowCallsTest {

    /** Fewer places than there are runs under way here: those that are waited for take no place of the tenant's. */
    @RegisterExtension
    static final SteppedHost host = new SteppedHost(Map.of("fastn.concurrency.per-tenant", 3), context -> {});

    @AfterEach
    void nothingIsLeft() {
        host.cancelAll();
        for (String table :
                List.of("fastn_checkpoint", "fastn_journal", "act_ru_execution", "act_ru_job", "act_ru_event_subscr")) {
            assertThat(host.rows(table)).as(table).isZero();
        }
    }

    @Test
    void aCallIsACallActivityLinkedInBothHistories() {
        workflow("square", Tier.STANDARD, "return ctx.input.n * ctx.input.n;");
        workflow("sum-of-squares", Tier.STANDARD, """
                const a = await fastn.flow.invoke('square', { n: 3 });
                const b = await fastn.flow.invoke('square', { n: 4 });
                return a + b;""");

        ExecutionId id = start("sum-of-squares");
        executeNext();

        Execution first = called(id).get(0);
        assertThat(host.runtime()
                        .createProcessInstanceQuery()
                        .superProcessInstanceId(of(id).processInstanceId())
                        .singleResult()
                        .getId())
                .isEqualTo(first.processInstanceId());
        assertThat(first.triggeredBy()).isEqualTo(TriggerKind.WORKFLOW);
        assertThat(first.startedBy()).isEqualTo("sum-of-squares");

        executeAll();

        assertThat(of(id).result()).contains("25");
        assertThat(called(id))
                .extracting(Execution::result)
                .containsExactlyInAnyOrder(Optional.of("9"), Optional.of("16"));
        assertThat(called(id)).allSatisfy(run -> {
            assertThat(history(run).getSuperProcessInstanceId()).isEqualTo(of(id).processInstanceId());
            assertThat(run.caller().orElseThrow().execution()).isEqualTo(id);
        });
        assertThat(host.bean(HistoryService.class)
                        .createHistoricActivityInstanceQuery()
                        .processInstanceId(of(id).processInstanceId())
                        .activityType("callActivity")
                        .list())
                .extracting(HistoricActivityInstance::getCalledProcessInstanceId)
                .containsExactlyInAnyOrderElementsOf(
                        called(id).stream().map(Execution::processInstanceId).toList());
    }

    @Test
    void callsBesideEachOtherRunBesideEachOther() {
        workflow("double", Tier.STANDARD, "await fastn.sleep(ctx.input * 20000); return ctx.input * 2;");
        workflow("all-of-them", Tier.LONG, """
                const order = [];
                const doubled = await Promise.all([3, 1, 2].map(async (n) => {
                  const result = await fastn.flow.invoke('double', n);
                  order.push(n);
                  await fastn.connector.shop.put({ x: n });
                  return result;
                }));
                return { doubled, order };""");

        ExecutionId id = start("all-of-them");
        executeAll();
        assertThat(called(id)).hasSize(3).allMatch(run -> run.status() == ExecutionStatus.RUNNING);
        for (int i = 1; i <= 3; i++) {
            host.at(SteppedHost.BEGIN.plusSeconds(20L * i + 1));
            executeAll();
        }

        assertThat(of(id).result()).contains("{\"doubled\":[6,2,4],\"order\":[1,2,3]}");
        assertThat(host.shop().calls()).containsExactly("put/1", "put/2", "put/3");
        assertThat(called(id))
                .allSatisfy(run ->
                        assertThat(history(run).getSuperProcessInstanceId()).isEqualTo(of(id).processInstanceId()));
    }

    @Test
    void theErrorOfACalledWorkflowIsThrownAtTheCall() {
        workflow("breaks", Tier.STANDARD, "throw new RangeError('too much');");
        workflow("catches", Tier.STANDARD, """
                try {
                  await fastn.flow.invoke('breaks');
                } catch (error) {
                  return [error.name, error.message, error.code, error.workflow, error.status, error.cause.name];
                }""");

        ExecutionId id = start("catches");
        executeAll();

        assertThat(of(id).result())
                .contains("[\"WorkflowError\",\"workflow \\\"breaks\\\" failed: RangeError: too much\",\"FASTN-03041\","
                        + "\"breaks\",\"Failed\",\"RangeError\"]");
        assertThat(called(id)).singleElement().satisfies(run -> {
            assertThat(run.status()).isEqualTo(ExecutionStatus.FAILED);
            assertThat(run.error().orElseThrow().message()).isEqualTo("too much");
        });
        assertThat(host.runtime().createIncidentQuery().count()).isZero();
    }

    @Test
    void aRetryCallsAnew() {
        workflow("fragile", Tier.STANDARD, "return await fastn.connector.shop.flaky({ x: 'call' });");
        host.shop().failNext("call", 1);
        workflow("insists", Tier.STANDARD, """
                await fastn.connector.shop.put({ x: 'before' });
                return await fastn.flow.invoke('fragile');""", new RetryPolicy(2, Duration.ofSeconds(5), 2, Duration.ofMinutes(1)));

        ExecutionId id = start("insists");
        executeAll();
        host.at(SteppedHost.BEGIN.plusSeconds(6));
        executeAll();

        assertThat(of(id).status()).isEqualTo(ExecutionStatus.COMPLETED);
        assertThat(called(id))
                .extracting(Execution::status)
                .containsExactly(ExecutionStatus.FAILED, ExecutionStatus.COMPLETED);
        assertThat(host.shop().calls()).containsExactly("put/before", "flaky/call", "flaky/call");
    }

    @Test
    void aCalledRunThatTakesTooLongTimesOutAndTellsItsCaller() {
        workflow("slow", Tier.STANDARD, "await fastn.sleep(3600000); return 1;");
        workflow("impatient", Tier.LONG, """
                try { return await fastn.flow.invoke('slow'); } catch (error) { return error.message; }""");

        ExecutionId id = start("impatient");
        executeAll();
        host.at(SteppedHost.BEGIN.plusSeconds(3 * 60));
        executeAll();

        assertThat(of(id).result()).contains("\"workflow \\\"slow\\\" reached its execution timeout\"");
        assertThat(called(id).get(0).status()).isEqualTo(ExecutionStatus.TIMEOUT);
    }

    @Test
    void whoCancelsTheCallerCancelsWhatItWaitsFor() {
        workflow("naps", Tier.STANDARD, "await fastn.sleep(60000); return 1;");
        workflow("calls-one", Tier.LONG, "return await fastn.flow.invoke('naps');");
        workflow("calls-two", Tier.LONG, "return await Promise.all([1, 2].map(n => fastn.flow.invoke('naps', n)));");
        for (String caller : List.of("calls-one", "calls-two")) {
            ExecutionId id = start(caller);
            executeAll();

            host.runtime().deleteProcessInstance(of(id).processInstanceId(), "canceled");

            assertThat(of(id).status()).isEqualTo(ExecutionStatus.CANCELED);
            assertThat(called(id)).isNotEmpty().allMatch(run -> run.status() == ExecutionStatus.CANCELED);
        }
    }

    @Test
    void aTimeoutOfTheCallerEndsWhatItWaitsFor() {
        workflow("long-one", Tier.LONG, "await fastn.sleep(7200000); return 1;");
        workflow("short-one", Tier.STANDARD, "return await Promise.all([fastn.flow.invoke('long-one')]);");

        ExecutionId id = start("short-one");
        executeAll();
        host.at(SteppedHost.BEGIN.plusSeconds(16 * 60));
        executeAll();

        assertThat(of(id).status()).isEqualTo(ExecutionStatus.TIMEOUT);
        assertThat(called(id)).singleElement().matches(run -> run.status() == ExecutionStatus.CANCELED);
    }

    /** Of a call activity the engine itself cancels both. */
    @Test
    void aCanceledCallIsAnErrorOfTheCaller() {
        workflow("waits", Tier.STANDARD, "await fastn.sleep(60000); return 1;");
        workflow("learns", Tier.LONG, """
                const [first] = await Promise.allSettled([1, 2].map((n) => fastn.flow.invoke('waits', n)));
                return [first.reason.status, first.reason.retryable];""");

        ExecutionId id = start("learns");
        executeAll();
        called(id).forEach(run -> host.runtime().deleteProcessInstance(run.processInstanceId(), "canceled"));
        executeAll();

        assertThat(of(id).result()).contains("[\"Canceled\",false]");
    }

    @Test
    void whoDoesNotWaitGetsTheExecutionId() {
        workflow("later", Tier.STANDARD, "await fastn.connector.shop.put({ x: ctx.input.x }); return 1;");
        workflow("forgets", Tier.STANDARD, "return await fastn.flow.invokeAsync('later', { x: 'l' });");

        ExecutionId id = start("forgets");
        executeAll();

        Execution later = called(id).get(0);
        assertThat(of(id).result()).contains("{\"executionId\":\"" + later.id() + "\"}");
        assertThat(later.status()).isEqualTo(ExecutionStatus.COMPLETED);
        assertThat(host.shop().calls()).containsExactly("put/l");
        assertThat(history(later).getSuperProcessInstanceId()).isEqualTo(of(id).processInstanceId());
    }

    @Test
    void anInstantWorkflowRunsWithinTheCall() {
        workflow(
                "at-once",
                Tier.INSTANT,
                "if (ctx.input === 'bad') throw new TypeError('bad'); return [ctx.input, ctx.headers];");
        workflow("instant-caller", Tier.INSTANT, "return await fastn.flow.invoke('at-once', 1);");
        workflow("durable-caller", Tier.STANDARD, """
                const good = await fastn.flow.invoke('at-once', 2);
                const bad = await fastn.flow.invoke('at-once', 'bad').catch((error) => error.message);
                return [good, bad];""");

        Started instant = execute("instant-caller");
        ExecutionId id = start("durable-caller");
        executeAll();

        assertThat(instant).isEqualTo(new Started.Completed(instant.execution(), "[1,{}]"));
        assertThat(of(id).result()).contains("[[2,{}],\"workflow \\\"at-once\\\" failed: TypeError: bad\"]");
        assertThat(called(id)).extracting(Execution::tier).containsOnly(Tier.INSTANT);
    }

    @Test
    void callsThatCanNotBeAreRefusedWithAReason() {
        workflow("standard", Tier.STANDARD, "return 1;");
        workflow("hasty", Tier.INSTANT, "return await fastn.flow.invoke('standard');");
        workflow("ring-a", Tier.STANDARD, "return await fastn.flow.invoke('ring-b').catch((error) => error.message);");
        workflow("ring-b", Tier.STANDARD, "return await fastn.flow.invoke('ring-a').catch((error) => error.message);");
        workflow("wrong", Tier.STANDARD, """
                const messages = [];
                for (const name of ['nowhere', 'Not A Slug']) {
                  await fastn.flow.invoke(name).catch((error) => messages.push(error.message));
                }
                await fastn.flow.invoke(7).catch((error) => messages.push(error.message));
                return messages;""");
        for (int i = 1; i <= 7; i++) {
            workflow(
                    "deep-" + i,
                    Tier.STANDARD,
                    i == 7
                            ? "return 'bottom';"
                            : "return await fastn.flow.invoke('deep-" + (i + 1)
                                    + "').catch((error) => error.message);");
        }

        assertThatThrownBy(() -> execute("hasty"))
                .isInstanceOf(RunFailedException.class)
                .hasMessageContaining("runs in the background")
                .hasMessageContaining("fastn.flow.invokeAsync");
        ExecutionId ring = start("ring-a");
        ExecutionId wrong = start("wrong");
        ExecutionId deep = start("deep-1");
        executeAll();

        assertThat(of(ring).result())
                .contains("\"workflow \\\"ring-a\\\" would call itself: ring-a → ring-b → ring-a\"");
        assertThat(of(wrong).result())
                .contains("[\"workflow \\\"nowhere\\\" does not exist\","
                        + "\"workflow \\\"Not A Slug\\\" does not exist: the slug of a workflow is expected\","
                        + "\"fastn.flow.invoke: the workflow is no text\"]");
        assertThat(of(deep).result().orElseThrow())
                .contains("\\\"deep-7\\\" would be called by a workflow that is itself 5 calls deep");
    }

    /** Nobody knows how far an Instant run came in which its node has died. */
    @Test
    void aCallOfAnInstantWorkflowThatWasInterruptedIsInDoubt() {
        workflow("interrupted", Tier.INSTANT, "await fastn.connector.shop.put({ x: 'i' }); return 1;");
        EffectRequest request = new EffectRequest("flow.invoke", "{\"workflow\":\"interrupted\",\"input\":null}");
        FlowCalls calls = host.bean(FlowCalls.class);

        EffectOutcome interrupted = calls.perform(request, call(true), (connection, outcome) -> {});
        EffectOutcome first = calls.perform(request, call(false), (connection, outcome) -> {});
        EffectOutcome again = calls.perform(request, call(true), (connection, outcome) -> {});

        assertThat(interrupted).isEqualTo(new EffectOutcome.Unknown());
        assertThat(first).isEqualTo(new EffectOutcome.Succeeded("1"));
        assertThat(again).as("its end is on record").isEqualTo(first);
        assertThat(host.shop().calls()).containsExactly("put/i");
    }

    private static EffectScope call(boolean begunBefore) {
        return new EffectScope(
                TenantId.DEFAULT,
                Environment.PRODUCTION,
                WorkflowSlug.of("calling"),
                new ExecutionId("4711"),
                3,
                1,
                true,
                List.of(),
                0,
                begunBefore,
                ConnectorVersions.NONE,
                Duration.ofSeconds(20));
    }

    private static void workflow(String slug, Tier tier, String code) {
        workflow(slug, tier, code, RetryPolicy.OFF);
    }

    private static void workflow(String slug, Tier tier, String code, RetryPolicy retries) {
        DeployedWorkflow.of(host.bean(Workflows.class), slug, tier, retries, code);
    }

    private static ExecutionId start(String slug) {
        return execute(slug).execution();
    }

    private static Started execute(String slug) {
        return host.bean(Executions.class)
                .execute(
                        host.bean(Workflows.class).get(TenantId.DEFAULT, WorkflowSlug.of(slug)),
                        new ExecuteRequest("null", "{}", TriggerKind.MANUAL, "test"));
    }

    private static Execution of(ExecutionId id) {
        return host.bean(ExecutionLog.class).get(TenantId.DEFAULT, id);
    }

    private static List<Execution> called(ExecutionId id) {
        return host.bean(ExecutionLog.class).calledBy(TenantId.DEFAULT, id);
    }

    private static HistoricProcessInstance history(Execution run) {
        return host.bean(HistoryService.class)
                .createHistoricProcessInstanceQuery()
                .processInstanceId(run.processInstanceId())
                .singleResult();
    }

    private static List<Job> due() {
        return host.management()
                .createJobQuery()
                .executable()
                .orderByJobId()
                .asc()
                .list();
    }

    private static void executeNext() {
        host.management().executeJob(due().get(0).getId());
    }

    /** Until nothing is due at this moment. */
    private static void executeAll() {
        for (int i = 0; i < 100 && !due().isEmpty(); i++) {
            executeNext();
        }
        assertThat(due()).isEmpty();
    }
}
