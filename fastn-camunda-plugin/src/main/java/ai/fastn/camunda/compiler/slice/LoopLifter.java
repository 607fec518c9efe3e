package ai.fastn.camunda.compiler.slice;

import ai.fastn.camunda.compiler.analyze.Variable;
import ai.fastn.camunda.compiler.parse.Expression;
import ai.fastn.camunda.compiler.parse.Expression.Identifier;
import ai.fastn.camunda.compiler.parse.FunctionNode;
import ai.fastn.camunda.compiler.parse.Node;
import ai.fastn.camunda.compiler.parse.Statement;
import ai.fastn.camunda.diagnostic.SourceSpan;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Loops: a way back, and a question at its head. */
final class LoopLifter {

    private final Lifting lifting;

    LoopLifter(Lifting lifting) {
        this.lifting = lifting;
    }

    void labeled(Statement.LabeledStatement labeled) {
        Set<String> labels = new HashSet<>(Set.of(labeled.label().name()));
        Statement body = labeled.body();
        while (body instanceof Statement.LabeledStatement inner) {
            labels.add(inner.label().name());
            body = inner.body();
        }
        if (body instanceof Statement.Loop loop && lifting.plan.lifts(loop)) {
            lift(loop, labels);
            return;
        }
        Label end = new Label();
        lifting.around.push(new Enclosing.Target(labels, false, end, null));
        lifting.statements.lift(body);
        lifting.around.pop();
        lifting.graph.place(end);
    }

    void lift(Statement.Loop loop, Set<String> labels) {
        if (!lifting.graph.isReachable()) {
            return;
        }
        if (loop instanceof Statement.WhileStatement statement) {
            whileLoop(statement, labels);
        } else if (loop instanceof Statement.DoWhileStatement statement) {
            doWhile(statement, labels);
        } else if (loop instanceof Statement.ForStatement statement) {
            forLoop(statement, labels);
        } else if (loop instanceof Statement.ForOfStatement statement
                && lifting.plan.generatorOf(statement).isPresent()) {
            yielded(statement, lifting.plan.generatorOf(statement).get(), labels);
        } else if (loop instanceof Statement.ForOfStatement statement) {
            each(loop, statement.left(), statement.right(), "$cursor", labels);
        } else if (loop instanceof Statement.ForInStatement statement) {
            each(loop, statement.left(), statement.right(), "$keys", labels);
        }
    }

    private void whileLoop(Statement.WhileStatement loop, Set<String> labels) {
        Draft head = head(loop);
        if (loop.test() instanceof Expression.Literal) {
            lifting.graph.words(headOf(loop, loop.body()));
        }
        Label again = new Label();
        Label end = new Label();
        Label body = new Label();
        lifting.conditions.lift(loop.test(), body, end);
        lifting.graph.place(body);
        body(loop.body(), labels, end, again);
        lifting.graph.place(again);
        back(head);
        lifting.graph.place(end);
    }

    private void doWhile(Statement.DoWhileStatement loop, Set<String> labels) {
        Draft head = head(loop);
        Label again = new Label();
        Label end = new Label();
        Label repeat = new Label();
        body(loop.body(), labels, end, again);
        lifting.graph.place(again);
        if (lifting.graph.isReachable()) {
            lifting.conditions.lift(loop.test(), repeat, end);
            lifting.graph.place(repeat);
            back(head);
        }
        lifting.graph.place(end);
    }

    private void forLoop(Statement.ForStatement loop, Set<String> labels) {
        lifting.statements.enter(loop);
        if (loop.init() instanceof Statement statement) {
            lifting.statements.lift(statement);
        } else if (loop.init() instanceof Expression expression) {
            lifting.statements.discard(expression, expression);
        }
        Draft head = head(loop);
        Label again = new Label();
        Label end = new Label();
        if (loop.test() != null) {
            Label body = new Label();
            lifting.conditions.lift(loop.test(), body, end);
            lifting.graph.place(body);
        } else {
            lifting.graph.words(headOf(loop, loop.body()));
        }
        body(loop.body(), labels, end, again);
        lifting.graph.place(again);
        if (lifting.graph.isReachable()) {
            renew(loop);
            if (loop.update() != null) {
                lifting.statements.discard(loop.update(), loop.update());
            }
            back(head);
        }
        lifting.graph.place(end);
    }

    /** {@code while (true)}: it asks nothing, and so is no step. */
    private SourceSpan headOf(Statement loop, Statement body) {
        int start = loop.span().start();
        String text = lifting.source.script().text(loop);
        return new SourceSpan(
                start,
                start
                        + text.substring(0, body.span().start() - start)
                                .stripTrailing()
                                .length());
    }

    /** Each iteration of {@code for (let ...)} has variables of its own that begin with the values of the last. */
    private void renew(Statement.ForStatement loop) {
        for (Variable variable : lifting.source.scopes().declaredIn(loop)) {
            String slot = lifting.renderer.slot(variable);
            String value = lifting.renderer.variable(variable);
            if (lifting.renderer.isShared(variable) && !slot.equals(value)) {
                lifting.graph.code(Piece.internal(slot + " = {v: " + value + "};", Purpose.take(variable.name())));
            }
        }
    }

