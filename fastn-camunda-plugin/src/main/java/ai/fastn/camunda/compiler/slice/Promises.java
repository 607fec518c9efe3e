package ai.fastn.camunda.compiler.slice;

import ai.fastn.camunda.compiler.analyze.AnalyzedScript;
import ai.fastn.camunda.compiler.analyze.Variable;
import ai.fastn.camunda.compiler.parse.Expression;
import ai.fastn.camunda.compiler.parse.Expression.Identifier;
import ai.fastn.camunda.compiler.parse.Part;
import org.jspecify.annotations.Nullable;

/** Knows variables that never hold a promise. */
final class Promises {

    private Promises() {}

    static boolean neverHolds(Variable variable, AnalyzedScript source) {
        if (variable.isReassigned()) {
            return false;
        }
        boolean[] plain = {false};
        source.script().program().walk(node -> {
            if (node instanceof Part.VariableDeclarator declarator
                    && declarator.id() instanceof Identifier name
                    && source.scopes().variableOf(name).filter(variable::equals).isPresent()) {
                plain[0] = isPlain(declarator.init());
            }
            return true;
        });
        return plain[0];
    }

    private static boolean isPlain(@Nullable Expression value) {
        return value instanceof Expression.AwaitExpression
                || value instanceof Expression.Literal
                || value instanceof Expression.ObjectExpression
                || value instanceof Expression.ArrayExpression
                || value instanceof Expression.TemplateLiteral
                || value instanceof Expression.BinaryExpression
                || value instanceof Expression.UnaryExpression
                || value instanceof Expression.ArrowFunctionExpression;
    }
}
