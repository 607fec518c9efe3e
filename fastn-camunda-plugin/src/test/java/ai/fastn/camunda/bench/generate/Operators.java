package ai.fastn.camunda.bench.generate;

import static ai.fastn.camunda.bench.generate.Chance.way;
import static ai.fastn.camunda.bench.generate.Tree.expression;
import static ai.fastn.camunda.bench.generate.Tree.items;
import static ai.fastn.camunda.bench.generate.Tree.phrase;

import ai.fastn.camunda.bench.generate.Grammar.Helper.Kind;
import java.util.ArrayList;
import java.util.List;

/** What makes a value of each type out of others. */
final class Operators {

    private final Grammar grammar;
    private final Chance chance;

    Operators(Grammar grammar) {
        this.grammar = grammar;
        this.chance = grammar.chance;
    }

    Tree of(Type type, Place place) {
        return switch (type) {
            case NUMBER -> number(place);
            case TEXT -> text(place);
            case FLAG -> flag(place);
            case LIST -> list(place);
            case OBJECT -> object(place);
            case PROMISE -> grammar.promises.promise(place);
            case CLOSURE -> closure(place);
            case ERROR -> expression("new ", errorClass(), "(", part(Type.TEXT, place), ")");
        };
    }

    String errorClass() {
        return chance.oneOf("Error", "TypeError", "RangeError");
    }

    private Tree part(Type type, Place place) {
        return grammar.of(type, place);
    }

    private Tree number(Place place) {
        return chance.take(
                way(
                        4,
                        () -> expression(
                                "(",
                                part(Type.NUMBER, place),
                                chance.oneOf(" + ", " - ", " * ", " % ", " | ", " ** 1 + "),
                                part(Type.NUMBER, place),
                                ")")),
                way(1, () -> expression("(", chance.oneOf("-", "+", "~"), part(Type.NUMBER, place), ")")),
                way(1, () -> expression("(+", part(Type.TEXT, place), ")")),
                way(2, () -> expression(part(Type.LIST, place), "[", part(Type.NUMBER, place), "]")),
                way(
                        2,
                        () -> expression(
                                part(Type.LIST, place),
                                chance.oneOf(".length", ".at(-1)", "?.[0]", ".findLast((x) => x > 1)"))),
                way(2, () -> expression(part(Type.OBJECT, place), chance.oneOf(".a", "?.a", "['a']", ".b?.length"))),
                way(1, () -> expression(part(Type.OBJECT, place), "[", part(Type.TEXT, place), "]")),
                way(1, () -> expression(part(Type.TEXT, place), ".length")),
                way(2, () -> stepped(place)),
                way(2, () -> compound(place)),
                way(1, () -> expression("Math.max(", items(some(Type.NUMBER, place, 0, 3)), ")")),
                way(1, () -> expression("Math.min(...", part(Type.LIST, place), ", ", part(Type.NUMBER, place), ")")),
                way(2, () -> grammar.functions.call(Kind.SYNC, place)),
                way(1, () -> reduced(place)),
                way(
                        1,
                        () -> expression(
                                chance.oneOf("new Date(", "new Number("), part(Type.NUMBER, place), ").valueOf()")),
                way(1, () -> expression("Number(BigInt(", part(Type.LIST, place), ".length) * 10n)")),
                way(
                        1,
                        () -> expression(
                                "new Map([['x', ",
                                part(Type.NUMBER, place),
                                "], [",
                                part(Type.TEXT, place),
                                ", 3]]).get('x')")),
                way(1, () -> expression(part(Type.CLOSURE, place), "()")),
                way(2, () -> grammar.functions.generated(place, "[...", "][0]")));
    }

    private Tree stepped(Place place) {
        return place.scope()
                .assignable(chance, Type.NUMBER)
                .map(name -> chance.percent(50)
                        ? expression("(", name.text(), chance.oneOf("++)", "--)"))
                        : expression("(", chance.oneOf("++", "--"), name.text(), ")"))
                .orElseGet(() -> expression("({ a: ", part(Type.NUMBER, place), " }).a++"));
    }

