package ai.fastn.camunda.compiler.parse;

import static ai.fastn.camunda.compiler.parse.ParserFixture.javaScript;
import static ai.fastn.camunda.compiler.parse.ParserFixture.typeScript;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Set;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Syntax that the engine does not have becomes JavaScript that does what the language says: the expected values are
 * those of TypeScript and esbuild in Node.
 */
class LoweredSyntaxTest {

    private static final String MAIN = "\nexport default async function main(ctx) {}\n";

    /** What the author writes in the text whose places are compared. */
    private static final Set<String> WORDS = Set.of("first", "place", "other", "behind", "open", "error", "main");

    private static final Source BOOT = Source.newBuilder("js", resource("/ai/fastn/camunda/js/boot.js"), "boot.js")
            .buildLiteral();

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "const twice = (m, c) => function (...a) { return [c.kind, c.name, c.static, c.private, 2 * m.apply(this, a)] }; class A { n = 3; @twice m(x) { return x * this.n } } ~ new A().m(2).join() ~ method,m,false,false,12",
                "const add = (n) => (_, c) => (v) => v + n; class A { @add(1) @add(10) a = 1; @add(2) static b; @add('x') #c = 'c'; c() { return this.#c } } ~ [new A().a, A.b, new A().c()].join() ~ 12,NaN,cx",
                "const log = []; const d = (n) => (log.push(n), (_, c) => { log.push(-n); c.addInitializer(() => log.push(n * 10)) }); @d(1) class A { @d(2) static s() {} @d(3) m() {} @d(4) f = log.push('f') } ~ (new A(), log.join()) ~ 1,2,3,4,-2,-3,-4,-1,20,10,30,f,40",
                "const get = (g, c) => function () { return c.name + g.call(this) }; class A { @get get a() { return 1 } @get static get #b() { return 2 } static b() { return A.#b } } ~ new A().a + A.b() ~ a1#b2",
                "const up = (s) => function (v) { s.call(this, v + 1) }; class A { @up set a(v) { this.v = v } @up set #b(v) { this.w = v } b(v) { this.#b = v } } const a = new A(); a.a = 1; a.b(5); ~ a.v + ',' + a.w ~ 2,6",
                "const x2 = ({ get, set }) => ({ get() { return get.call(this) * 2 }, init: (v) => v + 1 }); class A { @x2 accessor a = 1; @x2 static accessor #b = 4; static b() { return ++A.#b } } ~ [new A().a, A.b(), Object.keys(new A())].join() ~ 4,11,",
                "const wrap = (t, { kind, name }) => class extends t { kind = kind + name }; @wrap class A { static self = () => A; who() { return A } } const B = A; ~ [new A().kind, A.self() === A, new A().who() === B].join() ~ classA,true,true",
                "const keep = (v, c) => { c.addInitializer(function () { this.kept = [c.kind, c.name].join() }) }; const A = @keep class {}; const o = { B: @keep class { static name = 'own' } }; ~ [A.kept, A.name, o.B.kept, o.B.name].join() ~ class,A,A,class,B,own",
                "const acc = []; const see = (_, { access }) => { acc.push(access) }; class A { @see a = 1; @see #b = 2; @see m() { return 3 } } const a = new A(); acc[1].set(a, 5); ~ [acc[2].get(a), acc[1].get(a), acc[0].has(a), acc[1].has({}), acc[0].get(a).call(a)].join() ~ 2,5,true,false,3",
                "const o = { n: 2, times(v) { const { n } = this; return function () { return n * v.call(this) } }, ['a b']: (v) => () => 1 + v() }; class A { @o.times m() { return 4 } @(o['a b']) k() { return 1 } } ~ new A().m() + new A().k() ~ 10",
                "class A { accessor a = 1; static accessor b = 2; accessor #c = 3; accessor ['d' + 1] = 4; accessor 'e f' = () => 5; sum() { this.a += 1; A.b++; return this.a + A.b + this.#c + this.d1 } } class B extends A {} ~ [new A().sum(), new A()['e f'].name, B.b, Object.keys(new A())].join() ~ 12,e f,3,",
                "const d = () => {}; class A { a = 1; @d *m() { yield this.a } @d static async s() {} @d ['x']() { return 2 } } ~ [...new A().m()] + new A().x() ~ 12",
                "let log = ''; { using a = { [Symbol.dispose]() { log += 'a' } }, b = null, c = { [Symbol.dispose]() { log += 'c' } }; log += 'x' } ~ log ~ xca",
                "let log = ''; const r = (n) => ({ n, [Symbol.dispose]() { log += n } }); for (using a of [r(1), r(2)]) { if (a.n === 1) continue; log += 'x' } f: for (using b = r('b'); ; ) { for (;;) break f } ~ log ~ 1x2b",
                "let seen; try { using a = { [Symbol.dispose]() { throw 1 } }, b = { [Symbol.dispose]() { throw 2 } }; throw 3 } catch (e) { seen = [e.name, e.error, e.suppressed.error, e.suppressed.suppressed] } ~ seen.join() ~ SuppressedError,1,2,3",
                "let log = ''; { await using a = { async [Symbol.asyncDispose]() { log += 'a' } }; await using b = { [Symbol.dispose]() { log += 'b' } }; log += 'x' } ~ log ~ xba",
                "const f = (s) => { using a = null; return s; }; let e2; try { using x = {} } catch (e) { e2 = e.name } ~ f(1) + e2 ~ 1TypeError",
                "let r = []; try { throw 1 } catch (e) { var e = e + 1, f = () => {}; r.push(e); for (var e in { k: 1 }) r.push(e); { let e = 5; r.push(e) } r.push(((e) => e)(6), { e }.e) } r.push(typeof e, typeof f); ~ r.join() ~ 2,k,5,6,k,undefined,function",
                "let r = []; try { throw { a: 1 } } catch (e) { var { a: e, b = function () {} } = e, g = 1; var e = class {}; r.push(e.name, b.name) } r.push(typeof e); ~ r.join() ~ e,b,undefined"
            })
    void itDoesWhatTheLanguageSays(String declarations, String expression, String result) {
        String text = declarations + "\nexport default () => " + expression;
        Script script = javaScript(text);
        assertThat(script.javaScript().lines().count()).isEqualTo(text.lines().count());
        assertThat(run(script)).isEqualTo(result);
    }

    @Test
    void aMemberThatBeginsWithDecoratorsDoesNotGoOnWithTheFieldBeforeIt() {
        String fields =
                "const d = (m) => m; class A { a = 1\n@d *m() { yield this.a }\nb = 2\n@d ['x']() { return this.b } }";
        assertThat(run(javaScript(fields + "\nexport default () => [...new A().m(), new A().x()].join()")))
                .isEqualTo("1,2");
    }

    @Test
    void whatSaysItsOwnTextKeepsCharactersThatAProcessCanNotHold() {
        Script script = javaScript("""
                const tag = (strings, ...values) => [strings, strings.raw.join(), values.join()];
                const made = () => tag`\0\\n${1}\uD800${2}`;
                const same = made()[0] === made()[0] && Object.isFrozen(made()[0]);
                export default () => JSON.stringify([/a\0[/]/g.source, /\0\uDC00/.test('\0\uDC00'), made(), same]);
                """);
        assertThat(script.javaScript()).doesNotContain("\0", "\uD800", "\uDC00");
        assertThat(run(script)).isEqualTo("""
                        ["a\\u0000[/]",true,[["\\u0000\\n","\\ud800",""],"\\u0000\\\\n,\\ud800,","1,2"],true]""");
    }

    @Test
    void placesInTheSourceStayTrueBetweenWhatIsWrittenAnew() {
        Script script = typeScript("""
                enum E { A } const first = 1;
                @log class C { @log m(): number { return place } @log f = other } const behind = 2;
                function log(a: unknown, b: unknown) {}
                try { using x = open as any; call(x) } catch (e) { var e: any; e = error }
                """ + MAIN);
        script.program().walk(node -> {
            if (node instanceof Expression.Identifier name && WORDS.contains(name.name())) {
                int start = script.inSource(name.span()).start();
                assertThat(script.source().text().substring(start)).startsWith(name.name());
            }
            return true;
        });
        assertThat(script.positionOf(script.javaScript().indexOf("behind"))).hasToString("2:73");
    }

    private static String run(Script script) {
        try (Context context = Context.newBuilder("js")
                .allowExperimentalOptions(true)
                .option("engine.WarnInterpreterOnly", "false")
                .option("js.annex-b", "false")
                .option("js.esm-eval-returns-exports", "true")
                .build()) {
            context.eval(BOOT);
            Value exports = context.eval(Source.newBuilder("js", script.javaScript(), "workflow.mjs")
                    .mimeType("application/javascript+module")
                    .buildLiteral());
            return exports.getMember("default").execute().toString();
        }
    }

    private static String resource(String path) {
        try (InputStream stream = Objects.requireNonNull(LoweredSyntaxTest.class.getResourceAsStream(path), path)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
