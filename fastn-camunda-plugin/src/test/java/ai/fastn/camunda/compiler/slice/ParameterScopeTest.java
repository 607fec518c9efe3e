package ai.fastn.camunda.compiler.slice;

import static org.assertj.core.api.Assertions.assertThat;

import ai.fastn.camunda.compiler.analyze.AnalyzedScript;
import ai.fastn.camunda.compiler.parse.FunctionNode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A scope of parameters shows when assigning them one after the other would say something else. */
class ParameterScopeTest {

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "(a = b, b) => a",
                "(a = a) => a",
                "(a = b.c, b) => a",
                "(a = ctx[b], b) => a",
                "(a = { b: b }, b) => a",
                "(a = { [b]: 1 }, b) => a",
                "({ x = b }, b) => x",
                "([x = b], b) => x",
                "({ k: { x = b } }, b) => x",
                "(a = () => a) => a",
                "(a, f = () => a) => { var a; return f; }",
                "(a, f = () => a) => { var { x, a } = {}; return f; }",
                "(a, f = class { m() { return a; } }) => { var a; return f; }"
            })
    void scope_shows(String function) {
        assertThat(shows(function)).isTrue();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "(a, b) => a",
                "(a, b = a) => b",
                "(a = ctx.b, b) => a",
                "(a = { b: 1 }, b) => a",
                "({ b: a }, c = a) => c",
                "({ b: a = 1 }, c = a) => c",
                "(a, f = () => a) => { var b; return f; }",
                "(a, f = () => a) => { let b = 1; { let a; } return f; }",
                "(a, f = () => a) => () => { var a; return f; }",
                "(a, f = 1) => { var a; return f; }"
            })
    void scope_does_not_show(String function) {
        assertThat(shows(function)).isFalse();
    }

    private static boolean shows(String function) {
        AnalyzedScript source = Sliced.program("const f = " + function + ";\nexport default async function (ctx) {}");
        return ParameterScope.shows(Sliced.all(source, FunctionNode.class).get(0));
    }
}
