package ai.fastn.camunda.compiler.slice;

import ai.fastn.camunda.compiler.parse.Expression;
import ai.fastn.camunda.compiler.parse.Expression.CallExpression;
import ai.fastn.camunda.compiler.parse.Expression.Identifier;
import ai.fastn.camunda.compiler.parse.FunctionNode;
import ai.fastn.camunda.compiler.parse.Node;
import ai.fastn.camunda.compiler.parse.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Recognises the statements that only wait. */
final class SleepRule {

    private SleepRule() {}

    /**
     * How long {@code await fastn.sleep(ms)} or an awaited {@code new Promise(r => setTimeout(r, ms))} waits; null for
     * others.
     */
    static @Nullable Wait of(Expression expression, Lifting lifting) {
        if (!lifting.waits || !(expression instanceof Expression.AwaitExpression waiting)) {
            return null;
        }
        if (waiting.argument() instanceof CallExpression call
                && call.arguments().size() == 1
                && !(call.arguments().get(0) instanceof Expression.SpreadElement)
                && lifting.source
                        .effects()
                        .of(call)
                        .filter(use -> use.name().equals("sleep"))
                        .isPresent()) {
            return new Wait(call.arguments().get(0), List.of(), false);
        }
        if (waiting.argument() instanceof CallExpression call) {
            return ofHelper(call, lifting);
        }
        Expression time = timeout(waiting.argument(), lifting);
        return time == null ? null : new Wait(time, List.of(), true);
    }

    /** {@code const sleep = (ms) => new Promise((r) => setTimeout(r, ms))}, which most authors write themselves. */
    private static @Nullable Wait ofHelper(CallExpression call, Lifting lifting) {
        FunctionNode helper = lifting.source.effects().functionOf(call.callee()).orElse(null);
        if (helper == null
                || helper.generator()
                || helper.params().size() != 1
                || !(helper.params().get(0) instanceof Identifier parameter)
                || call.arguments().size() != 1
                || call.arguments().get(0) instanceof Expression.SpreadElement) {
            return null;
        }
        Node body = helper.body();
        if (body instanceof Statement.BlockStatement block
                && block.body().size() == 1
                && block.body().get(0) instanceof Statement.ReturnStatement only
                && only.argument() != null) {
            body = only.argument();
        }
        Expression time = body instanceof Expression value ? timeout(value, lifting) : null;
        if (time == null) {
            return null;
        }
        boolean same = time instanceof Identifier name && name.name().equals(parameter.name());
        return new Wait(call.arguments().get(0), same ? List.of() : List.of(parameter, time), true);
    }

    /**
     * A wait.
     *
     * @param value how long, or until when
     * @param conversion a parameter and what it is turned into; empty where the value is the time itself
     * @param timer whether it is a timer's time, which may be anything: what is no number counts as none
     */
    record Wait(Expression value, List<Expression> conversion, boolean timer) {

        String text(Lifting lifting) {
            String given = lifting.text(value);
            String time = conversion.isEmpty()
                    ? given
                    : "((" + lifting.text(conversion.get(0)) + ") => " + lifting.text(conversion.get(1)) + ")(" + given
                            + ")";
            boolean number = conversion.isEmpty() && value instanceof Expression.Literal;
            return timer && !number ? "Number(" + time + ") || 0" : time;
        }
    }

    private static @Nullable Expression timeout(Expression value, Lifting lifting) {
        if (!(value instanceof Expression.NewExpression creation)
                || !isGlobal(creation.callee(), "Promise", lifting)
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
        boolean fits = body instanceof CallExpression call
                && isGlobal(call.callee(), "setTimeout", lifting)
                && call.arguments().size() == 2
                && call.arguments().get(0) instanceof Identifier called
                && called.name().equals(resolve.name())
                && !mentions(call.arguments().get(1), resolve.name());
        return fits ? ((CallExpression) body).arguments().get(1) : null;
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
