package ai.fastn.camunda.compiler.slice;

import static org.assertj.core.api.Assertions.assertThat;

import ai.fastn.camunda.compiler.analyze.AnalyzedScript;
import ai.fastn.camunda.compiler.parse.Expression.CallExpression;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A callee is called in an error as the engine calls it. */
class CalleeTextTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            f()                  | f
            this.f()             | this.f
            o.a.f()              | o.a.f
            o[k]()               | o[k]
            o["k"]()             | o["k"]
            o[1]()               | o[1]
            o[-1]()              | o[-1]
            o[-k]()              | o[(-k)]
            o[!k]()              | o[(!k)]
            o[typeof k]()        | o[(typeof k)]
            o[a + 1]()           | o[(a + 1)]
            o[a && b]()          | o[(a && b)]
            o[null]()            | o[null]
            o[true]()            | o[true]
            o[/x/]()             | o[(intermediate value)]
            g()()                | g(...)
            o?.f()               | (intermediate value)
            g?.()()              | (intermediate value)
            (() => 1)()          | (intermediate value)
            """)
    void callee_is_shown(String call, String shown) {
        AnalyzedScript source = Sliced.body("let f, g, o, k, a, b;\n" + call + ";");
        CallExpression outermost = Sliced.all(source, CallExpression.class).get(0);
        assertThat(CalleeText.of(outermost.callee(), source.script())).isEqualTo(shown);
    }
}
