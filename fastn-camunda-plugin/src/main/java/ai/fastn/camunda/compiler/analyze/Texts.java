package ai.fastn.camunda.compiler.analyze;

import ai.fastn.camunda.compiler.parse.Expression;
import java.util.List;
import java.util.Optional;

/** Reads constant words out of expressions. */
final class Texts {

    private Texts() {}

    /** What the first argument begins with, as far as it is constant text; a template's holes become dots. */
    static Optional<String> firstWords(List<Expression> arguments) {
        if (arguments.isEmpty()) {
            return Optional.empty();
        }
        Expression first = arguments.get(0);
        if (first instanceof Expression.Literal literal && literal.kind() == Expression.LiteralKind.STRING) {
            return Optional.of(literal.value());
        }
        if (first instanceof Expression.TemplateLiteral template) {
            String head = template.quasis().get(0).cooked();
            return Optional.ofNullable(head).map(text -> template.expressions().isEmpty() ? text : text + "…");
        }
        return Optional.empty();
    }

    /** The name of a member of an object literal. */
    static Optional<String> key(Expression key) {
        if (key instanceof Expression.Identifier name) {
            return Optional.of(name.name());
        }
        return key instanceof Expression.Literal literal && literal.kind() == Expression.LiteralKind.STRING
                ? Optional.of(literal.value())
                : Optional.empty();
    }
}
