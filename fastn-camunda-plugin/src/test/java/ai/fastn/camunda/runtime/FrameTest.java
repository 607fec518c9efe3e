package ai.fastn.camunda.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A stored frame brings back all variables as they were, or says that it can not. */
@TestInstance(Lifecycle.PER_CLASS)
class FrameTest {

    /** Describes a graph completely, in another way than the codec does: two equal texts mean equal graphs. */
    private static final String FUNCTIONS = """
            function plus(a, b) { return a + b }
            class Point { constructor(x) { this.x = x } twice() { return 2 * this.x } }
            class Ticket extends Map { }
            function word(v, idOf) {
              if (typeof v === 'symbol') return String(v);
              if (typeof v === 'bigint') return v + 'n';
              if (Object.is(v, -0)) return '-0';
              if (typeof v === 'string') return JSON.stringify(v);
              if ((typeof v !== 'object' && typeof v !== 'function') || v === null) return String(v);
              return '#' + idOf(v);
            }
            function describe(root) {
              const seen = [], lines = [];
              const idOf = o => { let i = seen.indexOf(o); if (i < 0) { i = seen.length; seen.push(o) } return i };
              lines.push(word(root, idOf));
              for (let i = 0; i < seen.length; i++) lines.push(i + ' ' + facts(seen[i], v => word(v, idOf)));
              return lines.join('\\n');
            }
            function facts(o, w) {
              if (typeof o === 'function') return 'function ' + o.name;
              if (o instanceof Fastn) return 'client';
              const proto = Object.getPrototypeOf(o);
              const name = proto === null ? 'null' : proto.constructor.name;
              const parts = [name, Object.prototype.toString.call(o), Object.isFrozen(o), Object.isSealed(o), Object.isExtensible(o)];
              if (o instanceof Map) o.forEach((v, k) => parts.push(w(k) + '=>' + w(v)));
              if (o instanceof Set) o.forEach(v => parts.push('in ' + w(v)));
              if (o instanceof Date) parts.push(String(o.getTime()));
              if (o instanceof RegExp) parts.push(o.source, o.flags);
              if (o instanceof ArrayBuffer) parts.push([...new Uint8Array(o)].join());
              if (ArrayBuffer.isView(o)) parts.push(o.byteOffset, o.byteLength, w(o.buffer));
              for (const k of Reflect.ownKeys(o)) {
                const d = Object.getOwnPropertyDescriptor(o, k);
                parts.push(String(k) + ':' + d.writable + d.enumerable + d.configurable + w(d.value));
              }
              return parts.join(' ');
            }
            function graph(seed) {
              const next = n => { seed = (seed * 1103515245 + 12345) % 2147483648; return Math.floor(seed / 65536) % n };
              const made = [];
              const leaf = () => [undefined, null, true, NaN, -0, 0, 1.5, Infinity, -Infinity, 12345678901234567890n, 'é\\u2028"', '__proto__',
                Symbol.for('s'), Symbol.iterator, plus, Point, Math.max, fastn, fastn.connector.world, fastn.db.query][next(20)];
              const any = () => made.length > 0 && next(2) ? made[next(made.length)] : leaf();
              const make = () => {
                switch (next(16)) {
                  case 0: return { a: any(), ['k' + next(5)]: any(), ['__proto__']: any() };
                  case 1: return [any(), any(), any()];
                  case 2: { const a = new Array(6); a[2] = any(); a.extra = any(); return a }
                  case 3: return new Map([[any(), any()], ['x', any()]]);
                  case 4: return new Set([any(), any()]);
                  case 5: return new Date(next(2) ? NaN : next(1e6));
                  case 6: { const r = /a(b)/gu; r.lastIndex = next(3); return r }
                  case 7: { const e = new RangeError('m' + next(9), { cause: any() }); e.status = any(); return e }
                  case 8: { const o = Object.create(null); o.x = any(); o[Symbol.for('t')] = any(); return o }
                  case 9: { const b = new ArrayBuffer(8); new Uint8Array(b)[3] = next(256); return new Int16Array(b, 2, 2) }
                  case 10: { const p = new Point(any()); p.more = any(); return p }
                  case 11: { const o = { r: any() }; Object.defineProperty(o, 'hidden', { value: any() }); return o }
                  case 12: return Object.freeze([any()]);
                  case 13: return Object.seal({ s: any() });
                  case 14: { const t = new Ticket(); t.set('k', any()); t.own = any(); return t }
                  default: return Object.create({ inherited: any() }, { own: { value: any(), writable: true } });
                }
              };
              for (let i = 0; i < 40; i++) {
                const o = make();
                made.push(o);
                const target = made[next(made.length)];
                if (Object.isExtensible(target) && !ArrayBuffer.isView(target)) target['back' + next(3)] = o;
                if (target instanceof Map) target.set(o, target);
              }
              return made;
            }
            """;

