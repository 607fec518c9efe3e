package ai.fastn.camunda.bench.generate;

import static ai.fastn.camunda.bench.generate.Chance.way;
import static ai.fastn.camunda.bench.generate.Tree.expression;

import ai.fastn.camunda.bench.generate.Grammar.Helper.Kind;

/** Expressions that ask the outside world. */
final class Effects {

    private final Grammar grammar;
    private final Chance chance;

    Effects(Grammar grammar) {
        this.grammar = grammar;
        this.chance = grammar.chance;
    }

    /** Whether an effect can stand here. */
    boolean isOpen(Place place) {
        return place.awaits() && grammar.affords(place, 1);
    }

    /** An awaited effect that gives such a value as a rule. */
    Tree of(Type type, Place place) {
        return switch (type) {
            case NUMBER -> number(place);
            case PROMISE -> grammar.promises.promise(place);
            case TEXT, FLAG, LIST, OBJECT -> echo(type, place);
            case CLOSURE, ERROR -> grammar.expressions.simple(type, place);
        };
    }

    private Tree number(Place place) {
        return chance.take(
                way(10, () -> echo(Type.NUMBER, place)),
                way(4, () -> grammar.functions.call(Kind.ASYNC, place)),
                way(2, () -> made(place, "await ", client() + ".count()")),
                way(
                        1,
                        () -> made(
                                place,
                                "await ",
                                client() + ".slow({ ms: 1, value: ",
                                grammar.of(Type.NUMBER, place),
                                " })")),
                way(
                        1,
                        () -> made(
                                place,
                                "await ",
                                client() + ".flaky({ key: '" + grammar.fresh("k") + "', times: "
                                        + (place.guarded() ? chance.between(0, 1) : 0) + " })")),
                way(2, () -> expression("(await ", grammar.promises.promise(place), ")")),
                way(1, () -> made(place, "(await ", "fastn.state.get('s')) ?? ", grammar.of(Type.NUMBER, place))),
                way(3, () -> grammar.promises.combined(place)));
    }

    /** How the connector is named here. */
    String client() {
        return chance.oneOf("p", "p", "p", "fastn.connector.probe", "probe");
    }

    /** The outside world answers what it is given. */
    private Tree echo(Type type, Place place) {
        grammar.spend(place, 1);
        return expression(
                "(await ", client(), chance.oneOf(".read(", ".read(", ".write("), grammar.of(type, place), "))");
    }

    private Tree made(Place place, Object... parts) {
        grammar.spend(place, 1);
        Object[] all = new Object[parts.length + 2];
        all[0] = "(";
        System.arraycopy(parts, 0, all, 1, parts.length);
        all[parts.length + 1] = ")";
        return expression(all);
    }
}
