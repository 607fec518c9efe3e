package ai.fastn.camunda.compiler.slice;

import ai.fastn.camunda.compiler.parse.Expression;
import ai.fastn.camunda.compiler.parse.Part.SwitchCase;
import ai.fastn.camunda.compiler.parse.Statement;
import ai.fastn.camunda.diagnostic.SourceSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code switch}: one gateway where no test performs an effect, else one per test; bodies once, in their order. */
final class SwitchLifter {

    private final Lifting lifting;

    SwitchLifter(Lifting lifting) {
        this.lifting = lifting;
    }

    void lift(Statement.SwitchStatement choice, Set<String> labels) {
        if (!lifting.graph.isReachable()) {
            return;
        }
        lifting.expressions.lift(choice.discriminant(), true);
        String value = lifting.temp("t");
        lifting.setting(value, lifting.text(choice.discriminant()), choice.discriminant(), Purpose.NOTE);
        Label end = new Label();
        List<Label> bodies = new ArrayList<>();
        choice.cases().forEach(any -> bodies.add(new Label()));
        lifting.statements.enter(choice);
        tests(choice, value, bodies, end);
        lifting.around.push(new Enclosing.Target(labels, true, end, null));
        List<Statement> all = new ArrayList<>();
        choice.cases().forEach(branch -> all.addAll(branch.consequent()));
        lifting.statements.hoist(choice, all);
        for (int i = 0; i < bodies.size(); i++) {
            lifting.graph.place(bodies.get(i));
            choice.cases().get(i).consequent().forEach(lifting.statements::lift);
        }
        lifting.around.pop();
        lifting.graph.place(end);
    }

    private void tests(Statement.SwitchStatement choice, String value, List<Label> bodies, Label end) {
        boolean cuts =
                choice.cases().stream().anyMatch(branch -> branch.test() != null && lifting.units.has(branch.test()));
        Label otherwise = otherwise(choice, bodies, end);
        Draft decision = null;
        for (int i = 0; i < bodies.size(); i++) {
            Expression test = choice.cases().get(i).test();
            if (test == null) {
                continue;
            }
            if (decision == null || cuts) {
                if (decision != null) {
                    lifting.graph.open(lifting.graph.branch(decision, "no", null));
                }
                lifting.expressions.lift(test, false);
                decision = decision(choice);
            }
            if (decision != null) {
                OpenBranch way =
                        lifting.graph.branch(decision, label(test), value + " === (" + lifting.text(test) + ")");
                way.words.add(words(choice.cases().get(i)));
                bodies.get(i).arriving.add(way);
            }
        }
        Optional<SourceSpan> words = choice.cases().stream()
                .filter(branch -> branch.test() == null)
                .map(SwitchLifter::words)
                .findFirst();
        if (decision == null) {
            words.ifPresent(lifting.graph::words);
            lifting.graph.goTo(otherwise);
        } else {
            OpenBranch way = lifting.graph.branch(decision, "otherwise", null);
            words.ifPresent(way.words::add);
            otherwise.arriving.add(way);
        }
    }

    /** {@code case "paid"} or {@code default}. */
    private static SourceSpan words(SwitchCase branch) {
        Expression test = branch.test();
        int start = branch.span().start();
        return new SourceSpan(
                start, test == null ? start + "default".length() : test.span().end());
    }

    private @Nullable Draft decision(Statement.SwitchStatement choice) {
        return lifting.graph.step(
                new Action.Decision(Questions.of(choice.discriminant(), lifting.source.script())),
                choice.discriminant().span());
    }

    private static Label otherwise(Statement.SwitchStatement choice, List<Label> bodies, Label end) {
        for (int i = 0; i < bodies.size(); i++) {
            SwitchCase branch = choice.cases().get(i);
            if (branch.test() == null) {
                return bodies.get(i);
            }
        }
        return end;
    }

    private String label(Expression test) {
        if (test instanceof Expression.Literal literal) {
            return literal.value();
        }
        String text = lifting.source.script().text(test).replaceAll("\\s+", " ");
        return text.length() <= 40 ? text : text.substring(0, 39) + "…";
    }
}
