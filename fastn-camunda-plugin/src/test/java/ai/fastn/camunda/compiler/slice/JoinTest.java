package ai.fastn.camunda.compiler.slice;

import static org.assertj.core.api.Assertions.assertThat;

import ai.fastn.camunda.compiler.analyze.AnalyzedScript;
import ai.fastn.camunda.compiler.parse.Expression.CallExpression;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Work that {@code go()} begins is over behind the first statement that surely waits for it. */
class JoinTest {

    private static final String GO = "const go = async () => { await fastn.state.get('k'); ctx.log = 1; };\n";

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            const p = go(); Math.max(1); await p; Math.max(2);                    | await p;
            const p = go(); const x = await p;                                    | const x = await p;
            let x; const p = go(); x = await p;                                   | x = await p;
            const p = go(); Math.max(await p);                                    | Math.max(await p);
            const p = go(); (await p).x;                                          | (await p).x;
            const p = go(); [await p];                                            | [await p];
            const p = go(); const x = 1 + await p;                                | const x = 1 + await p;
            const p = go(); await Math.max(await p);                              | await Math.max(await p);
            const p = go(); return p;                                             | return p;
            const p = go(); return Math.max(await p);                             | return Math.max(await p);
            const p = go(); if (ctx.a) { await p; } await p;                      | await p;
            const p = go(); const q = 1; await Promise.all([q, p]);               | await Promise.all([q, p]);
            const p = go(); await Promise.allSettled([p]);                        | await Promise.allSettled([p]);
            const ps = [go()]; await Promise.all(ps);                             | await Promise.all(ps);
            const ps = [go()]; await Promise.all([...ps]);                        | await Promise.all([...ps]);
            const ps = []; ps.push(go()); await Promise.all(ps);                  | await Promise.all(ps);
            const p = go().catch(() => 1); await p;                               | await p;
            try { const p = go(); await Promise.allSettled([p]); } catch { }      | await Promise.allSettled([p]);
            try { const p = go(); await p; } catch { }                            | await p;
            try { } catch { } const p = go(); await Promise.all([p]);             | await Promise.all([p]);
            """)
    void work_is_waited_for(String statements, String last) {
        AnalyzedScript source = Sliced.body(GO + statements);
        assertThat(join(source).map(join -> source.script().text(join.last()))).contains(last);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "const p = go(); if (ctx.a) await p;",
                "const p = go(); const x = ctx.a && await p;",
                "let p = go(); p = 1; await p;",
                "go();",
                "const p = go(); const q = 1; await q;",
                "const p = go(); await Promise.race([p]);",
                "const p = go(); await Promise.all(p);",
                "const p = go(); await Promise.all();",
                "const p = go(); await Promise.all([...p]);",
                "const p = go(); await Math.max([p]);",
                "const ps = [go()]; await ps;",
                "const ps = [go()]; await Promise.all([ps]);",
                "const ps = []; ps.concat(go()); await Promise.all(ps);",
                "const p = ctx.go(); const q = go(); await p;",
                "try { const p = go(); await Promise.all([p]); } catch { }",
                "const p = go(); const f = async () => { await p; };"
            })
    void nobody_surely_waits_for_work(String statements) {
        assertThat(join(Sliced.body(GO + statements))).isEmpty();
    }

    private static Optional<Join> join(AnalyzedScript source) {
        CallExpression begun = Sliced.all(source, CallExpression.class).stream()
                .filter(call -> source.script().text(call).startsWith("go()"))
                .findFirst()
                .orElseThrow();
        return Join.of(begun, source, new Parents(source.script().program()));
    }
}
