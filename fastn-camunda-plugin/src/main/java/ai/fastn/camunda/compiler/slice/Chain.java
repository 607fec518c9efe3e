package ai.fastn.camunda.compiler.slice;

import ai.fastn.camunda.compiler.parse.Expression;
import ai.fastn.camunda.compiler.parse.Expression.CallExpression;
import ai.fastn.camunda.compiler.parse.Expression.Identifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A call with handlers behind it: {@code f().then(a).catch(b).finally(c)}.
 *
 * @param whole all of it
 * @param base the call whose answer goes through the links
 * @param links from the first to the last
 */
record Chain(Expression whole, CallExpression base, List<Link> links) {

    private static final Set<String> WORDS = Set.of("then", "catch", "finally");

    Chain {
        links = List.copyOf(links);
    }

    /**
     * One handler, or two.
     *
     * @param fulfilled what gets the value; null where the value goes on as it is
     * @param rejected what gets the error; null where the error goes on
     * @param last what runs in any case; null without
     */
    record Link(
            CallExpression call,
            @Nullable Expression fulfilled,
            @Nullable Expression rejected,
            @Nullable Expression last) {

        List<Expression> handlers() {
            List<Expression> all = new ArrayList<>();
            for (Expression handler : new Expression[] {fulfilled, rejected, last}) {
                if (handler != null) {
                    all.add(handler);
                }
            }
            return all;
        }
    }

    /** The chain that an expression is; empty for all others. */
    static Optional<Chain> of(Expression expression) {
        List<Link> links = new ArrayList<>();
        Expression at = expression;
        while (at instanceof CallExpression call
                && !call.optional()
                && call.callee() instanceof Expression.MemberExpression member
                && !member.computed()
                && !member.optional()
                && member.property() instanceof Identifier word
                && WORDS.contains(word.name())
                && call.arguments().stream().noneMatch(Expression.SpreadElement.class::isInstance)) {
            links.add(0, link(word.name(), call));
            at = member.object();
        }
        return at instanceof CallExpression base && !links.isEmpty()
                ? Optional.of(new Chain(expression, base, links))
                : Optional.empty();
    }

    private static Link link(String word, CallExpression call) {
        Expression first = argument(call, 0);
        return switch (word) {
            case "then" -> new Link(call, first, argument(call, 1), null);
            case "catch" -> new Link(call, null, first, null);
            default -> new Link(call, null, null, first);
        };
    }

    private static @Nullable Expression argument(CallExpression call, int index) {
        if (call.arguments().size() <= index) {
            return null;
        }
        Expression argument = call.arguments().get(index);
        boolean nothing = argument instanceof Identifier name && name.name().equals("undefined")
                || argument instanceof Expression.Literal literal && literal.kind() == Expression.LiteralKind.NULL;
        return nothing ? null : argument;
    }
}
