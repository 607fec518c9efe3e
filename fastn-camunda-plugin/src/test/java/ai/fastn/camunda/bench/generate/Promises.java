package ai.fastn.camunda.bench.generate;

import static ai.fastn.camunda.bench.generate.Chance.way;
import static ai.fastn.camunda.bench.generate.Tree.expression;
import static ai.fastn.camunda.bench.generate.Tree.items;

import ai.fastn.camunda.bench.generate.Grammar.Helper.Kind;
import java.util.ArrayList;
import java.util.List;

/** Promises of numbers: single calls, chains, and several calls at once. */
final class Promises {

    private final Grammar grammar;
    private final Chance chance;

    Promises(Grammar grammar) {
        this.grammar = grammar;
        this.chance = grammar.chance;
    }

    /** A promise that nobody awaits yet. */
    Tree promise(Place place) {
        if (!grammar.effects.isOpen(place)) {
            return grammar.expressions.simple(Type.PROMISE, place);
        }
        return chance.take(
                way(3, () -> call(place)),
                way(2, () -> grammar.functions.pending(Kind.ASYNC, place)),
                way(4, () -> chain(call(place), place)),
                way(1, () -> chain(grammar.functions.pending(Kind.ASYNC, place), place)),
                way(1, () -> expression("(async () => ", grammar.of(Type.NUMBER, place.asyncArrow()), ")()")),
                way(1, () -> expression("new Promise((done) => done(", part(Type.NUMBER, place.quiet()), "))")),
                way(1, () -> grammar.expressions.simple(Type.PROMISE, place)));
    }

    private Tree part(Type type, Place place) {
        return grammar.of(type, place);
    }

    private Tree call(Place place) {
        grammar.spend(place, 1);
        boolean fails = place.guarded() && chance.percent(15);
        return fails
                ? expression("p.fail(", part(Type.TEXT, place), ")")
                : expression("p", chance.oneOf(".read(", ".write("), part(Type.NUMBER, place), ")");
    }

    private Tree chain(Tree start, Place place) {
        Place callback = place.quiet().block();
        Scope.Name value = grammar.freshName(Type.NUMBER, true);
        callback.scope().declare(value);
        String v = value.text();
        return chance.take(
                way(3, () -> expression(start, ".then((" + v + ") => ", part(Type.NUMBER, callback), ")")),
                way(
                        1,
                        () -> expression(
                                start,
                                ".then((" + v + ") => ",
                                part(Type.NUMBER, callback),
                                ", (e) => e.message.length)")),
                way(
                        1,
                        () -> expression(
                                start,
                                ".then((" + v + ") => { throw new Error('then' + ",
                                part(Type.NUMBER, callback),
                                ") }).catch((e) => e.message.length)")),
                way(2, () -> expression(start, ".catch((e) => ", part(Type.NUMBER, callback.quiet()), ")")),
                way(2, () -> expression(start, ".finally(() => { out.push('finally') })")),
                way(1, grammar.effects.isOpen(place), () -> {
                    grammar.spend(place, 1);
                    return expression(start, ".then((" + v + ") => p.write(", part(Type.NUMBER, callback), "))");
                }));
    }

    /** A number made of several calls under way at once. */
    Tree combined(Place place) {
        if (!grammar.affords(place, 4)) {
            return grammar.expressions.simple(Type.NUMBER, place);
        }
        return chance.take(
                way(
                        3,
                        () -> expression(
                                "(await Promise.all([",
                                items(calls(place, 1, 3)),
                                "]))",
                                chance.oneOf("[0]", ".length", ".at(-1)"))),
                way(
                        2,
                        () -> expression(
                                "(await Promise.allSettled([",
                                items(calls(place, 1, 3)),
                                "])).filter((s) => s.status === 'fulfilled').length")),
                way(
                        1,
                        () -> expression(
                                "(await Promise.",
                                chance.oneOf("race", "any"),
                                "([",
                                items(calls(place, 1, 2)),
                                "]))")),
                way(3, () -> mapped(place)));
    }

    private List<Tree> calls(Place place, int least, int most) {
        List<Tree> calls = new ArrayList<>();
        for (int i = chance.between(least, most); i > 0; i--) {
            calls.add(chance.take(
                    way(4, () -> call(place)),
                    way(1, () -> chain(call(place), place)),
                    way(1, () -> part(Type.NUMBER, place.quiet())),
                    way(1, () -> grammar.functions.pending(Kind.ASYNC, place))));
        }
        return calls;
    }

    private Tree mapped(Place place) {
        Place callback = place.quiet().block();
        Scope.Name item = grammar.freshName(Type.NUMBER, false);
        callback.scope().declare(item);
        String x = item.text();
        Tree list = expression(part(Type.LIST, place), ".slice(0, 2)");
        grammar.spend(place, 2);
        return chance.take(
                way(
                        2,
                        () -> expression(
                                "(await Promise.all(",
                                list,
                                ".map((" + x + ") => p.read(",
                                part(Type.NUMBER, callback),
                                ")))).length")),
                way(
                        2,
                        () -> expression(
                                "(await Promise.all(",
                                list,
                                ".map(async (" + x + ") => (await p.write(",
                                part(Type.NUMBER, callback),
                                ")) + ",
                                part(Type.NUMBER, callback),
                                "))).join().length")),
                way(
                        1,
                        () -> expression(
                                "(await Promise.allSettled(",
                                list,
                                ".map(async (" + x + ") => { out.push(" + x + "); const r = await p.read(",
                                part(Type.NUMBER, callback),
                                "); if (r > 1) throw new Error('big'); return r }))).map((s) => s.status).join().length")));
    }
}
