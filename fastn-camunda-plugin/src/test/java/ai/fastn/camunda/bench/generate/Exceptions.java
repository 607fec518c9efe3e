package ai.fastn.camunda.bench.generate;

import static ai.fastn.camunda.bench.generate.Chance.way;
import static ai.fastn.camunda.bench.generate.Tree.phrase;
import static ai.fastn.camunda.bench.generate.Tree.statement;

/** Attempts, what they catch, and what is thrown. */
final class Exceptions {

    private final Grammar grammar;
    private final Chance chance;

    Exceptions(Grammar grammar) {
        this.grammar = grammar;
        this.chance = grammar.chance;
    }

    /** A {@code try} with at least one of its other parts. */
    Tree attempt(Place place) {
        Tree body = grammar.statements.block(place.block().guard(), 1, 3);
        return chance.take(
                way(5, () -> statement("try ", body, caught(place))),
                way(3, () -> statement("try ", body, caught(place), last(place))),
                way(2, () -> statement("try ", body, last(place))));
    }

    private Tree caught(Place place) {
        Place inner = place.block();
        Scope.Name error = grammar.freshName(Type.ERROR, false);
        String e = error.text();
        return chance.take(
                way(5, () -> {
                    inner.scope().declare(error);
                    return phrase(
                            " catch (" + e + ") {\nout.push(" + e + "?.message ?? " + e + ");\n",
                            grammar.statements.some(inner, 0, 2),
                            rethrown(e),
                            "\n}");
                }),
                way(1, () -> phrase(" catch ", grammar.statements.block(inner, 0, 3))),
                way(1, () -> {
                    Scope.Name message = grammar.freshName(Type.TEXT, true);
                    inner.scope().declare(message);
                    return phrase(
                            " catch ({ message: " + message.text() + " = 'no message' }) ",
                            grammar.statements.block(inner, 1, 3));
                }));
    }

    private Tree rethrown(String error) {
        return chance.percent(15) ? statement("\nthrow " + error + ";") : phrase();
    }

    private Tree last(Place place) {
        Place inner = place.block();
        return phrase(
                " finally {\n",
                grammar.statements.some(inner, 1, 2),
                chance.percent(15) ? phrase("\n", grammar.statements.jump(inner)) : phrase(),
                "\n}");
    }

    /** A statement that throws. */
    Tree thrown(Place place) {
        return chance.take(
                way(
                        5,
                        () -> statement(
                                "throw new ", grammar.operators.errorClass(), "(", grammar.of(Type.TEXT, place), ");")),
                way(
                        1,
                        () -> statement(
                                "throw Object.assign(new Error(",
                                grammar.of(Type.TEXT, place),
                                "), { code: ",
                                grammar.of(Type.NUMBER, place),
                                " });")),
                way(1, () -> statement("throw new Error('outer', { cause: ", grammar.of(Type.OBJECT, place), " });")),
                way(
                        2,
                        () -> statement(
                                "throw ", grammar.of(chance.oneOf(Type.TEXT, Type.NUMBER, Type.OBJECT), place), ";")),
                way(1, () -> statement("throw ", chance.oneOf("null", "undefined", "Symbol.for('x')"), ";")),
                way(1, () -> statement("null.", grammar.fresh("missing"), ";")),
                way(4, grammar.effects.isOpen(place), () -> {
                    grammar.spend(place, 1);
                    return statement("await ", grammar.effects.client(), ".fail(", grammar.of(Type.TEXT, place), ");");
                }));
    }
}
