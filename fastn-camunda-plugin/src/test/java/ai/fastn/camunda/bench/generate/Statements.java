package ai.fastn.camunda.bench.generate;

import static ai.fastn.camunda.bench.generate.Chance.way;
import static ai.fastn.camunda.bench.generate.Tree.lines;
import static ai.fastn.camunda.bench.generate.Tree.phrase;
import static ai.fastn.camunda.bench.generate.Tree.statement;

import java.util.ArrayList;
import java.util.List;

/** Statements of every kind. */
final class Statements {

    private static final int DEEPEST = 4;

    private final Grammar grammar;
    private final Chance chance;

    Statements(Grammar grammar) {
        this.grammar = grammar;
        this.chance = grammar.chance;
    }

    /** Statements in a row, in the scope of the place. */
    Tree some(Place place, int least, int most) {
        List<Tree> found = new ArrayList<>();
        if (place.depth() > 0 && chance.percent(8)) {
            found.add(shadowing(place));
        }
        for (int i = chance.between(least, most); i > 0; i--) {
            found.add(one(place));
        }
        if (chance.percent(8)) {
            found.add(jump(place));
        }
        return lines(found);
    }

    /** Statements in braces. */
    Tree block(Place inner, int least, int most) {
        return phrase("{\n", some(inner, least, most), "\n}");
    }

    private Tree one(Place place) {
        boolean nests = place.depth() < DEEPEST;
        return chance.take(
                way(16, () -> grammar.patterns.declaration(place)),
                way(12, () -> grammar.patterns.assignment(place)),
                way(14, () -> noted(place)),
                way(10, grammar.effects.isOpen(place), () -> effect(place)),
                way(8, nests, () -> decision(place)),
                way(9, nests && place.times() < 12, () -> grammar.loops.loop(place)),
                way(8, nests, () -> grammar.exceptions.attempt(place)),
                way(4, nests, () -> choice(place)),
                way(2, nests, () -> labelled(place)),
                way(1, nests, () -> statement(block(place.block(), 1, 3))),
                way(3, () -> maybe(place)),
                way(2, nests, () -> grammar.functions.declaration(place)),
                way(1, nests, () -> grammar.classes.declaration(place)),
                way(1, () -> early(place)),
                way(
                        1,
                        () -> statement(
                                "console.log(",
                                grammar.of(Type.TEXT, place),
                                ", ",
                                grammar.of(Type.NUMBER, place),
                                ");")),
                way(4, place.yields(), () -> grammar.functions.yielded(place)));
    }

    private Tree shadowing(Place place) {
        List<Scope.Name> seen = place.scope().of(Type.NUMBER).stream()
                .filter(name -> !name.isMember())
                .toList();
        if (seen.isEmpty()) {
            return noted(place);
        }
        Scope.Name name = new Scope.Name(chance.oneOf(seen).text(), Type.NUMBER, true);
        Tree declared = statement("let ", name.text(), " = ", chance.oneOf("1", "-5", "(() => 3)()"), ";");
        if (place.scope().own(name.text())) {
            return noted(place);
        }
        place.scope().declare(name);
        return declared;
    }

    /** A statement that keeps a value where it is compared in the end. */
    private Tree noted(Place place) {
        Type type = chance.oneOf(Type.NUMBER, Type.NUMBER, Type.TEXT, Type.FLAG, Type.LIST, Type.OBJECT, Type.CLOSURE);
        return type == Type.CLOSURE
                ? statement("fns.push(", grammar.of(type, place.quiet()), ");")
                : statement("out.push(", grammar.of(type, place), ");");
    }

    private Tree effect(Place place) {
        return chance.take(
                way(
                        5,
                        () -> statement(
                                grammar.effects.of(chance.oneOf(Type.NUMBER, Type.TEXT, Type.OBJECT), place), ";")),
                way(1, () -> {
                    grammar.spend(place, 1);
                    return statement("await fastn.state.set('s', ", grammar.of(Type.NUMBER, place), ");");
                }),
                way(1, place.times() == 1, () -> statement("await fastn.sleep(", chance.oneOf("1", "2"), ");")),
                way(2, () -> statement("out.push(await ", grammar.promises.promise(place), ");")));
    }

