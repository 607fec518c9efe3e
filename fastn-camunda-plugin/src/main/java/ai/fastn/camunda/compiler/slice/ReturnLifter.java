package ai.fastn.camunda.compiler.slice;

import ai.fastn.camunda.compiler.parse.Expression;
import ai.fastn.camunda.compiler.parse.Node;
import ai.fastn.camunda.compiler.parse.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code return}: of the workflow, or of a helper that is laid into its call. */
final class ReturnLifter {

    private final Lifting lifting;

    ReturnLifter(Lifting lifting) {
        this.lifting = lifting;
    }

    void lift(Statement.ReturnStatement statement) {
        Jump jump = lifting.jumps.returning();
        Sink result = lifting.jumps.function().result;
        Expression argument = statement.argument();
        if (argument != null && lifting.jumps.border(jump) != null && mayBePromise(argument)) {
            later(statement, argument);
        } else if (result != null) {
            ofHelper(argument, result, jump);
        } else if (argument == null) {
            if (lifting.hasFinally) {
                lifting.graph.note(Piece.note("$ret = undefined;"));
            }
            lifting.jumps.take(jump, "");
        } else {
            ofWorkflow(statement, argument, jump);
        }
    }

    private void ofHelper(@Nullable Expression argument, Sink result, Jump jump) {
        if (argument == null) {
            if (!result.discards()) {
                result.accept("undefined", null);
            }
            lifting.jumps.take(jump, "");
            return;
        }
        boolean promise = mayBePromise(argument);
        Sink ready = new ExpressionLifter.TextSink(result::accept);
        Sink awaiting = new ExpressionLifter.TextSink((text, value) -> {
            Node made = value instanceof Expression awaited
                    ? new Expression.AwaitExpression(awaited.span(), awaited)
                    : value;
            result.accept("await (" + text + ")", made);
        });
        lifting.expressions.into(argument, promise ? awaiting : result.discards() ? result : ready);
        lifting.jumps.take(jump, "");
    }

    private void ofWorkflow(Statement.ReturnStatement statement, Expression argument, Jump jump) {
        String outcome = Outcomes.of(argument, lifting.source.script());
        lifting.expressions.into(argument, new ExpressionLifter.TextSink((text, value) -> {
            lifting.jumps.noteBefore(jump);
            boolean whole = value == argument && !statement.span().equals(argument.span());
            String code =
                    whole ? Code.statement(lifting.renderer.around(statement, argument, text)) : "return " + text + ";";
            Node at = value == argument ? statement : value;
            lifting.graph.returning(lifting.piece(code, at == null ? null : at.span(), value, List.of()));
            lifting.jumps.takeNoted(jump, outcome);
        }));
    }

    /** A promise that is returned out of a {@code try} is not caught there: it is awaited behind it. */
    private void later(Statement.ReturnStatement statement, Expression argument) {
        String box = lifting.temp("t");
        lifting.expressions.lift(argument, true);
        lifting.graph.code(lifting.piece(box + " = {v: " + lifting.text(argument) + "};", statement));
        lifting.jumps.take(lifting.jumps.returning(box), "");
    }

    /** Whether a value can be a promise that nobody awaits here. */
    private boolean mayBePromise(Expression argument) {
        if (argument instanceof Expression.ConditionalExpression choice) {
            return mayBePromise(choice.consequent()) || mayBePromise(choice.alternate());
        }
        if (argument instanceof Expression.LogicalExpression logical) {
            return mayBePromise(logical.left()) || mayBePromise(logical.right());
        }
        return argument instanceof Expression.CallExpression
                || argument instanceof Expression.NewExpression
                || argument instanceof Expression.MemberExpression
                || argument instanceof Expression.ChainExpression
                || argument instanceof Expression.SequenceExpression
                || argument instanceof Expression.AssignmentExpression
                || argument instanceof Expression.TaggedTemplateExpression
                || (argument instanceof Expression.Identifier name && mayHoldPromise(name));
    }

    private boolean mayHoldPromise(Expression.Identifier name) {
        return lifting.source
                .scopes()
                .variableOf(name)
                .map(variable -> !Promises.neverHolds(variable, lifting.source))
                .orElse(false);
    }
}
