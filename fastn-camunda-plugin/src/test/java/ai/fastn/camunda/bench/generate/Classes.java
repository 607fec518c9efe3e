package ai.fastn.camunda.bench.generate;

import static ai.fastn.camunda.bench.generate.Chance.way;
import static ai.fastn.camunda.bench.generate.Tree.lines;
import static ai.fastn.camunda.bench.generate.Tree.phrase;
import static ai.fastn.camunda.bench.generate.Tree.statement;

import ai.fastn.camunda.bench.generate.Grammar.Helper;
import ai.fastn.camunda.bench.generate.Grammar.Helper.Kind;
import java.util.ArrayList;
import java.util.List;

/** Classes with fields, private and static members and accessors. */
final class Classes {

    private final Grammar grammar;
    private final Chance chance;

    Classes(Grammar grammar) {
        this.grammar = grammar;
        this.chance = grammar.chance;
    }

    /** A class, and what later code may call of it. */
    Tree declaration(Place place) {
        String name = grammar.fresh("C");
        List<Helper> members = new ArrayList<>();
        Place quiet = place.function(false, false);
        List<Tree> body = new ArrayList<>();
        body.add(phrase("x = ", grammar.of(Type.NUMBER, quiet), ";"));
        body.add(phrase("constructor(v) { ", chance.percent(50) ? "this.x = v;" : "this.v = v;", " }"));
        for (int i = chance.between(1, 5); i > 0; i--) {
            body.add(member(name, place, members));
        }
        Tree written = statement("class ", name, " {\n", lines(body), "\n}");
        members.forEach(place.scope()::declare);
        return written;
    }

    private Tree member(String name, Place place, List<Helper> members) {
        Place quiet = place.function(false, false);
        String own = grammar.fresh("m");
        return chance.take(
                way(2, () -> {
                    members.add(new Helper("((v) => new " + name + "(v).g" + own + " + v)(", Kind.SYNC, 0));
                    return phrase(
                            "#",
                            own,
                            " = ",
                            grammar.of(Type.NUMBER, quiet),
                            ";\nget g",
                            own,
                            "() { return this.#",
                            own,
                            " }");
                }),
                way(1, () -> {
                    members.add(new Helper("((v) => " + name + "." + own + " += v)(", Kind.SYNC, 0));
                    return phrase("static ", own, " = ", grammar.of(Type.NUMBER, quiet), ";");
                }),
                way(1, () -> phrase("static { out.push('static ", own, "') }")),
                way(2, () -> {
                    members.add(new Helper(
                            "((v) => { const c = new " + name + "(v); c." + own + " = v; return c." + own + " })(",
                            Kind.SYNC,
                            0));
                    return phrase(
                            "get ",
                            own,
                            "() { return this.x + ",
                            grammar.of(Type.NUMBER, quiet),
                            " }\nset ",
                            own,
                            "(v) { this.x = v }");
                }),
                way(4, () -> method(name, own, place, members, false)),
                way(2, () -> method(name, own, place, members, true)),
                way(1, () -> {
                    members.add(new Helper("((v) => new " + name + "(v))(", Kind.GENERATOR, 0));
                    return phrase("*[Symbol.iterator]() { yield this.x; yield ", grammar.of(Type.NUMBER, quiet), " }");
                }));
    }

    private Tree method(String name, String own, Place place, List<Helper> members, boolean isStatic) {
        int before = grammar.beginFunction();
        Place body = place.function(true, false);
        Scope.Name value = grammar.freshName(Type.NUMBER, true);
        body.scope().declare(value);
        Tree written = phrase(
                isStatic ? "static " : "",
                "async ",
                own,
                "(",
                value.text(),
                ") {\n",
                grammar.statements.some(body, 0, 2),
                "\nreturn ",
                grammar.of(Type.NUMBER, body),
                isStatic ? ";\n}" : " + this.x;\n}");
        String target = isStatic ? name : "new " + name + "(2)";
        members.add(new Helper(target + "." + own + "(", Kind.ASYNC, grammar.endFunction(before)));
        return written;
    }
}
