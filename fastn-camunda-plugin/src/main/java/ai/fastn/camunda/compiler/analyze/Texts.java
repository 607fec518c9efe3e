package ai.fastn.camunda.compiler.analyze;

import ai.fastn.camunda.compiler.parse.Expression;
import java.util.List;
import java.util.Locale;
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

    /** How many letters to add, drop or change, upper and lower case alike. */
    static int distance(String from, String to) {
        String a = from.toLowerCase(Locale.ROOT);
        String b = to.toLowerCase(Locale.ROOT);
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