    private Tree decision(Place place) {
        Tree condition = grammar.of(Type.FLAG, place);
        return chance.take(
                way(3, () -> statement("if (", condition, ") ", block(place.block(), 1, 3))),
                way(
                        4,
                        () -> statement(
                                "if (",
                                condition,
                                ") ",
                                block(place.block(), 1, 3),
                                " else ",
                                block(place.block(), 1, 3))),
                way(
                        2,
                        () -> statement(
                                "if (",
                                condition,
                                ") ",
                                block(place.block(), 1, 2),
                                " else if (",
                                grammar.of(Type.FLAG, place),
                                ") ",
                                block(place.block(), 0, 2),
                                chance.percent(50) ? phrase(" else ", block(place.block(), 1, 2)) : phrase())),
                way(
                        1,
                        () -> statement(
                                "if (",
                                condition,
                                ") ",
                                noted(place),
                                chance.percent(50) ? phrase(" else ", noted(place)) : phrase())));
    }

    private Tree choice(Place place) {
        List<Tree> cases = new ArrayList<>();
        int count = chance.between(1, 4);
        int byDefault = chance.percent(60) ? chance.between(0, count) : -1;
        Place inner = place.breakable("");
        for (int i = 0; i <= count; i++) {
            if (i == byDefault) {
                cases.add(phrase("default:\n", caseBody(inner)));
            }
            if (i < count) {
                Tree test = chance.percent(60) ? phrase(String.valueOf(i)) : grammar.of(Type.NUMBER, inner);
                cases.add(phrase("case ", test, ":\n", caseBody(inner)));
            }
        }
        return statement("switch (", grammar.of(Type.NUMBER, place), ") {\n", lines(cases), "\n}");
    }

    /** In braces or in the one scope that all cases share. */
    private Tree caseBody(Place inner) {
        boolean braces = chance.percent(60);
        Tree body = some(braces ? inner.block() : inner, 0, 2);
        Tree end = lines(List.of(statement(chance.percent(60) ? "break;" : "")));
        return braces ? phrase("{\n", body, "\n}\n", end) : phrase(body, "\n", end);
    }

    private Tree labelled(Place place) {
        String label = grammar.fresh("L");
        return statement(label, ": ", block(place.breakable(label), 1, 4));
    }

    /** A jump that happens in some runs only. */
    private Tree maybe(Place place) {
        return statement(
                "if (",
                grammar.of(Type.FLAG, place),
                ") ",
                chance.percent(50) ? jump(place) : phrase("{\n", noted(place), "\n", jump(place), "\n}"));
    }

    /** A statement after which nothing else runs here. */
    Tree jump(Place place) {
        return chance.take(
                way(1, () -> noted(place)),
                way(8, !place.breaks().isEmpty(), () -> jump("break", chance.oneOf(place.breaks()))),
                way(8, !place.continues().isEmpty(), () -> jump("continue", chance.oneOf(place.continues()))),
                way(
                        place.depth() > 1 ? 2 : 0,
                        place.returns(),
                        () -> statement("return ", grammar.of(Type.NUMBER, place), ";")),
                way(8, place.guarded(), () -> grammar.exceptions.thrown(place)),
                way(1, place.depth() > 1, () -> grammar.exceptions.thrown(place)));
    }

    private Tree jump(String word, String label) {
        return statement(word, label.isEmpty() ? "" : " ", label, ";");
    }

    /** A variable that is read before it has a value. */
    private Tree early(Place place) {
        String name = grammar.fresh("z");
        Place inner = place.block();
        return statement(
                "try {\n",
                lines(List.of(
                        statement("const get = () => ", name, ";"),
                        statement(chance.percent(50) ? "out.push(get());" : "out.push(typeof " + name + ");"),
                        some(inner, 0, 1),
                        statement(
                                chance.oneOf("let ", "const "),
                                name,
                                " = ",
                                grammar.of(Type.NUMBER, place.block()),
                                ";"),
                        statement("out.push(get());"))),
                "\n} catch (e) { out.push(e.name) }");
    }
}