    private Tree compound(Place place) {
        return place.scope()
                .assignable(chance, Type.NUMBER)
                .map(name -> expression(
                        "(",
                        name.text(),
                        chance.oneOf(" += ", " -= ", " *= ", " %= "),
                        part(Type.NUMBER, name.isMember() ? place.quiet() : place),
                        ")"))
                .orElseGet(() -> grammar.expressions.simple(Type.NUMBER, place));
    }

    private Tree reduced(Place place) {
        Place callback = place.quiet().block();
        Scope.Name item = grammar.freshName(Type.NUMBER, true);
        Scope.Name sum = grammar.freshName(Type.NUMBER, true);
        callback.scope().declare(item);
        callback.scope().declare(sum);
        return expression(
                part(Type.LIST, place),
                ".reduce((",
                sum.text(),
                ", ",
                item.text(),
                ") => ",
                part(Type.NUMBER, callback),
                ", ",
                part(Type.NUMBER, place),
                ")");
    }

    List<Tree> some(Type type, Place place, int least, int most) {
        List<Tree> found = new ArrayList<>();
        for (int i = chance.between(least, most); i > 0; i--) {
            found.add(part(type, place));
        }
        return found;
    }

    private Tree text(Place place) {
        return chance.take(
                way(
                        3,
                        () -> expression(
                                "`",
                                chance.oneOf("", "x", "\\n"),
                                "${",
                                part(Type.NUMBER, place),
                                "}-${",
                                part(chance.oneOf(Type.TEXT, Type.LIST, Type.FLAG), place),
                                "}`")),
                way(
                        2,
                        () -> expression(
                                "(",
                                part(Type.TEXT, place),
                                " + ",
                                part(chance.oneOf(Type.TEXT, Type.NUMBER), place),
                                ")")),
                way(1, () -> expression("(typeof ", part(chance.oneOf(Type.values()), place.quiet()), ")")),
                way(1, () -> expression("String(", part(Type.NUMBER, place), ")")),
                way(1, () -> expression(part(Type.LIST, place), ".join(", part(Type.TEXT, place), ")")),
                way(1, () -> expression("tag`x${", part(Type.NUMBER, place), "}y${", part(Type.TEXT, place), "}`")),
                way(1, () -> expression("JSON.stringify(", part(Type.OBJECT, place), ")")),
                way(
                        1,
                        () -> expression(
                                part(Type.TEXT, place),
                                chance.oneOf(
                                        ".toUpperCase()",
                                        ".slice(1)",
                                        "?.trim()",
                                        ".padEnd(3, '.')",
                                        ".replace(/a/g, 'A')",
                                        ".at(0)"))),
                way(1, () -> expression(part(Type.OBJECT, place), chance.oneOf(".b", "?.b", "?.['b']"))),
                way(1, () -> expression("(void ", part(Type.NUMBER, place), ", ", part(Type.TEXT, place), ")")),
                way(
                        1,
                        () -> place.scope()
                                .any(chance, Type.ERROR)
                                .map(e -> expression(
                                        e.text(), chance.oneOf("?.message", "?.name", "?.constructor?.name")))
                                .orElseGet(() -> expression("Object.keys(", part(Type.OBJECT, place), ").join()"))));
    }

    private Tree flag(Place place) {
        return chance.take(
                way(
                        3,
                        () -> expression(
                                "(",
                                part(Type.NUMBER, place),
                                chance.oneOf(" < ", " > ", " <= ", " >= ", " === ", " !== ", " == "),
                                part(Type.NUMBER, place),
                                ")")),
                way(
                        1,
                        () -> expression(
                                "(",
                                part(Type.TEXT, place),
                                chance.oneOf(" === ", " < "),
                                part(Type.TEXT, place),
                                ")")),
                way(2, () -> expression("!", part(chance.oneOf(Type.FLAG, Type.NUMBER, Type.TEXT), place))),
                way(
                        3,
                        () -> expression(
                                "(",
                                part(Type.FLAG, place),
                                chance.oneOf(" && ", " || "),
                                part(Type.FLAG, place),
                                ")")),
                way(1, () -> expression("(", part(Type.TEXT, place), " in ", part(Type.OBJECT, place), ")")),
                way(1, () -> expression("(", part(Type.LIST, place), " instanceof Array)")),
                way(1, () -> expression("(delete ", part(Type.OBJECT, place), ".a)")),
                way(1, () -> expression("(", part(Type.FLAG, place), ", ", part(Type.FLAG, place), ")")),
                way(1, () -> expression("new Set(", part(Type.LIST, place), ").has(", part(Type.NUMBER, place), ")")),
                way(
                        1,
                        () -> expression(
                                part(Type.LIST, place),
                                ".",
                                chance.oneOf("some", "every"),
                                "((x) => x > ",
                                part(Type.NUMBER, place.quiet()),
                                ")")));
    }

