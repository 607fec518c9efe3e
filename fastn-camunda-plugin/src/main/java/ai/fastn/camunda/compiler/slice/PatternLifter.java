package ai.fastn.camunda.compiler.slice;

import ai.fastn.camunda.compiler.parse.Expression;
import ai.fastn.camunda.compiler.parse.Expression.Identifier;
import ai.fastn.camunda.compiler.parse.Node;
import ai.fastn.camunda.compiler.parse.Part;
import ai.fastn.camunda.compiler.parse.Pattern;
import ai.fastn.camunda.diagnostic.SourceSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Takes a value apart whose defaults perform effects: whether a default is needed is a question of its own. */
final class PatternLifter {

    private final Lifting lifting;

    PatternLifter(Lifting lifting) {
        this.lifting = lifting;
    }

    /** Computes a value and binds the names of a pattern to its parts. */
    void bind(Pattern pattern, Expression value) {
        String whole = lifting.temp("t");
        lifting.expressions.into(value, new SlotSink(lifting, whole));
        bind(pattern, whole, "value");
    }

    /** @param said what the value is called in a question */
    private void bind(Node pattern, String value, String said) {
        if (!lifting.units.has(pattern)) {
            assign(lifting.text(pattern), value, pattern);
        } else if (pattern instanceof Pattern.AssignmentPattern choice) {
            choose(choice, value, said);
            bind(choice.left(), value, said);
        } else if (pattern instanceof Pattern.ObjectPattern object) {
            members(object, value);
        } else if (pattern instanceof Pattern.ArrayPattern array) {
            elements(array, value);
        }
    }

    private void choose(Pattern.AssignmentPattern choice, String value, String said) {
        if (!lifting.units.has(choice.right())) {
            String code = "if (" + value + " === undefined) " + value + " = " + lifting.text(choice.right()) + ";";
            lifting.graph.code(lifting.piece(code, choice.right()));
            return;
        }
        Label given = new Label();
        Label missing = new Label();
        lifting.conditions.decide(
                value + " !== undefined", Words.capital(said) + " given?", given, missing, choice.right());
        lifting.graph.place(missing);
        lifting.expressions.into(choice.right(), new SlotSink(lifting, value));
        lifting.graph.place(given);
    }

    private void members(Pattern.ObjectPattern object, String value) {
        List<Node> together = new ArrayList<>();
        for (Node member : object.properties()) {
            if (member instanceof Part.AssignmentProperty property && lifting.units.has(property.value())) {
                assign("{ " + texts(together) + " }", value, together);
                together.clear();
                String part = lifting.temp("t");
                assign("{ " + key(property) + ": " + part + " }", value, property.key());
                bind(property.value(), part, spoken(property));
            } else {
                together.add(member);
            }
        }
        assign("{ " + texts(together) + " }", value, together);
    }

    private String key(Part.AssignmentProperty property) {
        return property.computed()
                ? "[" + lifting.text(property.key()) + "]"
                : lifting.source.script().text(property.key());
    }

    private String spoken(Part.AssignmentProperty property) {
        return property.key() instanceof Identifier name && !property.computed() ? Words.spoken(name.name()) : "value";
    }

    /** Only the last element of an array waits. */
    private void elements(Pattern.ArrayPattern array, String value) {
        List<Pattern> before = array.elements().subList(0, array.elements().size() - 1);
        Pattern last = array.elements().get(before.size());
        String part = lifting.temp("t");
        String list =
                before.stream().map(element -> lifting.text(element) + ", ").collect(Collectors.joining());
        assign("[" + list + part + "]", value, array.elements());
        bind(
                last,
                part,
                Targets.names(last).stream()
                        .map(name -> Words.spoken(name.name()))
                        .findFirst()
                        .orElse("value"));
    }

    private String texts(List<? extends Node> nodes) {
        return nodes.stream().map(lifting::text).collect(Collectors.joining(", "));
    }

    private void assign(String target, String value, List<? extends Node> made) {
        if (!made.isEmpty()) {
            SourceSpan first = made.get(0).span();
            lifting.graph.code(new Piece(
                    "(" + target + " = " + value + ");",
                    new SourceSpan(
                            first.start(), made.get(made.size() - 1).span().end()),
                    List.of(),
                    made.stream()
                            .flatMap(node -> Targets.names(node).stream())
                            .map(Identifier::name)
                            .toList(),
                    null,
                    false));
        }
    }

    private void assign(String target, String value, Node made) {
        assign(target, value, List.of(made));
    }
}
