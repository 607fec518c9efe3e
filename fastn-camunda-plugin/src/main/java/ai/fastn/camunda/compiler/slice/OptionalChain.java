package ai.fastn.camunda.compiler.slice;

import ai.fastn.camunda.compiler.parse.Expression;
import ai.fastn.camunda.compiler.parse.Expression.CallExpression;
import ai.fastn.camunda.compiler.parse.Expression.MemberExpression;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The links of {@code a?.b.c(d)}, from the inside out: each reads a member of the value before it, or calls it.
 *
 * @param head what the chain begins with
 */
record OptionalChain(Expression head, List<Expression> links) {

    OptionalChain {
        links = List.copyOf(links);
    }

    static OptionalChain of(Expression.ChainExpression chain) {
        List<Expression> links = new ArrayList<>();
        Expression at = chain.expression();
        while (true) {
            if (at instanceof MemberExpression member) {
                links.add(0, at);
                at = member.object();
            } else if (at instanceof CallExpression call) {
                links.add(0, at);
                at = call.callee();
            } else {
                return new OptionalChain(at, links);
            }
        }
    }

    static boolean isOptional(Expression link) {
        return link instanceof MemberExpression member ? member.optional() : ((CallExpression) link).optional();
    }

    /** The call whose function alone may be missing: {@code a.b?.(c)}. */
    Optional<CallExpression> optionalCall() {
        List<Expression> optional =
                links.stream().filter(OptionalChain::isOptional).toList();
        return optional.size() == 1
                        && optional.get(0) instanceof CallExpression call
                        && call == links.get(links.size() - 1)
                ? Optional.of(call)
                : Optional.empty();
    }

    /** Whether each link is one that can be done on its own. */
    boolean isPlain() {
        return !(head instanceof Expression.Super)
                && links.stream()
                        .noneMatch(link -> link instanceof MemberExpression member
                                && member.property() instanceof Expression.PrivateIdentifier);
    }
}
