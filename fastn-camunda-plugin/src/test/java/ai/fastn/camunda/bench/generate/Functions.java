package ai.fastn.camunda.bench.generate;

import static ai.fastn.camunda.bench.generate.Chance.way;
import static ai.fastn.camunda.bench.generate.Tree.expression;
import static ai.fastn.camunda.bench.generate.Tree.phrase;
import static ai.fastn.camunda.bench.generate.Tree.statement;

import ai.fastn.camunda.bench.generate.Grammar.Helper;
import ai.fastn.camunda.bench.generate.Grammar.Helper.Kind;
import java.util.List;

/** Functions of every kind, and calls of them. */
final class Functions {

    private final Grammar grammar;
    private final Chance chance;

    Functions(Grammar grammar) {
        this.grammar = grammar;
        this.chance = grammar.chance;
    }

    /** A function that everything later can call. */
    Tree declaration(Place place) {
        return chance.take(
                way(5, () -> plain(Kind.ASYNC, place)),
                way(2, () -> plain(Kind.SYNC, place)),
                way(2, () -> recursive(place)),
                way(2, () -> generator(Kind.GENERATOR, place)),
                way(2, () -> generator(Kind.ASYNC_GENERATOR, place)));
    }

    private Tree plain(Kind kind, Place place) {
        boolean async = kind == Kind.ASYNC;
        String name = grammar.fresh(async ? "load" : "sum");
        int before = grammar.beginFunction();
        Place body = place.function(async, false);
        Tree parameters = parameters(body);
        Tree written = chance.take(
                way(
                        4,
                        () -> statement(
                                async ? "async " : "", "function ", name, "(", parameters, ") {\n", body(body), "\n}")),
                way(
                        2,
                        () -> statement(
                                "const ",
                                name,
                                " = ",
                                async ? "async " : "",
                                "(",
                                parameters,
                                ") => {\n",
                                body(body),
                                "\n};")),
                way(
                        2,
                        () -> statement(
                                "const ",
                                name,
                                " = ",
                                async ? "async " : "",
                                "(",
                                parameters,
                                ") => ",
                                grammar.of(Type.NUMBER, body),
                                ";")),
                way(
                        1,
                        () -> statement(
                                "const ",
                                name,
                                " = ",
                                async ? "async " : "",
                                "function ",
                                chance.oneOf("", "inner"),
                                "(",
                                parameters,
                                ") {\n",
                                body(body),
                                "\n};")));
        place.scope().declare(new Helper(name + "(", kind, grammar.endFunction(before)));
        return written;
    }

    /** Parameters of which none need be given. */
    private Tree parameters(Place body) {
        Scope.Name first = grammar.freshName(Type.NUMBER, true);
        Place quiet = body.quiet();
        Tree parameters = chance.take(
                way(4, () -> phrase(first.text())),
                way(2, () -> phrase(first.text(), " = ", grammar.of(Type.NUMBER, quiet))),
                way(1, () -> phrase("{ a: ", first.text(), " = ", grammar.of(Type.NUMBER, quiet), " } = {}")),
                way(1, () -> {
                    Scope.Name rest = grammar.freshName(Type.LIST, true);
                    Tree two = phrase(first.text(), ", ...", rest.text());
                    body.scope().declare(rest);
                    return two;
                }));
        body.scope().declare(first);
        return parameters;
    }

    private Tree body(Place body) {
        Tree statements = grammar.statements.some(body, 1, 3);
        return phrase(statements, "\n", statement("return ", grammar.of(Type.NUMBER, body), ";"));
    }

    private Tree recursive(Place place) {
        String name = grammar.fresh("dive");
        int before = grammar.beginFunction();
        Place body = place.function(true, false);
        Scope.Name value = grammar.freshName(Type.NUMBER, true);
        body.scope().declare(value);
        Tree written = statement(
                "async function " + name + "(d, " + value.text() + ") {\nif (!(d > 0)) return ",
                grammar.of(Type.NUMBER, body),
                ";\n",
                grammar.statements.some(body, 0, 2),
                "\nreturn (await " + name + "(d - 1, ",
                grammar.of(Type.NUMBER, body),
                ")) + ",
                grammar.of(Type.NUMBER, body),
                ";\n}");
        int once = grammar.endFunction(before);
        place.scope().declare(new Helper(name + "(2, ", Kind.ASYNC, once * 3));
        return written;
    }

    private Tree generator(Kind kind, Place place) {
        boolean async = kind == Kind.ASYNC_GENERATOR;
        String name = grammar.fresh(async ? "pages" : "walk");
        int before = grammar.beginFunction();
        Place body = place.function(async, true);
        Tree parameters = parameters(body);
        Tree written = statement(
                async ? "async " : "",
                "function* ",
                name,
                "(",
                parameters,
                ") {\n",
                grammar.statements.some(body, 1, 3),
                "\n",
                yielded(body),
                "\n}");
        place.scope().declare(new Helper(name + "(", kind, grammar.endFunction(before)));
        return written;
    }

    /** A statement that hands a number out of a generator. */
    Tree yielded(Place place) {
        return chance.take(
                way(4, () -> statement("yield ", grammar.of(Type.NUMBER, place), ";")),
                way(1, () -> statement("yield* [", grammar.of(Type.NUMBER, place), ", 9];")),
                way(
                        1,
                        () -> statement(
                                "try { yield ", grammar.of(Type.NUMBER, place), " } finally { out.push('left') }")));
    }

    /** The number that a helper gives; awaited where it has to be. */
    Tree call(Kind kind, Place place) {
        Tree call = pending(kind, place);
        return kind == Kind.ASYNC ? expression("(await ", call, ")") : call;
    }

    /** A call of a helper that nobody awaits yet. */
    Tree pending(Kind kind, Place place) {
        List<Helper> open = open(kind, place);
        if (open.isEmpty()) {
            return grammar.expressions.simple(kind == Kind.ASYNC ? Type.PROMISE : Type.NUMBER, place);
        }
        Helper helper = chance.oneOf(open);
        grammar.spend(place, helper.effects());
        return expression(helper.call(), grammar.of(Type.NUMBER, place), ")");
    }

    private List<Helper> open(Kind kind, Place place) {
        return place.scope().helpers(kind).stream()
                .filter(helper -> grammar.affords(place, helper.effects()))
                .toList();
    }

    /** What a generator gives, between two texts; a list where there is none. */
    Tree generated(Place place, String before, String after) {
        return expression(before, pending(Kind.GENERATOR, place, "[1]"), after);
    }

    /** A call of a generator. */
    Tree pending(Kind kind, Place place, String otherwise) {
        List<Helper> open = open(kind, place);
        if (open.isEmpty()) {
            return expression(otherwise);
        }
        Helper helper = chance.oneOf(open);
        grammar.spend(place, helper.effects());
        return expression(helper.call(), grammar.of(Type.NUMBER, place), ")");
    }
}
