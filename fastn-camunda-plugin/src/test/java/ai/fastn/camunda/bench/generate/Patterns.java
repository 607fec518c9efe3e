package ai.fastn.camunda.bench.generate;

import static ai.fastn.camunda.bench.generate.Chance.way;
import static ai.fastn.camunda.bench.generate.Tree.items;
import static ai.fastn.camunda.bench.generate.Tree.phrase;
import static ai.fastn.camunda.bench.generate.Tree.statement;

import java.util.ArrayList;
import java.util.List;

/** Declarations of variables and what is assigned to them later. */
final class Patterns {

    private final Grammar grammar;
    private final Chance chance;

    Patterns(Grammar grammar) {
        this.grammar = grammar;
        this.chance = grammar.chance;
    }

    /** A declaration whose names can be seen by what follows in the same block. */
    Tree declaration(Place place) {
        return chance.take(
                way(10, () -> single(place)),
                way(2, () -> several(place)),
                way(3, () -> ofObject(place)),
                way(3, () -> ofList(place)),
                way(1, () -> late(place)));
    }

    private Type valueType() {
        return chance.oneOf(
                Type.NUMBER, Type.NUMBER, Type.TEXT, Type.FLAG, Type.LIST, Type.OBJECT, Type.PROMISE, Type.CLOSURE);
    }

    private String keyword(boolean assignable) {
        return assignable ? chance.oneOf("let ", "let ", "var ") : "const ";
    }

    private Tree single(Place place) {
        Type type = valueType();
        boolean assignable = chance.percent(60) && type != Type.PROMISE && type != Type.CLOSURE;
        Scope.Name name = grammar.freshName(type, assignable);
        Tree declared = statement(keyword(assignable), name.text(), " = ", grammar.of(type, place), ";");
        place.scope().declare(name);
        return declared;
    }

    private Tree several(Place place) {
        List<Tree> parts = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            Scope.Name name = grammar.freshName(Type.NUMBER, true);
            parts.add(phrase(name.text(), " = ", grammar.of(Type.NUMBER, place)));
            place.scope().declare(name);
        }
        return statement("let ", items(parts), ";");
    }

    private Tree late(Place place) {
        Scope.Name name = grammar.freshName(Type.NUMBER, true);
        place.scope().declare(name);
        return statement("let ", name.text(), ";");
    }

    private Tree ofObject(Place place) {
        Tree value = grammar.of(Type.OBJECT, place);
        List<Tree> fields = new ArrayList<>();
        Scope.Name number = grammar.freshName(Type.NUMBER, true);
        fields.add(phrase("a: ", number.text(), byDefault(Type.NUMBER, place)));
        place.scope().declare(number);
        if (chance.percent(60)) {
            Scope.Name text = grammar.freshName(Type.TEXT, true);
            fields.add(phrase("b: ", text.text(), byDefault(Type.TEXT, place)));
            place.scope().declare(text);
        }
        if (chance.percent(20)) {
            Scope.Name computed = grammar.freshName(Type.NUMBER, true);
            fields.add(
                    phrase("[", grammar.of(Type.TEXT, place), "]: ", computed.text(), byDefault(Type.NUMBER, place)));
            place.scope().declare(computed);
        }
        if (chance.percent(20)) {
            Scope.Name nested = grammar.freshName(Type.NUMBER, true);
            fields.add(phrase("z: { a: ", nested.text(), byDefault(Type.NUMBER, place), " } = {}"));
            place.scope().declare(nested);
        }
        if (chance.percent(30)) {
            Scope.Name rest = grammar.freshName(Type.OBJECT, true);
            fields.add(phrase("...", rest.text()));
            place.scope().declare(rest);
        }
        return statement("let { ", items(fields), " } = ", value, ";");
    }

    private Tree byDefault(Type type, Place place) {
        return chance.percent(45) ? phrase(" = ", grammar.of(type, place)) : phrase();
    }

    private Tree ofList(Place place) {
        Tree value = grammar.of(Type.LIST, place);
        List<Tree> fields = new ArrayList<>();
        for (int i = chance.between(1, 3); i > 0; i--) {
            if (chance.percent(15)) {
                fields.add(phrase(""));
                continue;
            }
            Scope.Name name = grammar.freshName(Type.NUMBER, true);
            fields.add(phrase(name.text(), byDefault(Type.NUMBER, place)));
            place.scope().declare(name);
        }
        Scope.Name rest = grammar.freshName(Type.LIST, true);
        fields.add(phrase("...", rest.text()));
        place.scope().declare(rest);
        return statement("let [", items(fields), "] = ", value, ";");
    }

    /** A statement that changes something. */
    Tree assignment(Place place) {
        Type type = chance.oneOf(Type.NUMBER, Type.NUMBER, Type.TEXT, Type.FLAG, Type.LIST, Type.OBJECT);
        return place.scope()
                .assignable(chance, type)
                .map(name -> assignment(name, place))
                .orElseGet(() -> declaration(place));
    }

    private Tree assignment(Scope.Name name, Place place) {
        String target = name.text();
        return chance.take(
                way(4, () -> statement(target, " = ", grammar.of(name.type(), place), ";")),
                way(
                        2,
                        () -> statement(
                                target, chance.oneOf(" ||= ", " &&= ", " ??= "), grammar.of(name.type(), place), ";")),
                way(
                        3,
                        name.type() == Type.NUMBER || name.type() == Type.TEXT,
                        () -> statement(
                                target, " += ", grammar.of(name.type(), name.isMember() ? place.quiet() : place), ";")),
                way(2, name.type() == Type.NUMBER, () -> statement(target, chance.oneOf("++;", "--;"))),
                way(
                        2,
                        name.type() == Type.LIST,
                        () -> statement(target, "[0] = ", grammar.of(Type.NUMBER, place), ";")),
                way(
                        2,
                        name.type() == Type.LIST,
                        () -> statement("[", target, "[1], ", target, "[0]] = ", grammar.of(Type.LIST, place), ";")),
                way(
                        2,
                        name.type() == Type.LIST,
                        () -> statement(
                                target, ".push(", items(grammar.operators.some(Type.NUMBER, place, 1, 2)), ");")),
                way(
                        2,
                        name.type() == Type.OBJECT,
                        () -> statement(target, ".a = ", grammar.of(Type.NUMBER, place), ";")),
                way(
                        1,
                        name.type() == Type.OBJECT,
                        () -> statement(
                                target,
                                "[",
                                grammar.of(Type.TEXT, place),
                                "] ??= ",
                                grammar.of(Type.NUMBER, place),
                                ";")),
                way(
                        1,
                        name.type() == Type.OBJECT,
                        () -> statement(target, ".a += ", grammar.of(Type.NUMBER, place.quiet()), ";")),
                way(
                        1,
                        name.type() == Type.OBJECT,
                        () -> statement(
                                "({ a: ",
                                target,
                                ".n, b: ",
                                target,
                                ".t = ",
                                grammar.of(Type.TEXT, place),
                                " } = ",
                                grammar.of(Type.OBJECT, place),
                                ");")),
                way(
                        1,
                        name.type() == Type.OBJECT,
                        () -> statement("delete ", target, chance.oneOf(".a;", "?.b;", "['zz'];"))));
    }
}
