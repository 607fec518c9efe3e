package ai.fastn.camunda.bench.generate;

import static ai.fastn.camunda.bench.generate.Chance.way;
import static ai.fastn.camunda.bench.generate.Tree.expression;

import java.util.Optional;

/** Expressions that exist for values of every type. */
final class Expressions {

    private static final int DEEPEST = 6;

    private final Grammar grammar;
    private final Chance chance;

    Expressions(Grammar grammar) {
        this.grammar = grammar;
        this.chance = grammar.chance;
    }

    /** An expression that gives such a value as a rule. */
    Tree of(Type type, Place place) {
        if (place.depth() > DEEPEST) {
            return simple(type, place);
        }
        return chance.take(
                way(60, () -> simple(type, place)),
                way(30, () -> grammar.operators.of(type, place)),
                way(24, grammar.effects.isOpen(place), () -> grammar.effects.of(type, place)),
                way(16, () -> choice(type, place)),
                way(10, () -> detour(type, place)));
    }

    /** A literal or a variable. */
    Tree simple(Type type, Place place) {
        Optional<Scope.Name> name = chance.percent(70) ? place.scope().any(chance, type) : Optional.empty();
        return expression(name.map(Scope.Name::text).orElseGet(() -> literal(type)));
    }

    String literal(Type type) {
        return switch (type) {
            case NUMBER -> chance.oneOf("0", "1", "2", "3", "7", "(-1)", "0.5", "NaN", "(-0)");
            case TEXT -> chance.oneOf("'a'", "'b'", "''", "'xyz'", "'\\u{1F600}ä'", "`q`", "'1'");
            case FLAG -> chance.oneOf("true", "false");
            case LIST -> chance.oneOf("[]", "[1]", "[1, 2]", "[3, 1, 2]", "[0, , 2]");
            case OBJECT -> chance.oneOf("({})", "({ a: 1 })", "({ a: 2, b: 'u' })", "({ b: 'v', a: 0 })");
            case PROMISE -> "Promise.resolve(4)";
            case CLOSURE -> "(() => 5)";
            case ERROR -> "new Error('none')";
        };
    }

    private Tree part(Type type, Place place) {
        return grammar.of(type, place);
    }

    /** Expressions that evaluate only some of their operands. */
    private Tree choice(Type type, Place place) {
        return chance.take(
                way(
                        3,
                        () -> expression(
                                "(", part(Type.FLAG, place), " ? ", part(type, place), " : ", part(type, place), ")")),
                way(
                        2,
                        () -> expression(
                                "(", part(type, place), chance.oneOf(" || ", " && ", " ?? "), part(type, place), ")")),
                way(1, () -> expression("(", part(type, place), " ?? ", part(type, place), ")")),
                way(1, place.depth() < 3, () -> expression("(null ?? ", part(type, place), ")")),
                way(
                        1,
                        place.depth() < 4,
                        () -> expression("(undefined?.x[", part(Type.TEXT, place), "] ?? ", part(type, place), ")")),
                way(1, () -> assigned(type, place)));
    }

    private Tree assigned(Type type, Place place) {
        return place.scope()
                .assignable(chance, type)
                .map(name -> expression(
                        "(" + name.text(),
                        chance.oneOf(" = ", " = ", " ||= ", " &&= ", " ??= "),
                        part(type, place),
                        ")"))
                .orElseGet(() -> simple(type, place));
    }

    /** Ways to say the same that pass the value through something. */
    private Tree detour(Type type, Place place) {
        Type other = chance.oneOf(Type.NUMBER, Type.TEXT, Type.FLAG, Type.LIST, Type.OBJECT);
        return chance.take(
                way(2, () -> expression("(", part(other, place), ", ", part(type, place), ")")),
                way(2, () -> expression("[", part(other, place), ", ", part(type, place), "][1]")),
                way(2, () -> expression("({ k: ", part(type, place), " }).k")),
                way(1, () -> expression("({ k: ", part(type, place), " })?.['k']")),
                way(1, () -> expression("({ k: ", part(other, place), ", v: ", part(type, place), " }).v")),
                way(2, () -> expression("(() => ", part(type, place.quiet()), ")()")),
                way(2, () -> expression("(({ k = ", part(type, place.quiet()), " }) => k)({})")),
                way(1, () -> expression("((x) => x)(", part(type, place), ")")),
                way(1, () -> expression("((...x) => x.at(-1))(", part(other, place), ", ", part(type, place), ")")),
                way(1, () -> expression("new (class { constructor(v) { this.v = v } })(", part(type, place), ").v")),
                way(1, () -> expression("({ get k() { return ", part(type, place.quiet()), " } }).k")),
                way(1, () -> expression("({ m(v) { return v } }).m(", part(type, place), ")")),
                way(2, place.awaits(), () -> expression("(await ", part(type, place), ")")),
                way(1, place.awaits(), () -> expression("(await Promise.resolve(", part(type, place), "))")),
                way(
                        2,
                        place.awaits(),
                        () -> expression("(await (async () => ", part(type, place.asyncArrow()), ")())")));
    }
}
