package ai.fastn.camunda.compiler.slice;

import ai.fastn.camunda.compiler.parse.Expression;
import ai.fastn.camunda.compiler.parse.Expression.CallExpression;
import ai.fastn.camunda.compiler.parse.Expression.Identifier;
import ai.fastn.camunda.compiler.parse.FunctionNode;
import ai.fastn.camunda.compiler.parse.Statement;
import java.util.List;

/**
 * Lays the statements of a function into the place of its call: parameters bound, returns going to where the value is
 * wanted.
 */
final class Inliner {

    private final Lifting lifting;

    Inliner(Lifting lifting) {
        this.lifting = lifting;
    }

    /** A helper in the place of its call. */
    void inline(CallExpression call, FunctionNode helper, Sink sink) {
        Label end = new Label();
        inline(call, helper, new Enclosing.Function(sink, end, null));
        finish(helper, sink, end);
    }

    /** A helper in the place of its call, in a construct of its own. */
    void inline(CallExpression call, FunctionNode helper, Enclosing.Function enclosing) {
        lifting.operands.inOrder(call.arguments(), false);
        if (call.callee() instanceof Expression.MemberExpression member) {
            bindThis(helper, lifting.text(member.object()));
        }
        arguments(call, helper, enclosing);
    }

    private void arguments(CallExpression call, FunctionNode helper, Enclosing.Function enclosing) {
        lifting.handed.putAll(lifting.source.effects().handed(helper, call.arguments()));
        run(helper, call.arguments().stream().map(lifting::text).toList(), enclosing);
    }

    /** One of the functions that a call may run; what it is called on and its arguments have been read. */
    void inline(CallExpression call, FunctionNode function, String self, Sink sink) {
        Label end = new Label();
        bindThis(function, self);
        arguments(call, function, new Enclosing.Function(sink, end, null));
        finish(function, sink, end);
    }

    /** A function that is only called here. */
    void place(FunctionNode function, List<String> arguments, Sink sink) {
        Label end = new Label();
        run(function, arguments, new Enclosing.Function(sink, end, null));
        finish(function, sink, end);
    }

    private void run(FunctionNode function, List<String> arguments, Enclosing.Function enclosing) {
        lifting.statements.enter(function);
        bindParameters(function, arguments);
        lifting.around.push(enclosing);
        if (function.body() instanceof Statement.BlockStatement body) {
            lifting.statements.run(function, body.body());
        } else {
            lifting.statements.result(
                    new Statement.ReturnStatement(function.body().span(), (Expression) function.body()));
        }
        lifting.around.pop();
    }

    private void finish(FunctionNode function, Sink sink, Label end) {
        if (lifting.graph.isReachable() && !sink.discards()) {
            sink.accept("undefined", null);
        }
        lifting.graph.place(end);
        lifting.renderer.forget(function);
    }

    /** In a method that is laid into its call, {@code this} is what stands before the dot. */
    private void bindThis(FunctionNode helper, String self) {
        if (!helper.isArrow()) {
            helper.walk(node -> {
                if (node instanceof Expression.ThisExpression) {
                    lifting.renderer.replace(node, self);
                }
                return !(node instanceof FunctionNode inner) || inner == helper || inner.isArrow();
            });
        }
    }

    private void bindParameters(FunctionNode helper, List<String> arguments) {
        if (helper.params().isEmpty() && arguments.isEmpty()) {
            return;
        }
        boolean simple = helper.params().size() == arguments.size()
                && helper.params().size() == 1
                && !arguments.get(0).startsWith("...")
                && helper.params().get(0) instanceof Identifier;
        List<String> targets = helper.params().stream().map(lifting::text).toList();
        String code = simple
                ? targets.get(0) + " = " + arguments.get(0) + ";"
                : "([" + String.join(", ", targets) + "] = [" + String.join(", ", arguments) + "]);";
        lifting.graph.before(Piece.internal(code, Purpose.take(helper.params())));
    }
}
