package ai.fastn.camunda.compiler.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import ai.fastn.camunda.compiler.parse.Expression.Identifier;
import ai.fastn.camunda.compiler.parse.FunctionNode;
import ai.fastn.camunda.compiler.parse.Node;
import ai.fastn.camunda.compiler.parse.Script;
import ai.fastn.camunda.compiler.parse.Statement;
import ai.fastn.camunda.compiler.parse.StoredScripts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every name finds its variable. */
class ScopesTest {

    private static final String MAIN = "\nexport default async function main(ctx) {}";

    private static Script script(String text) {
        return StoredScripts.javaScript(text.contains("export default") ? text : text + MAIN);
    }

    private static Scopes scopes(String text) {
        return Scopes.of(script(text).program());
    }

    private static List<Identifier> namesIn(Node node, String name) {
        List<Identifier> found = new ArrayList<>();
        node.walk(below -> {
            if (below instanceof Identifier identifier && identifier.name().equals(name)) {
                found.add(identifier);
            }
            return true;
        });
        return found;
    }

    /** For every place of {@code name} the variable it means, as "kind@line of its scope"; "global" without one. */
    private static List<String> meanings(String text, String name) {
        Script script = script(text);
        Scopes scopes = Scopes.of(script.program());
        return namesIn(script.program(), name).stream()
                .map(identifier -> scopes.variableOf(identifier)
                        .map(variable -> variable.kind() + "@"
                                + script.positionOf(
                                                variable.scope().node().span().start())
                                        .line())
                        .orElse("global"))
                .toList();
    }

