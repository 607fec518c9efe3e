package ai.fastn.camunda.bench.generate;

import static ai.fastn.camunda.bench.generate.Chance.way;
import static ai.fastn.camunda.bench.generate.Tree.phrase;
import static ai.fastn.camunda.bench.generate.Tree.statement;

import ai.fastn.camunda.bench.generate.Grammar.Helper.Kind;

/** Loops that end: each has a bound that the code inside can not move away. */
final class Loops {

    private final Grammar grammar;
    private final Chance chance;

    Loops(Grammar grammar) {
        this.grammar = grammar;
        this.chance = grammar.chance;
    }

    /** A loop of any kind, with a label or without. */
    Tree loop(Place place) {
        String label = chance.percent(30) ? grammar.fresh("L") : "";
        Tree loop = chance.take(
                way(5, () -> counted(place, label)),
                way(7, () -> over(place, label)),
                way(2, () -> keys(place, label)),
                way(4, () -> whileTrue(place, label)),
                way(3, () -> doWhile(place, label)),
                way(2, () -> growing(place, label)),
                way(2, () -> closing(place, label)),
                way(3, place.awaits(), () -> awaited(place, label)));
        return label.isEmpty() ? loop : statement(label, ": ", loop);
    }

    private Tree part(Type type, Place place) {
        return grammar.of(type, place);
    }

    private Tree body(Place inner) {
        return grammar.statements.block(inner, 1, 3);
    }

    private Tree counted(Place place, String label) {
        int rounds = chance.between(1, 3);
        Place inner = place.loop(label, rounds);
        Scope.Name counter = grammar.freshName(Type.NUMBER, false);
        inner.scope().declare(counter);
        String i = counter.text();
        return chance.take(
                way(
                        4,
                        () -> statement(
                                "for (let " + i + " = 0; " + i + " < " + rounds + "; " + i + "++) ", body(inner))),
                way(
                        2,
                        () -> statement(
                                "for (let " + i + " = 0; " + i + " < " + rounds + " && ",
                                part(Type.FLAG, inner),
                                "; " + i + "++) ",
                                body(inner))),
                way(
                        1,
                        () -> statement(
                                "for (let " + i + " = 0; ; " + i + "++) {\nif (" + i + " >= " + rounds + ") break;\n",
                                grammar.statements.some(inner, 1, 3),
                                "\n}")),
                way(
                        1,
                        () -> statement(
                                "for (let " + i + " = " + rounds + ", j = ",
                                part(Type.NUMBER, place),
                                "; " + i + "-- > 0; j += 1) {\nfns.push(() => j);\n",
                                grammar.statements.some(inner, 1, 3),
                                "\n}")),
                way(
                        1,
                        () -> statement(
                                "for (var " + i + " = 0; " + i + " < " + rounds + "; " + i + " += 1) ", body(inner))));
    }

    private Tree over(Place place, String label) {
        Place inner = place.loop(label, 3);
        boolean changes = chance.percent(30);
        Scope.Name item = grammar.freshName(Type.NUMBER, changes);
        Tree values = chance.take(
                way(4, () -> phrase(part(Type.LIST, place), ".slice(0, 3)")),
                way(2, () -> phrase("new Set(", part(Type.LIST, place), ".slice(0, 3))")),
                way(1, () -> phrase("new Map([[1, ", part(Type.NUMBER, place), "], [2, 5]]).values()")),
                way(1, () -> phrase("[", part(Type.NUMBER, place), ", ", part(Type.NUMBER, place), "]")),
                way(2, () -> phrase(grammar.functions.pending(Kind.GENERATOR, place, "[1, 2].values()"))));
        inner.scope().declare(item);
        return chance.take(
                way(
                        6,
                        () -> statement(
                                "for (" + (changes ? chance.oneOf("let ", "let ", "var ") : "const ") + item.text()
                                        + " of ",
                                values,
                                ") ",
                                statements(inner, item))),
                way(
                        1,
                        () -> statement(
                                "for (let [k, " + item.text() + " = ",
                                part(Type.NUMBER, place),
                                "] of Object.entries(",
                                part(Type.OBJECT, place),
                                ").slice(0, 3)) ",
                                statements(inner, item))));
    }

    /** A body that sometimes keeps a closure over the loop's variable. */
    private Tree statements(Place inner, Scope.Name item) {
        return chance.percent(30)
                ? phrase("{\nfns.push(() => " + item.text() + ");\n", grammar.statements.some(inner, 1, 3), "\n}")
                : body(inner);
    }