    private void each(Statement.Loop loop, Node left, Expression right, String cursorKind, Set<String> labels) {
        lifting.source.scopes().declaredIn(loop).stream()
                .filter(Variable::needsTdzCheck)
                .forEach(variable -> lifting.graph.code(
                        Piece.internal(lifting.statements.reset(variable) + ";", Purpose.take(variable.name()))));
        String cursor = cursor(cursorKind, right);
        Draft head = head(loop);
        Label again = new Label();
        Label end = new Label();
        Label body = new Label();
        Draft decision = lifting.graph.step(new Action.Decision(Loops.question(left)), loop.span());
        if (decision == null) {
            return;
        }
        body.arriving.add(lifting.graph.branch(decision, "next", nextValue(loop, left, cursor)));
        end.arriving.add(lifting.graph.branch(decision, "done", null));
        lifting.graph.place(body);
        body(loop.body(), labels, end, again);
        lifting.graph.place(again);
        back(head);
        lifting.graph.place(end);
    }

    /** A loop over what a generator yields is the generator's code with the loop's body at each yield. */
    private void yielded(Statement.ForOfStatement loop, FunctionNode generator, Set<String> labels) {
        Label end = new Label();
        List<Enclosing> outside = List.copyOf(lifting.around);
        lifting.inliner.inline(
                (Expression.CallExpression) loop.right(),
                generator,
                new Enclosing.Function(
                        new DiscardSink(lifting), end, value -> receive(loop, value, outside, labels, end)));
        lifting.graph.place(end);
        lifting.renderer.forget(generator);
    }

    /** {@code yield* list}: a loop over the list that yields each value. */
    void delegated(Expression list, Consumer<@Nullable Expression> receiver) {
        String cursor = cursor("$cursor", list);
        String question = Questions.more(list, lifting.source.script());
        Draft head = lifting.graph.join(Mention.of(Deeds.QUESTION + question, list.span(), lifting.source.script()));
        Label end = new Label();
        Draft decision = lifting.graph.step(new Action.Decision(question), list.span());
        if (decision == null) {
            return;
        }
        lifting.graph.open(lifting.graph.branch(decision, "next", "$next(" + cursor + ")"));
        end.arriving.add(lifting.graph.branch(decision, "done", null));
        Identifier value = new Identifier(list.span(), cursor);
        lifting.renderer.replace(value, cursor + ".v");
        receiver.accept(value);
        back(head);
        lifting.graph.place(end);
    }

    /** A variable that remembers how far a loop has come. */
    private String cursor(String kind, Expression list) {
        String cursor = lifting.temp("c");
        lifting.expressions.lift(list, true);
        Purpose loop = Purpose.goThrough(list, lifting.source.script());
        lifting.setting(cursor, kind + "(" + lifting.text(list) + ")", list, loop);
        return cursor;
    }

    private void receive(
            Statement.ForOfStatement loop,
            @Nullable Expression value,
            List<Enclosing> outside,
            Set<String> labels,
            Label end) {
        lifting.statements.enter(loop);
        String target = lifting.text(Renderer.loopTarget(loop.left()));
        Purpose taken = Purpose.take(List.of(Renderer.loopTarget(loop.left())));
        if (value == null) {
            lifting.graph.code(Piece.internal("(" + target + " = undefined);", taken));
        } else if (lifting.renderer.isSettled(value)) {
            lifting.graph.note(Piece.internal("(" + target + " = " + lifting.text(value) + ");", taken));
        } else {
            lifting.expressions.into(value, new ExpressionLifter.TextSink((text, made) -> {
                boolean waits = loop.await() && !(value instanceof Expression.AwaitExpression);
                String code = "(" + target + " = " + (waits ? "await (" + text + ")" : text) + ");";
                lifting.graph.code(lifting.piece(code, value.span(), made, List.of()));
            }));
        }
        List<Enclosing> inside = List.copyOf(lifting.around);
        around(outside);
        Label again = new Label();
        body(loop.body(), labels, end, again);
        around(inside);
        lifting.graph.place(again);
        lifting.renderer.forget(loop.body());
    }

    private void around(List<Enclosing> constructs) {
        lifting.around.clear();
        lifting.around.addAll(constructs);
    }

    private String nextValue(Statement.Loop loop, Node left, String cursor) {
        List<String> parts = new ArrayList<>();
        for (Variable variable : lifting.source.scopes().declaredIn(loop)) {
            if (lifting.renderer.isShared(variable)) {
                String reset = lifting.statements.reset(variable);
                if (!reset.isEmpty()) {
                    parts.add(reset);
                }
            }
        }
        boolean waits = loop instanceof Statement.ForOfStatement each && each.await();
        parts.add(lifting.text(Renderer.loopTarget(left)) + " = " + (waits ? "await " : "") + cursor + ".v");
        return "$next(" + cursor + ") && (" + String.join(", ", parts) + ", true)";
    }

    private @Nullable Draft head(Statement.Loop loop) {
        return lifting.graph.join(Loops.mention(loop, lifting.source.script()));
    }

    private void body(Statement body, Set<String> labels, Label end, Label again) {
        lifting.around.push(new Enclosing.Target(labels, true, end, again));
        lifting.statements.lift(body);
        lifting.around.pop();
    }

    private void back(@Nullable Draft head) {
        if (head != null) {
            lifting.graph.backTo(head);
        }
    }
}
