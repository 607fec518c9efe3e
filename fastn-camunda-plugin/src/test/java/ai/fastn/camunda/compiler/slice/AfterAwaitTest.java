package ai.fastn.camunda.compiler.slice;

import static org.assertj.core.api.Assertions.assertThat;

import ai.fastn.camunda.compiler.analyze.AnalyzedScript;
import ai.fastn.camunda.compiler.parse.Expression;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an async function does behind its first {@code await} is noticed by others, or is nobody's business. */
class AfterAwaitTest {

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "const a = await f(); return f(a);",
                "await f(); new Map();",
                "await f(); outer = 1;",
                "await f(); ctx.a = 1;",
                "await f(); ctx.a++;",
                "await f(); `${1}`; f`text`;",
                "await f(); throw 1;",
                "await f(); delete ctx.a;",
                "await f(); await 1;",
                "await f(); const mine = () => 1; if (ctx.a) { while (ctx.b) { outer = mine; } }",
                "try { await f(); } catch { outer = 1; }",
                "try { await f(); } finally { f(); }",
                "while (ctx.a) { await f(); }",
                "for await (const x of ctx.xs) { }",
                "do { for await (const x of ctx.xs) { } } while (ctx.a);",
            })
    void others_notice_it(String statements) {
        assertThat(isVisible(statements)).isTrue();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "f(); outer = 1;",
                "f(); return await f();",
                "for (const x of ctx.xs) { f(x); } return await f();",
                "try { f(); } catch { outer = 1; } await f();",
                "try { return await f(); } catch { return 1; } finally { }",
                "let own; own = await f(); own = own.a; return own;",
                "const a = await f(); let own; { own = a; } return { ...own, not: !a, type: typeof a };",
                "const a = await f(); return () => { f(a); outer = a; };",
                "const later = async () => { await f(); f(); }; outer = later;",
                "const a = await f(); while (ctx.a) { if (a) break; }",
            })
    void nobody_notices_it(String statements) {
        assertThat(isVisible(statements)).isFalse();
    }

    private static boolean isVisible(String statements) {
        AnalyzedScript source =
                Sliced.body("let outer; const f = (...all) => all; const work = async () => { " + statements + " };");
        Expression.ArrowFunctionExpression work = Sliced.all(source, Expression.ArrowFunctionExpression.class).stream()
                .filter(Expression.ArrowFunctionExpression::async)
                .findFirst()
                .orElseThrow();
        return new AfterAwait(work, source).isVisible();
    }
}
