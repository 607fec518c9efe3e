package ai.fastn.camunda.compiler.parse;

import static ai.fastn.camunda.compiler.parse.ParserFixture.javaScript;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The parser's JSON becomes records, for every type of node. */
class SyntaxTreeTest {

    private static final String EVERYTHING = """
            const [a, , { b: c = 1, ...d }, ...e] = [1, , ...[2]], n = null, t = true, s = "s", i = 10n, r = /x/gi;
            let { [`k${a}`]: f } = {}, g;
            var h = async function* named(x, { y } = {}, [z] = [], ...rest) { yield x; yield* y; await z; debugger; ; };
            class Base {}
            class Derived extends Base {
              static #count = 0; field; ["computed"] = 1;
              static { Derived.#count++; }
              constructor() { super(); super.m?.(); new.target; }
              get value() { return this.#secret; }
              set value(v) { this.#secret = v; }
              #secret = 1;
              static async *m() { return #secret in this; }
            }
            h = class {};
            function helper() { "use strict"; throw new Error(`a${1}b`, { cause: String.raw`\\u` }); }
            outer: for (const k in d) { if (k) continue outer; else break outer; }
            for (let j = 0, m; j < 3; j++) ;
            for (g of e) {}
            for ({ f } of e) {}
            while (!t) { do { g ||= typeof a, void 0; } while (false); }
            switch (a) { case 1: break; default: }
            try { helper(); } catch { g = c ? -a : +a; } finally { delete d.x, t && s; }
            try {} catch ({ message }) {}
            [g.x, g[0], [f = 1]] = [a?.b?.[c]?.(d), i ** 2n, (x) => ({ x, get y() { return 1 }, set y(v) {}, m() {}, [x]: 1, ...x })];
            export { a, b as "string name" }; export const last = async () => {};
            var b;
            export default async function main(ctx) { return await ctx; }
            """;

    @Test
    void everyTypeOfNodeIsRead() {
        Set<String> found = new TreeSet<>();
        everything(name -> found.add(name.getClass().getSimpleName()));
        assertThat(found).isEqualTo(allowedInAWorkflow());
    }

    /** All record types but those that a workflow may not have, see ModuleRules. */
    private static Set<String> allowedInAWorkflow() {
        Set<String> names = new TreeSet<>();
        collect(Node.class, names);
        names.removeAll(Set.of(
                "ImportDeclaration",
                "ImportSpecifier",
                "ImportDefaultSpecifier",
                "ImportNamespaceSpecifier",
                "ImportExpression",
                "ExportAllDeclaration"));
        return names;
    }

    private static void collect(Class<?> type, Set<String> names) {
        if (type.isSealed()) {
            for (Class<?> permitted : type.getPermittedSubclasses()) {
                collect(permitted, names);
            }
        } else {
            names.add(type.getSimpleName());
        }
    }

    private interface Visitor {
        void visit(Node node);
    }

    private static Script everything(Visitor visitor) {
        Script script = javaScript(EVERYTHING);
        script.program().walk(node -> {
            visitor.visit(node);
            return true;
        });
        return script;
    }

    @Test
    void childrenLieInsideTheirParentInTheOrderOfTheText() {
        everything(node -> {
            int from = node.span().start();
            for (Node child : node.children()) {
                boolean again = child.span().start() < from && isShorthand(node);
                assertThat(again || child.span().start() >= from)
                        .as("%s in %s", child, node)
                        .isTrue();
                assertThat(child.span().end())
                        .as("%s in %s", child, node)
                        .isLessThanOrEqualTo(node.span().end());
                from = child.span().end();
            }
        });
    }

    private static boolean isShorthand(Node node) {
        return (node instanceof Part.Property property && property.shorthand())
                || (node instanceof Part.AssignmentProperty pattern && pattern.shorthand())
                || node instanceof Part.ExportSpecifier;
    }

    @Test
    void theTextOfANameIsTheName() {
        Set<String> names = new LinkedHashSet<>();
        Script script = javaScript(EVERYTHING);
        script.program().walk(node -> {
            if (node instanceof Expression.Identifier name) {
                assertThat(script.text(name)).isEqualTo(name.name());
                names.add(name.name());
            }
            return true;
        });
        assertThat(names).contains("a", "d", "named", "rest", "outer", "message", "main", "ctx");
    }

    @Test
    void literalsKeepTheirKind() {
        assertThat(literals("x(null, true, 1.50, 's\\n', 10n, /a[/]b/gi, 1e999, 0x10)"))
                .extracting(literal -> literal.kind() + " " + literal.value())
                .containsExactly(
                        "NULL null",
                        "BOOLEAN true",
                        "NUMBER 1.50",
                        "STRING s\n",
                        "BIGINT 10",
                        "REGEXP a[/]b",
                        "NUMBER 1e999",
                        "NUMBER 0x10");
    }

    private static List<Expression.Literal> literals(String expression) {
        List<Expression.Literal> literals = new ArrayList<>();
        javaScript("export default (x) => " + expression).program().walk(node -> {
            if (node instanceof Expression.Literal literal) {
                literals.add(literal);
            }
            return true;
        });
        return literals;
    }

    @Test
    void templatesKeepBothFormsOfTheirText() {
        Node body = ((FunctionNode) javaScript("export default (x) => x`a\\n${1}\\u`")
                        .program()
                        .defaultExport()
                        .orElseThrow())
                .body();
        List<Part.TemplateElement> quasis =
                ((Expression.TaggedTemplateExpression) body).quasi().quasis();
        assertThat(quasis).extracting(Part.TemplateElement::raw).containsExactly("a\\n", "\\u");
        assertThat(quasis).extracting(Part.TemplateElement::cooked).containsExactly("a\n", null);
    }

    @Test
    void aMissingElementStandsBehindTheOneBefore() {
        Node body = ((FunctionNode) javaScript("export default () => [1, , 2]")
                        .program()
                        .defaultExport()
                        .orElseThrow())
                .body();
        Expression hole = ((Expression.ArrayExpression) body).elements().get(1);
        assertThat(hole).isInstanceOf(Expression.Hole.class);
        assertThat(hole.span().length()).isZero();
    }
}
