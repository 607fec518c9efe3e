package ai.fastn.camunda.compiler.slice;

import ai.fastn.camunda.compiler.analyze.AnalyzedScript;
import ai.fastn.camunda.compiler.parse.Expression;
import ai.fastn.camunda.compiler.parse.Expression.Identifier;
import ai.fastn.camunda.compiler.parse.FunctionNode;
import ai.fastn.camunda.compiler.parse.Node;
import ai.fastn.camunda.compiler.parse.Statement;

/** What an async function does once its first awaited answer has come. */
final class AfterAwait {

    private final FunctionNode function;
    private final AnalyzedScript source;
    private boolean waited;
    private boolean visible;

    AfterAwait(FunctionNode function, AnalyzedScript source) {
        this.function = function;
        this.source = source;
    }

    /** Whether somebody else can notice it. */
    boolean isVisible() {
        visit(function.body());
        return visible;
    }

    /** Whether a piece of code only computes. */
    static boolean isCalm(Node node) {
        return node instanceof FunctionNode
                || (!isDeed(node) && node.children().stream().allMatch(AfterAwait::isCalm));
    }

    private static boolean isDeed(Node node) {
        return node instanceof Expression.CallExpression
                || node instanceof Expression.NewExpression
                || node instanceof Expression.AssignmentExpression
                || node instanceof Expression.UpdateExpression
                || node instanceof Expression.AwaitExpression
                || node instanceof Expression.TaggedTemplateExpression
                || node instanceof Statement.ThrowStatement
                || (node instanceof Expression.UnaryExpression unary
                        && unary.operator().equals("delete"));
    }

    private void visit(Node node) {
        if (visible || node instanceof FunctionNode) {
            return;
        }
        if (node instanceof Statement.Loop && WholeLifter.waits(node)) {
            visible = true;
            return;
        }
        node.children().forEach(this::visit);
        if (node instanceof Expression.AwaitExpression) {
            visible |= waited;
            waited = true;
        } else {
            visible |= waited && isDeed(node) && !isOwn(node);
        }
    }

    /** Gives a variable of its own a value. */
    private boolean isOwn(Node node) {
        return node instanceof Expression.AssignmentExpression assignment
                && assignment.left() instanceof Identifier name
                && source.scopes()
                        .variableOf(name)
                        .filter(variable -> variable.scope().function().node() == function)
                        .isPresent();
    }
}