    private Tree keys(Place place, String label) {
        Place inner = place.loop(label, 3);
        Scope.Name key = grammar.freshName(Type.TEXT, false);
        Tree object = chance.take(
                way(2, () -> part(Type.OBJECT, place)), way(1, () -> phrase(part(Type.LIST, place), ".slice(0, 3)")));
        inner.scope().declare(key);
        return statement("for (const " + key.text() + " in ", object, ") ", body(inner));
    }

    private Tree whileTrue(Place place, String label) {
        int rounds = chance.between(1, 3);
        String fuel = grammar.fresh("w");
        Place inner = place.loop(label, rounds);
        Tree loop = chance.take(
                way(2, () -> statement("while (" + fuel + "-- > 0) ", body(inner))),
                way(3, () -> statement("while (" + fuel + "-- > 0 && ", part(Type.FLAG, inner), ") ", body(inner))),
                way(
                        1,
                        () -> statement(
                                "while (true) {\nif (" + fuel + "-- <= 0) break;\n",
                                grammar.statements.some(inner, 1, 3),
                                "\n}")));
        return fuelled(label, fuel, rounds, loop);
    }

    private Tree doWhile(Place place, String label) {
        int rounds = chance.between(1, 3);
        String fuel = grammar.fresh("w");
        Place inner = place.loop(label, rounds);
        return fuelled(
                label,
                fuel,
                rounds,
                statement(
                        "do ",
                        body(inner),
                        " while (--" + fuel + " > 0 && ",
                        part(Type.FLAG, place.loop(label, rounds)),
                        ");"));
    }

    /** A label must stand right before its loop: the counter is then declared by the first of two loops. */
    private static Tree fuelled(String label, String fuel, int rounds, Tree loop) {
        return label.isEmpty()
                ? statement("let " + fuel + " = " + rounds + ";\n", loop)
                : statement("for (let " + fuel + " = " + rounds + "; " + fuel + " > 0; " + fuel + "--) ", loop);
    }

    /** A collection that changes while it is walked through. */
    private Tree growing(Place place, String label) {
        Place inner = place.loop(label, 4);
        Scope.Name item = grammar.freshName(Type.NUMBER, true);
        inner.scope().declare(item);
        String x = item.text();
        String all = grammar.fresh("s");
        return chance.take(
                way(
                        1,
                        () -> statement(
                                "for (const " + all + " = new Set([1, 2]), it = [0]; it.length; it.pop()) for (const "
                                        + x + " of " + all + ") {\nif (" + all + ".size < 4) " + all + ".add(" + x
                                        + " + 2);\n",
                                grammar.statements.some(inner, 1, 3),
                                "\n}")),
                way(
                        1,
                        () -> statement(
                                "for (const " + all
                                        + " = new Map([[1, 1], [2, 2], [3, 3]]), it = [0]; it.length; it.pop()) for (const ["
                                        + x + "] of " + all + ") {\n" + all + ".delete(" + x + " + 1);\n",
                                grammar.statements.some(inner, 1, 3),
                                "\n}")),
                way(
                        1,
                        () -> statement(
                                "for (const " + all + " = [1, 2], it = [0]; it.length; it.pop()) for (const " + x
                                        + " of " + all + ") {\nif (" + all + ".length < 4) " + all + ".push(" + x
                                        + " + 1);\n",
                                grammar.statements.some(inner, 1, 3),
                                "\n}")));
    }

    /** An iterator that tells when it is closed. */
    private Tree closing(Place place, String label) {
        Place inner = place.loop(label, 2);
        Scope.Name item = grammar.freshName(Type.NUMBER, true);
        inner.scope().declare(item);
        return statement(
                "for (const " + item.text()
                        + " of { [Symbol.iterator]: () => { let n = 2; return { next: () => ({ done: n-- <= 0, value: n }), return() { out.push('closed'); return {} } } } }) ",
                body(inner));
    }

    private Tree awaited(Place place, String label) {
        Place inner = place.loop(label, 2);
        Scope.Name item = grammar.freshName(Type.NUMBER, true);
        Tree values = chance.take(
                way(3, () -> phrase(grammar.functions.pending(Kind.ASYNC_GENERATOR, place, "[1, Promise.resolve(2)]"))),
                way(2, () -> phrase("[", grammar.promises.promise(place), ", ", part(Type.NUMBER, place), "]")));
        inner.scope().declare(item);
        return statement("for await (const " + item.text() + " of ", values, ") ", body(inner));
    }
}
