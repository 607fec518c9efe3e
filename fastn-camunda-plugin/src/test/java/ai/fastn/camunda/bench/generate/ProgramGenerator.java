package ai.fastn.camunda.bench.generate;

import static ai.fastn.camunda.bench.generate.Tree.items;
import static ai.fastn.camunda.bench.generate.Tree.lines;
import static ai.fastn.camunda.bench.generate.Tree.phrase;
import static ai.fastn.camunda.bench.generate.Tree.statement;

import java.util.ArrayList;
import java.util.List;

/**
 * Makes a program of a number: the same number gives the same program. Each program ends, asks nothing of the clock or
 * of chance, and makes effects at places that nobody has thought of.
 */
public final class ProgramGenerator {

    /** What the programs get. */
    public static final String INPUT =
            "{\"n\": 2, \"t\": \"in\", \"f\": true, \"l\": [1, 2, 3], \"o\": {\"a\": 4, \"b\": \"w\"}}";

    private static final List<String> CLIENTS = List.of(
            "const p = fastn.connector.probe, probe = p;",
            "const { connector: { probe } } = fastn;\nconst p = probe;",
            "const { probe } = fastn.connector;\nconst { probe: p } = fastn.connector;",
            "const client = fastn.connector;\nconst p = client.probe, probe = client['probe'];");

    private final Grammar grammar;

    private ProgramGenerator(long seed) {
        this.grammar = new Grammar(seed);
    }

    /** The program of a number. */
    public static Tree program(long seed) {
        return new ProgramGenerator(seed).program();
    }

    private Tree program() {
        Chance chance = grammar.chance;
        Scope module = new Scope(null);
        Place outside = Place.module(module);
        List<Tree> before = new ArrayList<>();
        List<Tree> after = new ArrayList<>();
        for (int i = chance.between(0, 2); i > 0; i--) {
            (chance.percent(30) ? after : before).add(helper(outside));
        }
        Place main = outside.function(true, false);
        List.of(Type.NUMBER, Type.TEXT, Type.FLAG, Type.LIST, Type.OBJECT)
                .forEach(type -> main.scope().declare(new Scope.Name("ctx.input." + type.letter(), type, true)));
        List<Tree> first = new ArrayList<>();
        for (int i = chance.between(0, 3); i > 0; i--) {
            first.add(grammar.patterns.declaration(main));
        }
        Tree body = grammar.statements.some(main, 1, 4);
        return phrase(
                chance.oneOf(CLIENTS),
                "\nconst out = [], fns = [];\nconst tag = (parts, ...values) => parts.raw.join('|') + values.join(',');\n",
                lines(before),
                "\nexport default async function (ctx) {\n",
                lines(first),
                "\n",
                body,
                "\n",
                statement("return [", items(result(main)), "];"),
                "\n}\n",
                lines(after),
                "\n");
    }

    private Tree helper(Place outside) {
        return grammar.chance.percent(20)
                ? grammar.classes.declaration(outside)
                : grammar.functions.declaration(outside);
    }

    /** All that can be seen at the end of the main function. */
    private static List<Tree> result(Place main) {
        List<Tree> result = new ArrayList<>(List.of(phrase("out"), phrase("fns.map((f) => f())"), phrase("ctx.input")));
        for (Type type : List.of(Type.NUMBER, Type.TEXT, Type.FLAG, Type.LIST, Type.OBJECT)) {
            main.scope().of(type).stream()
                    .filter(name -> !name.isMember())
                    .forEach(name -> result.add(phrase(name.text())));
        }
        return result;
    }
}