    private final StepRunner runner =
            TestEngine.runner(List.of(new TestWorld()), new MemoryJournal(), TestEngine.LIMITS);

    @AfterAll
    void close() {
        runner.close();
    }

    private static TestWorkflow workflow(String init, String read) {
        return TestWorkflow.with("a", "b")
                .functions(FUNCTIONS, "plus", "Point", "Ticket", "word", "describe", "facts", "graph")
                .step("init", init)
                .step("read", "return " + read + ";");
    }

    @Test
    void graphsOfAllKindsOfValuesComeBackAsTheyWere() {
        TestWorkflow workflow = workflow(
                "a = []; for (let s = 1; s <= 30; s++) a.push(graph(s * 7919)); b = a[3];", "describe([a, b])");
        TestEngine kept = new TestEngine(runner, workflow, "{}", TestEngine.Commit.AT_THE_END);
        TestEngine restored = new TestEngine(runner, workflow, "{}", TestEngine.Commit.EVERY_NODE_FROM_A_BASE);

        assertThat(restored.finish()).isEqualTo(kept.finish()).contains("RangeError", "Point", "null", "-0");
        assertThat(hasBase(workflow)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a = [1]; b = a;|a === b && (b.push(2), a.length === 2)",
                "a = new Point(4); b = fastn.connector.world.read;|a.twice() === 8 && a instanceof Point && b === fastn.connector.world.read",
                "a = new Fastn({ connectors: { x: { orgId: 'custom' } } }); b = a.connector;|a.connector === b && a instanceof Fastn",
                "a = new Date(5); b = plus;|a.toISOString() === '1970-01-01T00:00:00.005Z' && b(1, 2) === 3",
                "$ctx.input = 5; a = $ctx.execution;|$ctx.input === 5 && a === $ctx.execution && a.id.length === 36",
                "a = Math.random(); b = Math.random();|a !== b && Math.random() !== a",
                "let n = null; for (let i = 0; i < 20000; i++) n = { n }; a = n;|(() => { let d = 0; for (let x = a; x; x = x.n) d++; return d })() === 20000"
            })
    void aBaseIsEnough(String program) {
        TestWorkflow workflow = workflow(program.split("\\|", 2)[0], program.split("\\|", 2)[1]);

        assertThat(new TestEngine(runner, workflow, "{}", TestEngine.Commit.EVERY_NODE_FROM_A_BASE).finish())
                .isEqualTo("true");
        assertThat(hasBase(workflow)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a = () => 1;",
                "a = [1][Symbol.iterator]();",
                "a = (function* () {})();",
                "a = new Promise(() => {});",
                "a = new WeakMap();",
                "a = new WeakRef({});",
                "a = new Proxy({}, {});",
                "a = plus.bind(null, 1);",
                "a = Symbol('mine');",
                "a = { get x() { return 1 } };",
                "a = new (class { #p = 1 });",
                "a = new URL('https://fastn.ai/x');",
                "a = new Intl.NumberFormat('en');",
                "plus.count = 1;",
                "Array.prototype.last = () => 1;",
                "globalThis.mine = 1;",
                "a = Object(1n);",
                "a = { deep: [{ f: function () {} }] };"
            })
    void whatNoTextBringsBackMakesNoBase(String init) {
        TestWorkflow workflow = workflow(init, "1");

        assertThat(hasBase(workflow)).isFalse();
        assertThat(new TestEngine(runner, workflow, "{}", TestEngine.Commit.EVERY_NODE_FROM_A_BASE).finish())
                .isEqualTo("1");
    }

    private boolean hasBase(TestWorkflow workflow) {
        LiveRun run = runner.open(TestEngine.scope("{}"), workflow.program(), Optional.empty());
        run.run("init", 1, Instant.now().plusSeconds(30));
        Checkpoint checkpoint = run.checkpoint(true);
        run.discard();
        return checkpoint.base() != null;
    }
}
