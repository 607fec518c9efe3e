package ai.fastn.camunda.compiler.slice;

import ai.fastn.camunda.compiler.parse.Expression;
import ai.fastn.camunda.compiler.parse.Expression.YieldExpression;
import ai.fastn.camunda.compiler.parse.FunctionNode;
import ai.fastn.camunda.compiler.parse.Node;
import ai.fastn.camunda.compiler.parse.Statement;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * The yields of a generator.
 *
 * @param arePlain whether each is a statement of its own, and no {@code try} around it sees what its receiver does
 */
record Yields(int count, boolean arePlain) {

    /** @param isList whether an expression gives plain data, so that handing it on is a loop over it */
    static Yields of(Node body, Predicate<Expression> isList) {
        return of(body, true, isList);
    }

    /**
     * Whether nobody sees that a generator is closed early: no {@code try} stands around a yield, and none hands on.
     */
    static boolean closesQuietly(Node body) {
        return !(body instanceof Statement.TryStatement && yields(body))
                && !(body instanceof YieldExpression yield && yield.delegate())
                && (body instanceof FunctionNode || body.children().stream().allMatch(Yields::closesQuietly));
    }

    private static boolean yields(Node node) {
        return node instanceof YieldExpression
                || (!(node instanceof FunctionNode) && node.children().stream().anyMatch(Yields::yields));
    }

    private static Yields of(Node node, boolean plain, Predicate<Expression> isList) {
        if (node instanceof FunctionNode) {
            return new Yields(0, true);
        }
        if (node instanceof Statement.ExpressionStatement statement
                && statement.expression() instanceof YieldExpression own
                && (!own.delegate() || isList.test(Objects.requireNonNull(own.argument())))) {
            Yields inside = own.argument() == null ? new Yields(0, true) : of(own.argument(), plain, isList);
            return new Yields(inside.count + 1, plain && inside.arePlain);
        }
        boolean yields = node instanceof YieldExpression;
        boolean below = plain && !(node instanceof Statement.TryStatement);
        int count = yields ? 1 : 0;
        boolean arePlain = !yields;
        for (Node child : node.children()) {
            Yields ofChild = of(child, below, isList);
            count += ofChild.count;
            arePlain &= ofChild.arePlain;
        }
        return new Yields(count, arePlain);
    }
}