    private Tree list(Place place) {
        return chance.take(
                way(4, () -> expression("[", items(some(Type.NUMBER, place, 1, 3)), "]")),
                way(2, () -> expression("[...", part(Type.LIST, place), ", ", part(Type.NUMBER, place), "]")),
                way(2, () -> mapped(place)),
                way(
                        1,
                        () -> expression(
                                part(Type.LIST, place),
                                chance.oneOf(
                                        ".filter((x) => x)",
                                        ".slice(0, 2)",
                                        ".toReversed()",
                                        ".concat([4])",
                                        ".flatMap((x) => [x, x])"))),
                way(1, () -> expression("[...new Set(", part(Type.LIST, place), ")]")),
                way(
                        1,
                        () -> expression(
                                "Array.from({ length: 2 }, (_, i) => i + ", part(Type.NUMBER, place.quiet()), ")")),
                way(1, () -> expression("Object.values(", part(Type.OBJECT, place), ")")),
                way(1, () -> grammar.functions.generated(place, "[...", "]")));
    }

    private Tree mapped(Place place) {
        Place callback = place.quiet().block();
        Scope.Name item = grammar.freshName(Type.NUMBER, true);
        callback.scope().declare(item);
        return expression(part(Type.LIST, place), ".map((", item.text(), ") => ", part(Type.NUMBER, callback), ")");
    }

    private Tree object(Place place) {
        boolean functions = chance.percent(30);
        List<Tree> members = new ArrayList<>();
        members.add(phrase("a: ", part(Type.NUMBER, place)));
        for (int i = chance.between(0, 3); i > 0; i--) {
            members.add(functions && chance.percent(50) ? function(place) : member(place));
        }
        return expression("({ ", items(members), " })");
    }

    private Tree member(Place place) {
        return chance.take(
                way(3, () -> phrase("b: ", part(Type.TEXT, place))),
                way(1, () -> phrase("a: ", part(Type.NUMBER, place))),
                way(2, () -> phrase("[", part(Type.TEXT, place), "]: ", part(Type.NUMBER, place))),
                way(2, () -> phrase("...", part(Type.OBJECT, place))),
                way(
                        1,
                        () -> phrase(
                                grammar.fresh("k"),
                                ": ",
                                chance.oneOf(
                                        "10n",
                                        "Symbol.for('s')",
                                        "new Date(86400000)",
                                        "/a+/g",
                                        "null",
                                        "undefined",
                                        "new Map([[1, { a: 1 }]])",
                                        "[, 1]"))));
    }

    private Tree function(Place place) {
        return chance.take(
                way(1, () -> phrase("get c() { return ", part(Type.NUMBER, place.quiet()), " }")),
                way(1, () -> phrase("m(x) { return x + ", part(Type.NUMBER, place.quiet()), " }")),
                way(1, () -> phrase("async am(x) { return ", part(Type.NUMBER, place.quiet()), " }")),
                way(1, () -> phrase("f: () => ", part(Type.NUMBER, place.quiet()))));
    }

    private Tree closure(Place place) {
        return chance.take(
                way(3, () -> expression("(() => ", part(Type.NUMBER, place.quiet()), ")")),
                way(1, () -> expression("(function () { return ", part(Type.NUMBER, place.quiet()), " })")),
                way(
                        1,
                        () -> expression(
                                "(function self(d = 2) { return d > 0 ? self(d - 1) + 1 : ",
                                part(Type.NUMBER, place.quiet()),
                                " })")),
                way(
                        1,
                        () -> expression(
                                "((x) => () => x + ",
                                part(Type.NUMBER, place.quiet()),
                                ")(",
                                part(Type.NUMBER, place),
                                ")")));
    }
}
