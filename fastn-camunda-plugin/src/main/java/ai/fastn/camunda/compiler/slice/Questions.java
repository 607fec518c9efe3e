package ai.fastn.camunda.compiler.slice;

import ai.fastn.camunda.compiler.parse.Expression;
import ai.fastn.camunda.compiler.parse.Expression.Identifier;
import ai.fastn.camunda.compiler.parse.Script;
import java.util.Locale;
import java.util.Map;

/** Makes the question of a gateway out of its condition. */
final class Questions {

    private static final int LONGEST = 60;
    private static final Map<String, String> WORDS = Map.of(
            "===",
            "is",
            "==",
            "is",
            "!==",
            "is not",
            "!=",
            "is not",
            ">",
            ">",
            "<",
            "<",
            ">=",
            "≥",
            "<=",
            "≤",
            "instanceof",
            "is a");

    private final Script script;

    private Questions(Script script) {
        this.script = script;
    }

    static String of(Expression test, Script script) {
        return clipped(capital(new Questions(script).phrase(test)));
    }

    /** Which of several it is. */
    static String which(Expression decider, Script script) {
        return clipped("Which " + new Questions(script).noun(decider));
    }

    private static String clipped(String text) {
        String shown =
                text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1).strip() + "…";
        return shown + "?";
    }

    /** Whether there is more of what an expression gives. */
    static String more(Expression list, Script script) {
        return clipped("More " + new Questions(script).noun(list));
    }

    private String phrase(Expression test) {
        if (test instanceof Expression.UnaryExpression unary && unary.operator().equals("!")) {
            return "no " + phrase(unary.argument());
        }
        if (test instanceof Expression.LogicalExpression logical
                && !logical.operator().equals("??")) {
            String word = logical.operator().equals("&&") ? " and " : " or ";
            return phrase(logical.left()) + word + phrase(logical.right());
        }
        if (test instanceof Expression.BinaryExpression comparison && WORDS.containsKey(comparison.operator())) {
            return comparison(comparison);
        }
        return noun(test);
    }

    private String comparison(Expression.BinaryExpression comparison) {
        String left = noun(comparison.left());
        boolean equal = comparison.operator().startsWith("=");
        if (comparison.left() instanceof Expression.MemberExpression member
                && script.text(member.property()).equals("length")
                && script.text(comparison.right()).equals("0")) {
            return (equal ? "no " : "any ") + noun(member.object());
        }
        String right = comparison.right() instanceof Expression.Literal literal
                        && literal.kind() == Expression.LiteralKind.STRING
                ? literal.value()
                : noun(comparison.right());
        return left + " " + WORDS.get(comparison.operator()) + " " + right;
    }

    private String noun(Expression expression) {
        if (expression instanceof Identifier name) {
            return spoken(name.name());
        }
        if (expression instanceof Expression.ChainExpression chain) {
            return noun(chain.expression());
        }
        if (expression instanceof Expression.MemberExpression member && !member.computed()) {
            return noun(member.object()) + " " + spoken(script.text(member.property()));
        }
        if (expression instanceof Expression.AwaitExpression waiting) {
            return noun(waiting.argument());
        }
        return script.text(expression).replaceAll("\\s+", " ");
    }

    static String spoken(String camelCase) {
        String words = camelCase
                .replace('_', ' ')
                .replaceAll("([a-z0-9])([A-Z])", "$1 $2")
                .strip();
        return words.equals(words.toUpperCase(Locale.ROOT)) ? words : words.toLowerCase(Locale.ROOT);
    }

    static String capital(String text) {
        return text.isEmpty() ? text : Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
