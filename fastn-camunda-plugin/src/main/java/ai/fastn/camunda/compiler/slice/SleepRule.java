package ai.fastn.camunda.compiler.slice;

import ai.fastn.camunda.compiler.parse.Expression;
import ai.fastn.camunda.compiler.parse.Expression.Identifier;
import ai.fastn.camunda.compiler.parse.Node;
import ai.fastn.camunda.compiler.parse.Statement;
import org.jspecify.annotations.Nullable;

/** Recognises the statements that only wait. */
final class SleepRule {

    private SleepRule() {}

    /**
     * How long {@code await fastn.sleep(ms)} or an awaited {@code new Promise(r => setTimeout(r, ms))} waits; null for
     * others.
     */
    static @Nullable Expression of(Expression expression, Lifting lifting) {
        if (!lifting.waits || !(expression instanceof Expression.AwaitExpression waiting)) {
            return null;
        }
        if (waiting.argument() instanceof Expression.CallExpression call
                && call.arguments().size() == 1
                && !(call.arguments().get(0) instanceof Expression.SpreadElement)
                && lifting.source
                        .effects()
                        .of(call)
                        .filter(use -> use.name().equals("sleep"))
                        .isPresent()) {
            return call.arguments().get(0);
        }
        return waiting.argument() instanceof Expression.NewExpression creation ? timeout(creation, lifting) : null;
    }

    private static @Nullable Expression timeout(Expression.NewExpression creation, Lifting lifting) {
        if (!isGlobal(creation.callee(), "Promise", lifting)
                || creation.arguments().size() != 1
                || !(creation.arguments().get(0) instanceof Expression.ArrowFunctionExpression arrow)
                || arrow.params().size() != 1
                || !(arrow.params().get(0) instanceof Identifier resolve)) {
            return null;
        }
        Node body = arrow.body();
        if (body instanceof Statement.BlockStatement block
                && block.body().size() == 1
                && block.body().get(0) instanceof Statement.ExpressionStatement only) {
            body = only.expression();
        }
        boolean fits = body instanceof Expression.CallExpression call
                && isGlobal(call.callee(), "setTimeout", lifting)
                && call.arguments().size() == 2
                && call.arguments().get(0) instanceof Identifier called
                && called.name().equals(resolve.name())
                && !mentions(call.arguments().get(1), resolve.name());
        return fits ? ((Expression.CallExpression) body).arguments().get(1) : null;
    }

    private static boolean isGlobal(Node node, String name, Lifting lifting) {
        return node instanceof Identifier identifier
                && identifier.name().equals(name)
                && lifting.source.scopes().variableOf(identifier).isEmpty();
    }

    private static boolean mentions(Node node, String name) {
        boolean[] found = {false};
        node.walk(below -> {
            found[0] |=
                    below instanceof Identifier identifier && identifier.name().equals(name);
            return true;
        });
        return found[0];
    }
}
