package ai.fastn.camunda.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.fastn.camunda.effect.RunMocks;
import ai.fastn.camunda.effect.mock.MockDocuments;
import ai.fastn.camunda.effect.secret.SecretStore;
import ai.fastn.camunda.host.DeployedWorkflow;
import ai.fastn.camunda.host.SteppedHost;
import ai.fastn.camunda.lifecycle.Workflows;
import ai.fastn.camunda.runtime.RunFailedException;
import ai.fastn.camunda.runtime.StepRunner;
import ai.fastn.camunda.workflow.Environment;
import ai.fastn.camunda.workflow.ExecutionId;
import ai.fastn.camunda.workflow.ExecutionStatus;
import ai.fastn.camunda.workflow.RetryPolicy;
import ai.fastn.camunda.workflow.RunMode;
import ai.fastn.camunda.workflow.TenantId;
import ai.fastn.camunda.workflow.Tier;
import ai.fastn.camunda.workflow.TriggerKind;
import ai.fastn.camunda.workflow.WorkflowSlug;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.runtime.Job;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Row D10: whole runs whose calls are answered by mocks, in a real engine whose clock is moved. */
class MockedRunsTest {

    private static final RetryPolicy THREE_TIMES = new RetryPolicy(3, Duration.ofSeconds(5), 1, Duration.ofMinutes(1));

    @RegisterExtension
    static final SteppedHost host = new SteppedHost(Map.of("fastn.checkpoint", "every-effect"), context -> {});

