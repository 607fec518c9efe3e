package ai.fastn.camunda.compiler.slice;

import ai.fastn.camunda.compiler.parse.Expression;
import ai.fastn.camunda.compiler.parse.Expression.Identifier;
import ai.fastn.camunda.compiler.parse.Expression.LiteralKind;
import ai.fastn.camunda.compiler.parse.Script;
import java.util.List;
import java.util.Map;

/** Makes the question of a gateway out of its condition. */
final class Questions {

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

    Questions(Script script) {
        this.script = script;
    }

    static String of(Expression test, Script script) {
        return question(new Questions(script).phrase(test));
    }

    /** Which of several it is. */
    static String which(Expression decider, Script script) {
        return question("which " + new Questions(script).noun(decider));
    }

    /** Whether a function is there, perhaps one that is looked up. */
    static String there(Expression callee, Script script) {
        Questions questions = new Questions(script);
        return callee instanceof Expression.MemberExpression member && member.computed()
                ? question("any " + questions.noun(member.object()) + " for " + questions.noun(member.property()))
                : of(callee, script);
    }

    /** Whether there is more of what an expression gives. */
    static String more(Expression list, Script script) {
        return question("more " + new Questions(script).noun(list));
    }

    private static String question(String phrase) {
        return Words.cut(Words.capital(phrase)) + "?";
    }

    /** What is asked, without the question mark. */
    String phrase(Expression test) {
        if (test instanceof Expression.UnaryExpression unary && unary.operator().equals("!")) {
            return denied(unary.argument());
        }
        if (isLength(test)) {
            return "any " + noun(((Expression.MemberExpression) test).object());
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

    private String denied(Expression test) {
        if (isLength(test)) {
            return "no " + noun(((Expression.MemberExpression) test).object());
        }
        String said = phrase(test);
        if (said.startsWith("is ")) {
            return "is not" + said.substring(2);
        }
        return isCall(test) ? "not " + said : "no " + said;
    }

    private static boolean isCall(Expression expression) {
        return expression instanceof Expression.CallExpression
                || (expression instanceof Expression.AwaitExpression waiting && isCall(waiting.argument()));
    }

    private static boolean isLength(Expression expression) {
        return expression instanceof Expression.MemberExpression member
                && !member.computed()
                && member.property() instanceof Identifier name
                && name.name().equals("length");
    }

    private String comparison(Expression.BinaryExpression comparison) {
        String left = noun(comparison.left());
        boolean equal = comparison.operator().startsWith("=");
        boolean equality = equal || comparison.operator().startsWith("!");
        if (isLength(comparison.left())
                && (equality || comparison.operator().equals(">"))
                && script.text(comparison.right()).equals("0")) {
            return (equal ? "no " : "any ") + noun(((Expression.MemberExpression) comparison.left()).object());
        }
        if (equality && isNothing(comparison.right())) {
            return left + (equal ? " is missing" : " is there");
        }
        return left + " " + WORDS.get(comparison.operator()) + " " + noun(comparison.right());
    }

    static boolean isNothing(Expression value) {
        return (value instanceof Expression.Literal literal && literal.kind() == LiteralKind.NULL)
                || (value instanceof Identifier name && name.name().equals("undefined"));
    }

    /** How a value is spoken of. */
    String noun(Expression expression) {
        if (isNothing(expression)) {
            return "nothing";
        }
        if (expression instanceof Identifier name) {
            return Words.spoken(name.name());
        }
        if (expression instanceof Expression.Literal literal && literal.kind() == LiteralKind.STRING) {
            return literal.value();
        }
        if (expression instanceof Expression.LogicalExpression choice
                && choice.operator().equals("??")) {
            return noun(choice.left()) + " or else " + noun(choice.right());
        }
        if (expression instanceof Expression.ChainExpression chain) {
            return noun(chain.expression());
        }
        if (expression instanceof Expression.MemberExpression member && !member.computed()) {
            return noun(member.object()) + " " + Words.spoken(script.text(member.property()));
        }
        if (expression instanceof Expression.AwaitExpression waiting) {
            return noun(waiting.argument());
        }
        if (expression instanceof Expression.CallExpression call && isSpeakable(call)) {
            return call(call);
        }
        return script.text(expression).replaceAll("\\s+", " ");
    }

    /** {@code seen.has(id)} gives {@code seen has id}. */
    private String call(Expression.CallExpression call) {
        List<String> words = call.arguments().stream().map(this::noun).toList();
        String callee =
                noun(call.callee()).replaceFirst("^fastn (connector )?", "").replaceFirst("^state get$", "state");
        return words.isEmpty() ? callee : callee + " " + String.join(", ", words);
    }

    private static boolean isSpeakable(Expression.CallExpression call) {
        return isPath(call.callee())
                && call.arguments().stream()
                        .allMatch(argument -> isPath(argument)
                                || (argument instanceof Expression.Literal literal
                                        && literal.kind() != LiteralKind.REGEXP));
    }

    /** Whether an expression is a name, or members of one. */
    static boolean isPath(Expression expression) {
        return expression instanceof Identifier
                || (expression instanceof Expression.MemberExpression member
                        && !member.computed()
                        && member.property() instanceof Identifier
                        && isPath(member.object()));
    }
}