    private static Variable variable(String text, String name) {
        Script script = script(text);
        Scopes scopes = Scopes.of(script.program());
        return namesIn(script.program(), name).stream()
                .flatMap(identifier -> scopes.variableOf(identifier).stream())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void blocksShadow() {
        assertThat(meanings("const a = 1;\n{ const a = 2; a; }\na;", "a"))
                .containsExactly("CONST@1", "CONST@2", "CONST@2", "CONST@1");
    }

    @Test
    void varLivesInItsFunction() {
        assertThat(meanings("\nfunction f() {\n  for (;;) {\n    { var a = 1; }\n  }\n  return a;\n}\na;", "a"))
                .containsExactly("VAR@2", "VAR@2", "global");
    }

    @Test
    void functionsLiveInTheirBlock() {
        assertThat(meanings("{\n  f();\n  function f() {}\n}\nf();", "f"))
                .containsExactly("FUNCTION@1", "FUNCTION@1", "global");
    }

    @Test
    void defaultValuesOfParametersDoNotSeeTheBody() {
        assertThat(meanings("const a = 1;\n\nfunction f(b = () => a) {\n  const a = 2;\n  return a;\n}", "a"))
                .containsExactly("CONST@1", "CONST@1", "CONST@3", "CONST@3");
    }

    @Test
    void varOfTheNameOfAParameterIsTheParameter() {
        assertThat(meanings("function f(a) { var a; return a; }", "a"))
                .containsExactly("PARAMETER@1", "PARAMETER@1", "PARAMETER@1");
    }

    @Test
    void theNameOfAFunctionExpressionIsKnownInsideOnly() {
        assertThat(meanings("const g = function f() { return f; };\nf;", "f"))
                .containsExactly("FUNCTION_NAME@1", "FUNCTION_NAME@1", "global");
    }

    @Test
    void aClassHasItsNameInsideAndOutside() {
        assertThat(meanings("\nclass A {\n  m() { return A; }\n}\nA;", "A"))
                .containsExactly("CLASS@1", "CLASS_NAME@2", "CLASS@1");
    }

    @Test
    void catchLoopAndSwitchHaveScopes() {
        String text = """
                const a = 0;
                try {} catch (a) { a; }
                for (const a of [a]) { a; }
                for (let a = 0; a < 1; a++) { let a; }
                switch (a) {
                  case a: let a;
                }
                """;
        assertThat(meanings(text, "a"))
                .containsExactly(
                        "CONST@1", "CATCH@2", "CATCH@2", "CONST@3", "CONST@3", "CONST@3", "LET@4", "LET@4", "LET@4",
                        "LET@4", "CONST@1", "LET@5", "LET@5");
    }

    @Test
    void wordsThatMeanNoVariableHaveNone() {
        Scopes scopes = scopes(
                "const o = { a: 1, b() {} };\na1: for (;;) break a1;\no.c; o?.d;\nclass K { e = 1; f() {} }\nnew.target;"
                        .replace("new.target;", ""));
        assertThat(scopes.globals()).isEmpty();
        assertThat(scopes("({ a, [b]: c } = d)").globals()).containsExactly("a", "b", "c", "d");
    }

    @Test
    void argumentsBelongToTheNearestFunctionThatIsNoArrow() {
        assertThat(meanings("function f() { return () => arguments; }", "arguments"))
                .containsExactly("ARGUMENTS@1");
        assertThat(meanings("const f = () => arguments;", "arguments")).containsExactly("global");
    }

    @Test
    void exportsAreReads() {
        Variable variable = variable("const a = 1;\nexport { a as b };", "a");
        assertThat(variable.references()).hasSize(1).allMatch(Reference::isRead);
    }

    @ParameterizedTest
    @CsvSource({
        "a;, true, false",
        "a = 1;, false, true",
        "a += 1;, true, true",
        "a++;, true, true",
        "[a] = [1];, false, true",
        "({ a = 2 } = {});, false, true",
        "({ ...a } = {});, false, true",
        "for (a of []) {}, false, true",
        "for ({ a } of []) {}, false, true",
        "a.b = 1;, true, false",
        "a.b++;, true, false",
        "delete a.b;, true, false",
        "typeof a;, true, false",
        "`${a}`;, true, false",
        "({ a });, true, false",
        "(() => a)();, true, false"
    })
    void readsAndWritesAreTold(String use, boolean read, boolean write) {
        Reference reference = variable("let a;\n" + use, "a").references().get(0);
        assertThat(List.of(reference.isRead(), reference.isWrite())).containsExactly(read, write);
    }

    @Test
    void capturedMeansUsedByANestedFunction() {
        assertThat(variable("let a; { a; }", "a").isCaptured()).isFalse();
        assertThat(variable("let a; { () => { a; } }", "a").isCaptured()).isTrue();
        assertThat(variable("let a; class B { c = a; }", "a").isCaptured()).isTrue();
        assertThat(variable("let a; class B { [a]() {} }", "a").isCaptured()).isFalse();
        assertThat(variable("function f(a, b = () => a) {}", "a").isCaptured()).isTrue();
        assertThat(variable("function f(a) { return a; }", "a").isCaptured()).isFalse();
    }

    @Test
    void reassignedMeansMoreThanOneValue() {
        assertThat(variable("const a = 1; a;", "a").isReassigned()).isFalse();
        assertThat(variable("let a; a = 1;", "a").isReassigned()).isTrue();
        assertThat(variable("var a = 1; var a = 2;", "a").isReassigned()).isTrue();
        assertThat(variable("function f() { function a() {} var a = 1; }", "a").isReassigned())
                .isTrue();
        assertThat(variable("for (const a of []) a;", "a").isReassigned()).isFalse();
    }

    @Test
    void variablesOfALoopAreInIt() {
        assertThat(variable("for (const a of []) {}", "a").isInLoop()).isTrue();
        assertThat(variable("while (1) { if (1) { let a; } }", "a").isInLoop()).isTrue();
        assertThat(variable("while (1) { var a; }", "a").isInLoop()).isFalse();
        assertThat(variable("while (1) { (() => { let a; })(); }", "a").isInLoop())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a; let a = 1;",
                "let a = a;",
                "{ (() => a)(); } let a = 1;",
                "function f() { return a; } f(); let a = 1;",
                "g(); let a = 1; function f() { return a; } function g() { f(); }",
                "const f = () => a; f(); let a = 1;",
                "switch (1) { case 1: let a = 1; break; default: a; }",
                "for (const a of [a]) {}",
                "new A(); class A {}",
                "use(f); function f() { a; } const a = 1;",
                "let f = () => a; f = f; let a = 1;"
            })
    void usesThatMayComeTooEarlyAreSeen(String text) {
        assertThat(variable(text, text.contains("class A") ? "A" : "a").needsTdzCheck())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "let a = 1; a;",
                "var b = a; var a = 1;",
                "function f() { return a; } let a = 1; f();",
                "let a = 1; function f() { return a; }",
                "f(); function f() {} let a = 1; () => a;",
                "const f = () => a; const a = 1; f();",
                "export default async function main(ctx) { return a(); } const a = () => 1;",
                "export default async (ctx) => a(); const a = () => 1;",
                "const main = async () => a(); const a = () => b(); const b = () => 1; export default main;",
                "switch (1) { case 1: { let a = 1; a; } default: }",
                "switch (1) { case 1: let a = 1; a; break; default: }",
                "for (let a = 0; a < 1; a++) a;"
            })
    void usesThatAlwaysComeLateNeedNoCheck(String text) {
        assertThat(variable(text, "a").needsTdzCheck()).isFalse();
    }

    @Test
    void freeVariablesAreThoseOfTheSurroundings() {
        Script script =
                script("let a, b; const f = function g(c) { let d; return () => a + c + d + g() + Math.max(b); };");
        Scopes scopes = Scopes.of(script.program());
        Map<String, List<String>> free = new TreeMap<>();
        script.program().walk(node -> {
            if (node instanceof FunctionNode function && !(node instanceof Statement.FunctionDeclaration)) {
                free.put(
                        function.isArrow() ? "arrow" : "function",
                        scopes.freeVariables(function).stream()
                                .map(Variable::name)
                                .toList());
            }
            return true;
        });
        assertThat(free).isEqualTo(Map.of("arrow", List.of("a", "c", "d", "g", "b"), "function", List.of("a", "b")));
    }

    @Test
    void aFunctionDeclaresItsParametersAndItsBody() {
        Script script =
                script("export default async function main({ input, ...rest }, [x] = []) { let a; { let b; } var c; }");
        FunctionNode main = (FunctionNode) script.program().defaultExport().orElseThrow();
        assertThat(Scopes.of(script.program()).declaredIn(main))
                .extracting(Variable::name)
                .containsExactly("input", "rest", "x", "a", "c");
    }

    @Test
    void whatTheSandboxLacksIsNoMistakeWhenAskedForFirst() {
        Script asked = script("const p = typeof process === 'undefined' ? {} : process.env;");
        assertThat(SandboxRules.check(asked, Scopes.of(asked.program()))).isEmpty();
        Script own = script(
                "const require = (name) => name; require('x'); const eval2 = 1; function Buffer() {} new Buffer();");
        assertThat(SandboxRules.check(own, Scopes.of(own.program()))).isEmpty();
    }
}
