package ai.fastn.camunda.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StepRunnerTest {

    private final TestWorld world = new TestWorld();
    private final MemoryJournal journal = new MemoryJournal();
    private final StepRunner runner = TestEngine.runner(List.of(world), journal, TestEngine.LIMITS);

    @AfterEach
    void close() {
        runner.close();
    }

    private TestEngine engine(TestWorkflow workflow, String input) {
        return new TestEngine(runner, workflow, input, TestEngine.Commit.AT_THE_END);
    }

    @Test
    void variablesAreSharedByTheStepsOfARun() {
        TestWorkflow workflow = TestWorkflow.with("total")
                .step("init", "total = $ctx.input.a;")
                .step("add", "total += $ctx.input.b;")
                .step("done", "return { total, headers: $ctx.headers, version: $ctx.execution.version };");

        assertThat(engine(workflow, "{\"a\":1,\"b\":2}").finish())
                .isEqualTo("{\"total\":3,\"headers\":{\"content-type\":\"application/json\"},\"version\":3}");
    }

    @Test
    void aConnectorResultCarriesFactsThatDoNotShow() {
        TestWorkflow workflow = TestWorkflow.with("deal")
                .step("read", "deal = await fastn.connector.world.read({ id: 7 });")
                .step("done", "return [deal, deal.id, deal.output.id, deal.status, deal.success, Object.keys(deal)];");

        assertThat(engine(workflow, "{}").finish()).isEqualTo("[{\"id\":7},7,7,200,true,[\"id\"]]");
    }

    @Test
    void aFailedCallIsAnErrorWithItsFieldsAndThePlaceOfTheCall() {
        TestWorkflow workflow = TestWorkflow.with("deal")
                .step(
                        "read",
                        "deal = await fastn.connector.world.flaky({ name: 'x', times: 1 });\n  return deal.after;");
        TestEngine engine = engine(workflow, "{}");

        assertThat(engine.finish()).isEqualTo("2");

        GuestFailure failure = engine.failures.get(0);
        assertThat(failure.summary()).isEqualTo("ConnectorError: world answered 503 (2:38)");
        assertThat(failure.code().code()).isEqualTo("FASTN-03003");
        assertThat(failure.fields()).containsEntry("status", 503);
        assertThat(failure.retryAfter()).hasValue(java.time.Duration.ofMillis(250));
        assertThat(failure.effect()).isEqualTo(new GuestFailure.FailedEffect(0, "read"));
    }

    @Test
    void callsOfOneStepArePerformedAtTheSameTime() {
        TestWorkflow workflow = TestWorkflow.with("all")
                .step(
                        "all",
                        "all = await Promise.all([1, 2].map(n => fastn.connector.world.meet({ n })));"
                                + " return all.map(r => r.n);");

        assertThat(engine(workflow, "{}").finish()).isEqualTo("[1,2]");
    }

    @Test
    void aRetryPerformsTheFailedCallAgainAndNothingBeforeIt() {
        TestWorkflow workflow = TestWorkflow.with("a", "b")
                .step("one", "a = await fastn.connector.world.write({ n: 1 });")
                .step(
                        "two",
                        "await fastn.connector.world.write({ n: 2 }); b = await fastn.connector.world.flaky({ name: 'x',"
                                + " times: 2 }); return b.after + ctx();")
                .functions("function ctx() { return $ctx.execution.attempt }", "ctx");
        TestEngine engine = engine(workflow, "{}");

        assertThat(engine.finish()).isEqualTo("6");
        assertThat(engine.failures).hasSize(2);
        assertThat(world.calls())
                .containsExactly(
                        "write {\"n\":1}",
                        "write {\"n\":2}",
                        "flaky {\"name\":\"x\",\"times\":2}",
                        "flaky {\"name\":\"x\",\"times\":2}",
                        "flaky {\"name\":\"x\",\"times\":2}");
    }

    @Test
    void aWaitIsANumberOfMillisecondsOrADate() {
        TestWorkflow workflow = TestWorkflow.with("t")
                .step("init", "t = 5;")
                .wait("wait_1", "t * 1000")
                .wait("wait_2", "new Date(Date.UTC(2030, 0, 1))")
                .step("done", "return t;");
        TestEngine engine = engine(workflow, "{}");
        engine.finish();

        assertThat(engine.waits).containsExactly("1970-01-01T00:00:05Z", "2030-01-01T00:00:00Z");
    }

    @Test
    void aConditionThatThrowsFailsTheStep() {
        TestWorkflow workflow =
                TestWorkflow.with("t").decision("check", "t.missing", "done").step("done", "return 1;");
        TestEngine engine = engine(workflow, "{}");

        assertThatThrownBy(engine::finish).hasMessageContaining("the run does not end");
        assertThat(engine.failures.get(0).name()).isEqualTo("TypeError");
    }

    @Test
    void anUndeclaredConnectorOfANewFastnIsANamedError() {
        TestWorkflow workflow = TestWorkflow.with("mine", "r")
                .step("init", "mine = new Fastn({ connectors: { 'world': { orgId: 'custom' } } });")
                .step("use", "r = await mine.connectors['world'].read({ a: 1 });")
                .step(
                        "other",
                        "try { await mine.connector.hubspotCrm.getDeal({}) } catch (e) { return [r.a, e.name, e.message] }");

        assertThat(engine(workflow, "{}").finish())
                .startsWith("[1,\"ConnectorError\",\"connector \\\"hubspotCrm\\\" is not declared");
    }

    @Test
    void aResultWithoutAJsonFormIsAnError() {
        for (String value : List.of("10n", "() => 1", "(() => { const a = {}; a.a = a; return a })()")) {
            TestWorkflow workflow = TestWorkflow.with().step("done", "return " + value + ";");

            assertThatThrownBy(() -> engine(workflow, "{}").finish())
                    .isInstanceOf(FastnException.class)
                    .hasMessageStartingWith("the result of the workflow has no JSON form")
                    .extracting("code")
                    .isEqualTo(ErrorCode.RESULT_NOT_JSON);
        }
    }

    @Test
    void aBrokenProgramSaysSo() {
        TestWorkflow workflow = TestWorkflow.with().step("done", "return (;");

        assertThatThrownBy(() -> engine(workflow, "{}").finish())
                .isInstanceOf(FastnException.class)
                .extracting("code")
                .isEqualTo(ErrorCode.PROGRAM_BROKEN);
    }

    @Test
    void aKeptContextIsUsedOnlyWhereItStandsAtTheCheckpoint() {
        TestWorkflow workflow =
                TestWorkflow.with("n").step("a", "n = (n ?? 0) + 1;").step("b", "return n;");
        RunScope scope = TestEngine.scope("{}");
        Instant deadline = Instant.now().plusSeconds(30);
        LiveRun first = runner.open(scope, workflow.program(), Optional.empty());
        first.run("a", 1, deadline);
        Checkpoint one = first.checkpoint(true);
        first.committed();
        LiveRun second = runner.open(scope, workflow.program(), Optional.of(one));
        second.run("a", 1, deadline);
        second.checkpoint(false);
        second.committed();

        LiveRun again = runner.open(scope, workflow.program(), Optional.of(one));
        again.run("b", 1, deadline);

        assertThat(again.resultJson(deadline)).isEqualTo("1");
        again.discard();
    }

    @Test
    void theWarmUpRuns() {
        runner.warmUp();

        assertThat(runner.abandonedThreads()).isZero();
    }

    @Test
    void anErrorThatACatchThrowsAgainGoesBackToItsCall() {
        TestWorkflow workflow = TestWorkflow.with("r")
                .step("before", "await fastn.connector.world.write({ before: 1 });")
                .handler("caught")
                .step("call", "r = await fastn.connector.world.flaky({ name: 'y', times: 1 });")
                .step("after", "return r.after;", TestWorkflow.END)
                .handler("")
                .step("caught", "await fastn.connector.world.write({ failed: $thrown.status });")
                .step("again", "throw $thrown;");
        for (TestEngine.Commit commit :
                List.of(TestEngine.Commit.AT_THE_END, TestEngine.Commit.EVERY_NODE_FROM_THE_PATH)) {
            world.reset(CrashPoints.none());
            TestEngine engine = new TestEngine(runner, workflow, "{}", commit);

            assertThat(engine.finish()).isEqualTo("2");
            assertThat(engine.failures)
                    .extracting(GuestFailure::effect)
                    .containsExactly(new GuestFailure.FailedEffect(1, "call"));
            assertThat(world.calls())
                    .containsExactly(
                            "write {\"before\":1}",
                            "flaky {\"name\":\"y\",\"times\":1}",
                            "write {\"failed\":503}",
                            "flaky {\"name\":\"y\",\"times\":1}");
        }
    }

    @Test
    void aCallThatIsAnotherOneWhenRepeatedIsNamed() {
        RunScope scope = TestEngine.scope("{}");
        Instant deadline = Instant.now().plusSeconds(30);
        TestWorkflow before = TestWorkflow.with("r").step("a", "r = await fastn.connector.world.write({ n: 1 });");
        LiveRun first = runner.open(scope, before.program(), Optional.empty());
        first.run("a", 1, deadline);
        first.discard();

        TestWorkflow after = TestWorkflow.with("r").step("a", "r = await fastn.connector.world.write({ n: 2 });");
        LiveRun second = runner.open(scope, after.program(), Optional.empty());

        assertThatThrownBy(() -> second.run("a", 1, deadline))
                .isInstanceOf(FastnException.class)
                .hasMessage("step \"a\" does not repeat what it did: call 0, \"connector.world.write\", now has other"
                        + " arguments")
                .extracting("code")
                .isEqualTo(ErrorCode.NON_DETERMINISTIC);
        second.discard();
    }

    @Test
    void aPathWhoseJournalIsMissingIsNamed() {
        RunScope scope = TestEngine.scope("{}");
        Instant deadline = Instant.now().plusSeconds(30);
        TestWorkflow workflow = TestWorkflow.with("r")
                .step("a", "r = await fastn.connector.world.write({ n: 1 });")
                .step("b", "return r;");
        LiveRun first = runner.open(scope, workflow.program(), Optional.empty());
        first.run("a", 1, deadline);
        Checkpoint checkpoint = first.checkpoint(false);
        first.discard();
        journal.delete(scope.execution());

        LiveRun second = runner.open(scope, workflow.program(), Optional.of(checkpoint));

        assertThatThrownBy(() -> second.run("b", 1, deadline))
                .isInstanceOf(FastnException.class)
                .hasMessageContaining("the journal has no outcome of call 0, \"connector.world.write\"");
        second.discard();
    }

    @Test
    void globalsOfTheWebAreThere() {
        TestWorkflow workflow = TestWorkflow.with()
                .step(
                        "done",
                        "const u = new URL('https://fastn.ai/a?b=1'); u.searchParams.set('c', 'x y');"
                                + " return [u.href, atob(btoa('hi')), new TextDecoder().decode(new TextEncoder().encode('é')),"
                                + " structuredClone({ d: new Date(1) }).d.getTime(), typeof setTimeout,"
                                + " new URLSearchParams({ q: '1' }).toString(), typeof console.log, typeof queueMicrotask];");

        assertThat(engine(workflow, "{}").finish())
                .isEqualTo(
                        "[\"https://fastn.ai/a?b=1&c=x+y\",\"hi\",\"é\",1,\"function\",\"q=1\",\"function\",\"function\"]");
    }
}
