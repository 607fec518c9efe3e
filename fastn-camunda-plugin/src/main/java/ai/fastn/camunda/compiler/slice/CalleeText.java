package ai.fastn.camunda.compiler.slice;

import ai.fastn.camunda.compiler.parse.Expression;
import ai.fastn.camunda.compiler.parse.Expression.Identifier;
import ai.fastn.camunda.compiler.parse.Script;

/** What GraalJS calls a callee when it says that it "is not a function". Seen by trying, version 25.5. */
final class CalleeText {

    private static final String UNNAMED = "(intermediate value)";

    private final Script script;

    private CalleeText(Script script) {
        this.script = script;
    }

    static String of(Expression callee, Script script) {
        return new CalleeText(script).shown(callee);
    }

    /** In a chain with {@code ?.}: what the member is read from is shown as unnamed. */
    static String inChain(Expression callee, Script script) {
        return callee instanceof Expression.MemberExpression member
                ? new CalleeText(script).access(UNNAMED, member)
                : of(callee, script);
    }

    private String shown(Expression expression) {
        if (expression instanceof Identifier name) {
            return name.name();
        }
        if (expression instanceof Expression.ThisExpression) {
            return "this";
        }
        if (expression instanceof Expression.MemberExpression member && !member.optional()) {
            return access(shown(member.object()), member);
        }
        if (expression instanceof Expression.CallExpression call && !call.optional()) {
            return shown(call.callee()) + "(...)";
        }
        return expression instanceof Expression.Literal literal ? constant(literal) : operation(expression);
    }

    private String access(String object, Expression.MemberExpression member) {
        return member.computed()
                ? object + "[" + shown(member.property()) + "]"
                : object + "." + script.text(member.property());
    }

    private static String constant(Expression.Literal literal) {
        return switch (literal.kind()) {
            case STRING -> "\"" + literal.value() + "\"";
            case NUMBER, BOOLEAN, NULL, BIGINT -> literal.value();
            default -> UNNAMED;
        };
    }

    private String operation(Expression expression) {
        if (expression instanceof Expression.BinaryExpression binary) {
            return "(" + shown(binary.left()) + " " + binary.operator() + " " + shown(binary.right()) + ")";
        }
        if (expression instanceof Expression.LogicalExpression logical) {
            return "(" + shown(logical.left()) + " " + logical.operator() + " " + shown(logical.right()) + ")";
        }
        if (expression instanceof Expression.UnaryExpression unary) {
            boolean negative = unary.operator().equals("-") && unary.argument() instanceof Expression.Literal;
            String gap = Character.isLetter(unary.operator().charAt(0)) ? " " : "";
            String text = unary.operator() + gap + shown(unary.argument());
            return negative ? text : "(" + text + ")";
        }
        return UNNAMED;
    }
}
