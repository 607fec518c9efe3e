package ai.fastn.camunda.bench.generate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the generator promises, and what the shrinker leaves of a program. */
class ProgramGeneratorTest {

    private static final String MANY = LongStream.range(0, 400)
            .mapToObj(seed -> ProgramGenerator.program(seed).text())
            .collect(Collectors.joining("\n"));

    @Test
    void theSameNumberGivesTheSameProgram() {
        assertThat(ProgramGenerator.program(7).text())
                .isEqualTo(ProgramGenerator.program(7).text())
                .isNotEqualTo(ProgramGenerator.program(8).text());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "if (",
                "} else if (",
                "switch (",
                "default:",
                "for (let ",
                "for (const ",
                "for (var ",
                " in ",
                " of ",
                "for await (",
                "while (",
                "do {",
                "break L",
                "continue L",
                "break;",
                "continue;",
                "try {",
                "} catch (",
                "} catch {",
                "} finally {",
                "throw new ",
                "throw null",
                "throw Object.assign",
                "return ",
                "class C",
                "#m",
                "static {",
                "static async ",
                "static m",
                "set m",
                "get m",
                "*[Symbol.iterator]()",
                "new C",
                "async function* pages",
                "function* walk",
                "yield* [",
                "yield n",
                "async function dive",
                "async function load",
                "const load",
                "function sum",
                "...n",
                "let {",
                "let [",
                " = {} }",
                "[`",
                "tag`",
                "??=",
                "||=",
                "&&=",
                "?.",
                "?? ",
                "**",
                "++",
                "typeof",
                "void ",
                "delete ",
                " in ",
                "instanceof",
                "get c()",
                "async am(",
                "m(x)",
                "...ctx",
                "]: ",
                "=> ",
                "function self(",
                "10n",
                "Symbol.for",
                "new Date(",
                "/a+/g",
                "new Map(",
                "new Set(",
                ".add(",
                ".delete(",
                "ctx.input.o = ",
                "console.log(",
                "fastn.state.set(",
                "fastn.state.get(",
                "fastn.sleep(",
                ".count()",
                ".flaky(",
                ".slow(",
                ".fail(",
                ".read(",
                ".write(",
                ".then(",
                ".catch(",
                ".finally(",
                "Promise.all([",
                "Promise.allSettled(",
                "Promise.race(",
                "Promise.any(",
                ".map(async",
                "new Promise(",
                "const q",
                "const get = () => z",
                "const { connector: {",
                "{ [Symbol.iterator]: () =>",
                "fns.push(() =>"
            })
    void theProgramsUseTheWholeLanguage(String part) {
        assertThat(MANY.contains(part)).as(part).isTrue();
    }

    @Test
    void whatDoesNotMatterIsLeftOut() {
        Tree program = ProgramGenerator.program(3);
        Tree smallest =
                Shrinker.smallest(program, smaller -> smaller.text().contains("export default"), Duration.ofMinutes(1));

        assertThat(smallest.text().lines().filter(line -> !line.isBlank()).count())
                .isLessThan(10);
    }

    @Test
    void onePartOfAnExpressionIsLeftWhereItStandsAlone() {
        Tree inner = Tree.expression("f(", Tree.expression("x"), ")");
        Tree program = Tree.lines(java.util.List.of(
                Tree.statement("a;"),
                Tree.statement("b(", Tree.expression("(1 + ", inner, ")"), ");"),
                Tree.statement("c;")));

        assertThat(Shrinker.smallest(program, smaller -> smaller.text().contains("x"), Duration.ofMinutes(1))
                        .text())
                .isEqualTo("b(x);");
    }
}
