package ai.fastn.camunda.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.host.OwnThread;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What hostile code tries, and what it gets. */
@TestInstance(Lifecycle.PER_CLASS)
class AttackTest {

    private static final Duration LIMIT = Duration.ofMillis(1500);

    private final RuntimeLimits limits =
            new RuntimeLimits(8, 200L << 20, 1_000, 50, 8, 100, 1 << 20, 16 << 20, 256L << 20, 5);
    private final StepRunner runner = TestEngine.runner(List.of(new TestWorld()), new MemoryJournal(), limits);

    @AfterAll
    void close() {
        runner.close();
    }

    private String run(String code) {
        return run(code, Duration.ofSeconds(30));
    }

    private String run(String code, Duration time) {
        TestWorkflow workflow = TestWorkflow.with("v").step("step", code);
        LiveRun run = runner.open(TestEngine.scope("{}"), workflow.program(), Optional.empty());
        Instant deadline = Instant.now().plus(time);
        try {
            StepOutcome outcome = run.run("step", 1, deadline);
            return outcome instanceof StepOutcome.Thrown thrown
                    ? thrown.failure().summary()
                    : run.resultJson(deadline);
        } finally {
            run.discard();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Java",
                "Polyglot",
                "Graal",
                "Packages",
                "java",
                "load",
                "loadWithNewGlobal",
                "print",
                "quit",
                "exit",
                "process",
                "require",
                "module",
                "Deno",
                "XMLHttpRequest",
                "SharedArrayBuffer",
                "Atomics",
                "$boot",
                "$program",
                "read",
                "readbuffer"
            })
    void thereIsNoWayOutByName(String name) {
        assertThat(run("return typeof globalThis[" + Json.write(name) + "];")).isEqualTo("\"undefined\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "return Function('return this')();",
                "return (0, eval)('1');",
                "return (() => {}).constructor('return 1')();",
                "return (async () => {}).constructor('return 1')();",
                "return (function* () {}).constructor('yield 1')();",
                "return fastn.sleep.constructor('return 1')();",
                "return Reflect.construct([].at.constructor, ['return 1']);"
            })
    void textNeverBecomesCode(String code) {
        assertThat(run(code)).startsWith("EvalError");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "while (true) {}",
                "return /^(x+x+)+\\1y/.test('x'.repeat(50));",
                "await fastn.connector.world.hang();",
                "try { while (true) {} } finally { while (true) {} }",
                "v = { get a() { while (true) {} } }; return v;",
                "return new Proxy({}, { ownKeys() { while (true) {} } });",
                "return { toJSON() { while (true) {} } };",
                "throw { get name() { while (true) {} }, get message() { while (true) {} } };",
                "const e = new Error('x'); Object.defineProperty(e, 'name', { get() { while (true) {} } }); throw e;"
            })
    void whatDoesNotEndIsEndedAtTheDeadline(String code) {
        long began = System.nanoTime();

        assertThatThrownBy(() -> run(code, LIMIT))
                .isInstanceOf(FastnException.class)
                .extracting("code")
                .isEqualTo(ErrorCode.EXECUTION_TIMEOUT);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(LIMIT.plusSeconds(4));
    }

    @ParameterizedTest
    @ValueSource(strings = {"await new Promise(r => setTimeout(r, 1e9));", "await fastn.sleep(1e9);"})
    void whatOnlyWaitsLeavesTheThreadAtOnce(String code) {
        assertThatThrownBy(() -> run(code, LIMIT)).isInstanceOf(ParkedException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "const a = []; for (;;) a.push(new Array(1000).fill(1));",
                "let s = 'x'; const all = []; for (;;) { all.push(s.repeat(1000)); }",
                "const f = () => { try { f() } catch { f() } }; f();",
                "const f = n => f(n + 1) + 1; return f(0);",
                "for (let i = 0; ; i++) await fastn.connector.world.read({ i });"
            })
    void whatTakesTooMuchIsEndedByItsLimit(String code) {
        assertThatThrownBy(() -> run(code, Duration.ofMinutes(3))) // a busy machine allocates slowly
                .isInstanceOf(FastnException.class)
                .extracting("code")
                .isEqualTo(ErrorCode.RESOURCE_LIMIT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "return 'x'.repeat(2 ** 30);",
                "return new Uint8Array(2 ** 31);",
                "return new ArrayBuffer(2 ** 40);",
                "return [].concat(...Array(100).fill(new Array(2 ** 32 - 1)));"
            })
    void whatIsTooLargeIsAnError(String code) {
        assertThat(run(code)).contains("Error");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "for (;;) await null;",
                "const again = () => Promise.resolve().then(again); again(); await new Promise(() => {});"
            })
    void aStormOfPromisesIsEndedByOneOfItsLimits(String code) {
        assertThatThrownBy(() -> run(code, LIMIT))
                .isInstanceOf(FastnException.class)
                .extracting("code")
                .isIn(ErrorCode.EXECUTION_TIMEOUT, ErrorCode.RESOURCE_LIMIT);
    }

    @Test
    void aPromiseThatNobodySettlesIsNamedAtOnce() {
        assertThatThrownBy(() -> run("await new Promise(() => {});"))
                .isInstanceOf(FastnException.class)
                .hasMessage("step \"step\" waits for a promise that nobody settles: nothing it called is open")
                .extracting("code")
                .isEqualTo(ErrorCode.NEVER_SETTLED);
    }

    @Test
    void aChangedBuiltInIsNotSeenByTheNextRun() {
        run("Array.prototype.evil = 1; Object.prototype.polluted = 1; JSON.stringify = () => 'x'; globalThis.left = 1;"
                + " Promise.prototype.then = () => 1; Date.now = () => 5; fastn.evil = 1;");

        assertThat(run("return [[].evil, {}.polluted, JSON.stringify(1), typeof left, Date.now() > 5, fastn.evil];"))
                .isEqualTo("[null,null,\"1\",\"undefined\",true,null]");
    }

    @Test
    void theRealClockCanNotBeReached() {
        assertThat(run("const d = new Date(); return [Date === d.constructor, Object.getPrototypeOf(Date) ==="
                        + " Function.prototype, d.constructor.now === Date.now, typeof Temporal];"))
                .isEqualTo("[true,true,true,\"undefined\"]");
    }

    @Test
    void whatComesBackIsAPlainCopy() {
        assertThat(run("return new Proxy({ a: 1 }, { get: (t, k) => (k === 'a' ? 2 : t[k]) });"))
                .isEqualTo("{\"a\":2}");
        assertThat(run("return JSON.parse('{\"__proto__\": {\"x\": 1}}').x;")).isEqualTo("null");
    }

    @Test
    void aForgedErrorIsNoFailedEffect() {
        TestWorkflow workflow = TestWorkflow.with().step("step", "throw Object.assign(new Error('x'), { effect: 0 });");
        LiveRun run = runner.open(TestEngine.scope("{}"), workflow.program(), Optional.empty());
        StepOutcome outcome = run.run("step", 1, Instant.now().plusSeconds(30));

        assertThat(((StepOutcome.Thrown) outcome).failure().effect()).isNull();
        run.discard();
    }

    @Test
    void aRunCanBeCanceledFromOutside() {
        TestWorkflow workflow = TestWorkflow.with().step("step", "await fastn.connector.world.hang();");
        RunScope scope = TestEngine.scope("{}");
        LiveRun run = runner.open(scope, workflow.program(), Optional.empty());
        CompletableFuture<StepOutcome> outcome =
                OwnThread.call(() -> run.run("step", 1, Instant.now().plusSeconds(60)));
        while (!outcome.isDone()) {
            runner.cancel(scope.execution());
            Thread.onSpinWait();
        }

        assertThatThrownBy(outcome::join).cause().extracting("code").isEqualTo(ErrorCode.EXECUTION_CANCELED);
        run.discard();
    }

    @Test
    void runsAtTheSameTimeShareNothing() {
        List<CompletableFuture<String>> runs = IntStream.range(0, 24)
                .mapToObj(n -> OwnThread.call(() -> run("globalThis.mine = " + n + "; v = [" + n
                        + "]; for (let i = 0; i < 5; i++) { v.push((await fastn.connector.world.read({ i })).i);"
                        + " if (globalThis.mine !== " + n + " || v[0] !== " + n + ") return 'shared' } return v[0];")))
                .toList();

        for (int n = 0; n < runs.size(); n++) {
            assertThat(runs.get(n).join()).isEqualTo(String.valueOf(n));
        }
    }
}
