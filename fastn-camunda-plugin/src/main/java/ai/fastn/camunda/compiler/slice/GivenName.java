package ai.fastn.camunda.compiler.slice;

import ai.fastn.camunda.compiler.parse.ClassNode;
import ai.fastn.camunda.compiler.parse.Expression;
import ai.fastn.camunda.compiler.parse.Expression.Identifier;
import ai.fastn.camunda.compiler.parse.FunctionNode;
import ai.fastn.camunda.compiler.parse.Node;
import ai.fastn.camunda.compiler.parse.Part;
import ai.fastn.camunda.compiler.parse.Pattern;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The name that a function or class without one gets from where it is written: that of the member or the variable it is
 * the value of (ECMAScript, NamedEvaluation). Declarations give theirs when their variable is assigned.
 */
final class GivenName {

    private static final Set<String> NAMING = Set.of("=", "&&=", "||=", "??=");

    private GivenName() {}

    /** @param at what the closure stands in */
    static Optional<String> of(Node closure, @Nullable Node at) {
        if (!isNameless(closure)) {
            return Optional.empty();
        }
        if (at instanceof Part.Property property && property.value() == closure && !property.computed()) {
            return name(property.key()).filter(name -> !name.equals("__proto__"));
        }
        if (at instanceof Expression.AssignmentExpression assignment && NAMING.contains(assignment.operator())) {
            return variable(assignment.left());
        }
        return at instanceof Pattern.AssignmentPattern standard ? variable(standard.left()) : Optional.empty();
    }

    /** Whether it has no name of its own. */
    static boolean isNameless(Node closure) {
        return (closure instanceof FunctionNode function && function.id() == null)
                || (closure instanceof ClassNode type && type.id() == null);
    }

    private static Optional<String> variable(Pattern target) {
        return target instanceof Identifier name ? Optional.of(name.name()) : Optional.empty();
    }

    private static Optional<String> name(Expression key) {
        if (key instanceof Identifier name) {
            return Optional.of(name.name());
        }
        return key instanceof Expression.Literal literal && literal.kind() == Expression.LiteralKind.STRING
                ? Optional.of(literal.value())
                : Optional.empty();
    }
}