    @AfterEach
    void nothingIsLeft() {
        host.cancelAll();
        for (String table : List.of("fastn_mocks", "fastn_journal", "fastn_checkpoint", "fastn_state")) {
            assertThat(host.rows(table)).as(table).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Tier.class,
            names = {"INSTANT", "STANDARD"})
    void noCallLeavesARunWhoseMocksAnswer(Tier tier) {
        workflow("all-kinds", tier, RetryPolicy.OFF, """
                const deal = await fastn.connector.shop.read({ x: 7 });
                const [row] = await fastn.db.query('SELECT name FROM customer WHERE id = $1', [7]);
                const response = await fetch('https://api.example.com/rates');
                const { rate } = await response.json();
                const key = await fastn.secrets.get('API_KEY');
                await fastn.state.set('seen', deal.value);
                await fastn.state.increment('count', 2);
                const seen = await fastn.state.get('seen');
                return { deal: deal.value, status: deal.status, name: row.name, rate, key: typeof key, seen };""");

        String mocks = """
                {"rules": [
                  {"call": "connector.shop.read", "arguments": {"x": 7}, "answers": [{"output": {"value": "big"}, "status": 206}]},
                  {"call": "db.query", "arguments": {"params": [7]}, "answers": [{"output": [{"name": "Ada"}]}]},
                  {"call": "fetch", "answers": [{"output": {"json": {"rate": 1.5}}}]}]}""";
        ExecutionId id = start("all-kinds", "null", mocks);
        executeAll();

        assertThat(of(id).result())
                .contains(
                        "{\"deal\":\"big\",\"status\":206,\"name\":\"Ada\",\"rate\":1.5,\"key\":\"string\",\"seen\":\"big\"}");
        assertThat(of(id).mode()).isEqualTo(RunMode.MOCK);
        assertThat(host.shop().calls()).isEmpty();
    }

    @Test
    void aCallWithoutAMockFailsAndSaysWhichWithoutSecrets() {
        host.bean(SecretStore.class)
                .put(TenantId.DEFAULT, Optional.of(Environment.PRODUCTION), "TOKEN", "very-secret-value", "test");
        workflow("unmatched", Tier.INSTANT, RetryPolicy.OFF, """
                const token = await fastn.secrets.get('TOKEN');
                await fastn.connector.shop.write({ x: 'a', token });""");

        assertThatThrownBy(() -> start("unmatched", "null", """
                        {"rules": [{"call": "secrets.get", "answers": [{"output": "another-secret"}]}]}"""))
                .isInstanceOfSatisfying(RunFailedException.class, e -> {
                    assertThat(e.failure().code()).isEqualTo("FASTN-03090");
                    assertThat(e.failure().message())
                            .isEqualTo(
                                    "connector.shop.write has no mock for these arguments, and this run makes no call");
                    assertThat(e.failure().fields())
                            .containsEntry("call", "connector.shop.write")
                            .containsEntry("arguments", Map.of("x", "a", "token", "«secret:TOKEN»"));
                });
    }

    @ParameterizedTest
    @EnumSource(
            value = Tier.class,
            names = {"INSTANT", "STANDARD"})
    void aRetryGetsTheNextAnswer(Tier tier) {
        workflow("retried", tier, new RetryPolicy(3, Duration.ofMillis(1), 1, Duration.ofMillis(1)), """
                const before = await fastn.connector.shop.put({ x: 'before' });
                const deal = await fastn.connector.shop.write({ x: 1 });
                return [before.value, deal.value];""");

        ExecutionId id = start("retried", "null", """
                {"rules": [
                  {"call": "connector.shop.put", "answers": [{"output": {"value": 1}}, {"output": {"value": 2}}]},
                  {"call": "connector.shop.write", "answers": [
                    {"scenario": "server error"},
                    {"error": {"message": "again", "status": 503, "retryable": true}},
                    {"output": {"value": "third"}}]}]}""");
        for (int second = 1; second < 10; second++) {
            executeAll();
            host.at(second);
        }

        assertThat(of(id).result()).contains("[1,\"third\"]");
        assertThat(host.shop().calls()).isEmpty();
    }

    @Test
    void whatACallGetsIsTheSameAfterTheNodeHasLostTheRun() {
        workflow("rebuilt", Tier.STANDARD, RetryPolicy.OFF, """
                const got = [];
                for (let i = 0; i < 6; i++) {
                  const { value } = await fastn.connector.shop.put({ x: i % 2 });
                  got.push(value);
                }
                return got;""");

        ExecutionId id = start("rebuilt", "null", """
                {"rules": [
                  {"call": "connector.shop.put", "arguments": {"x": 1}, "nth": 2, "answers": [{"output": {"value": "second"}}]},
                  {"call": "connector.shop.put", "answers": [
                    {"output": {"value": "a"}}, {"output": {"value": "b"}}, {"output": {"value": "c"}}]}]}""");
        for (int i = 0; i < 12; i++) {
            host.bean(StepRunner.class).forget(id);
            executeNext();
        }

        assertThat(of(id).status()).isEqualTo(ExecutionStatus.COMPLETED);
        assertThat(of(id).result()).contains("[\"a\",\"b\",\"c\",\"second\",\"c\",\"c\"]");
    }

    @ParameterizedTest
    @EnumSource(
            value = Tier.class,
            names = {"INSTANT", "STANDARD"})
    void callsBesideEachOtherGetTheAnswersInTheOrderOfTheCode(Tier tier) {
        workflow("beside", tier, RetryPolicy.OFF, """
                const got = await Promise.all([1, 2, 3].map((x) => fastn.connector.shop.put({ x })));
                return got.map((each) => each.value);""");

        ExecutionId id = start("beside", "null", """
                {"rules": [{"call": "connector.shop.put", "answers": [
                  {"output": {"value": "first"}, "delayMs": 30}, {"output": {"value": "second"}},
                  {"output": {"value": "third"}}]}]}""");
        executeAll();

        assertThat(of(id).result()).contains("[\"first\",\"second\",\"third\"]");
    }

    @Test
    void aLongDelayTakesNoThread() {
        workflow(
                "delayed", Tier.STANDARD, RetryPolicy.OFF, "return (await fastn.connector.shop.read({ x: 1 })).value;");

        ExecutionId id = start("delayed", "null", """
                {"rules": [{"call": "connector.shop.read", "answers": [{"output": {"value": 1}, "delayMs": 60000}]}]}""");
        executeAll();
        assertThat(of(id).status()).isEqualTo(ExecutionStatus.RUNNING);
        host.at(59);
        executeAll();
        assertThat(of(id).status()).isEqualTo(ExecutionStatus.RUNNING);
        host.at(61);
        executeAll();

        assertThat(of(id).result()).contains("1");
    }

    @ParameterizedTest
    @EnumSource(
            value = Tier.class,
            names = {"INSTANT", "STANDARD"})
    void aCalledWorkflowInheritsTheMocks(Tier tier) {
        workflow("inner", tier, RetryPolicy.OFF, """
                await fastn.state.set('where', 'inner');
                return (await fastn.connector.shop.write({ x: ctx.input })).value;""");
        workflow("outer", tier, RetryPolicy.OFF, """
                const mocked = await fastn.flow.invoke('other', 1);
                const real = await fastn.flow.invoke('inner', 2);
                return [mocked, real, await fastn.state.get('where')];""");

        ExecutionId id = start("outer", "null", """
                {"rules": [
                  {"call": "flow.invoke", "arguments": {"workflow": "other"}, "answers": [{"output": "not started"}]},
                  {"call": "connector.shop.write", "arguments": {"x": 2}, "answers": [{"output": {"value": "mocked"}}]}]}""");
        executeAll();

        assertThat(of(id).result()).contains("[\"not started\",\"mocked\",null]");
        assertThat(host.bean(ExecutionLog.class).calledBy(TenantId.DEFAULT, id))
                .singleElement()
                .satisfies(run -> assertThat(run.mode()).isEqualTo(RunMode.MOCK));
        assertThat(host.shop().calls()).isEmpty();
    }

    @Test
    void aCalledWorkflowThatOutlivesItsCallerKeepsTheMocks() {
        workflow("later", Tier.STANDARD, RetryPolicy.OFF, """
                await fastn.sleep(60000);
                return (await fastn.connector.shop.write({ x: ctx.input })).value;""");
        workflow("forgets", Tier.STANDARD, RetryPolicy.OFF, """
                await fastn.flow.invokeAsync('later', 3);
                return 'gone';""");

        ExecutionId id = start("forgets", "null", """
                {"rules": [{"call": "connector.shop.write", "answers": [{"output": {"value": "mocked"}}]}]}""");
        executeAll();
        assertThat(of(id).status()).isEqualTo(ExecutionStatus.COMPLETED);
        host.at(61);
        executeAll();

        assertThat(host.bean(ExecutionLog.class).calledBy(TenantId.DEFAULT, id))
                .singleElement()
                .satisfies(run -> {
                    assertThat(run.mode()).isEqualTo(RunMode.MOCK);
                    assertThat(run.result()).contains("\"mocked\"");
                });
        assertThat(host.shop().calls()).isEmpty();
    }

    @Test
    void aRealSecretIsNeverRead() {
        host.bean(SecretStore.class)
                .put(TenantId.DEFAULT, Optional.of(Environment.PRODUCTION), "TOKEN", "very-secret-value", "test");
        workflow("reads-secret", Tier.INSTANT, RetryPolicy.OFF, "return (await fastn.secrets.get('TOKEN')).length;");

        assertThat(of(start("reads-secret", "null", "{}")).result())
                .contains(Integer.toString("«secret:TOKEN»".length()));
    }

    @Test
    void aPartialMockMakesTheOtherCalls() {
        workflow("partial", Tier.STANDARD, THREE_TIMES, """
                if (await fastn.state.delete('kept')) return 'kept';
                const real = await fastn.connector.shop.write({ x: 1 });
                const mocked = await fastn.connector.shop.write({ x: 2 });
                await fastn.state.set('kept', true);
                return [real.value, mocked.value];""");

        ExecutionId id = start("partial", "null", """
                {"others": "live", "rules": [
                  {"call": "connector.shop.write", "arguments": {"x": 2}, "answers": [{"output": {"value": "two"}}]}]}""");
        executeAll();

        assertThat(of(id).result()).contains("[\"1\",\"two\"]");
        assertThat(of(id).mode()).isEqualTo(RunMode.PARTIAL_MOCK);
        assertThat(host.shop().calls()).containsExactly("write/1");
        assertThat(host.rows("fastn_state")).isEqualTo(1);
        executeAll();
        ExecutionId live = start("partial", "null", "{\"others\": \"live\"}");
        executeAll();
        assertThat(of(live).result()).contains("\"kept\"");
    }

    @Test
    void privateStateKeepsItsScopesApart() {
        workflow("scopes", Tier.STANDARD, RetryPolicy.OFF, """
                await fastn.state.set('a', 'org');
                await fastn.state.set('a', 'own', { scope: 'INVOCATION' });
                return [await fastn.state.get('a'), await fastn.state.get('a', { scope: 'INVOCATION' })];""");

        ExecutionId id = start("scopes", "null", "{}");
        executeAll();

        assertThat(of(id).result()).contains("[\"org\",\"own\"]");
    }

    @Test
    void samplesStandForActionsOnly() {
        workflow("sampled", Tier.INSTANT, RetryPolicy.OFF, """
                const stripe = await fastn.connector.shop.read({ x: 1 });
                try {
                  await fetch('https://api.example.com/');
                } catch (error) {
                  return [stripe, error.code];
                }""");

        ExecutionId id = start("sampled", "null", "{\"others\": \"sample\"}");

        assertThat(of(id).result()).contains("[null,\"FASTN-03090\"]");
    }

    @Test
    void scenariosAreTheErrorsOfRealCalls() {
        workflow("scenarios", Tier.INSTANT, RetryPolicy.OFF, """
                const seen = [];
                for (let i = 0; i < 5; i++) {
                  try {
                    await fastn.connector.shop.write({ x: i });
                  } catch ({ name, message, code, status, retryable, retryAfterMs }) {
                    seen.push([name, message, code, status, retryable, retryAfterMs]);
                  }
                }
                return seen;""");

        ExecutionId id = start("scenarios", "null", """
                {"rules": [{"call": "connector.shop.write", "answers": [
                  {"scenario": "not found"}, {"scenario": "rate limited"}, {"scenario": "unauthorized"},
                  {"scenario": "server error"}, {"scenario": "timeout"}]}]}""");

        String error = "[\"ConnectorError\",\"shop.write: the service ";
        assertThat(of(id).result().orElseThrow())
                .isEqualTo("[" + error + "answered 404 Not Found\",\"FASTN-03003\",404,false,null],"
                        + error + "answered 429 Too Many Requests\",\"FASTN-03003\",429,true,1000],"
                        + error + "answered 401 Unauthorized\",\"FASTN-03003\",401,false,null],"
                        + error + "answered 500 Internal Server Error\",\"FASTN-03003\",500,true,null],"
                        + error + "did not answer within 30000 ms\",\"FASTN-03003\",null,false,null]]");
    }

    private static void workflow(String slug, Tier tier, RetryPolicy retries, String body) {
        DeployedWorkflow.of(host.bean(Workflows.class), slug, tier, retries, body);
    }

    private static ExecutionId start(String slug, String input, String mocks) {
        RunMocks checked = host.bean(MockDocuments.class).checked(TenantId.DEFAULT, mocks);
        return host.bean(Executions.class)
                .execute(
                        host.bean(Workflows.class).get(TenantId.DEFAULT, WorkflowSlug.of(slug)),
                        new ExecuteRequest(input, "{}", TriggerKind.MANUAL, "test", checked))
                .execution();
    }

    private static Execution of(ExecutionId id) {
        return host.bean(ExecutionLog.class).get(TenantId.DEFAULT, id);
    }

    private static void executeNext() {
        host.management().createJobQuery().executable().listPage(0, 1).stream()
                .map(Job::getId)
                .forEach(host.management()::executeJob);
    }

    private static void executeAll() {
        while (host.management().createJobQuery().executable().count() > 0) {
            executeNext();
        }
    }
}
