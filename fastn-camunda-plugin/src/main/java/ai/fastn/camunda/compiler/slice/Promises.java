package ai.fastn.camunda.compiler.slice;

import ai.fastn.camunda.compiler.analyze.AnalyzedScript;
import ai.fastn.camunda.compiler.analyze.Variable;
import ai.fastn.camunda.compiler.parse.Expression;

/** Knows variables that never hold a promise. */
final class Promises {

    private Promises() {}

    static boolean neverHolds(Variable variable, AnalyzedScript source) {
        return source.effects().valueOf(variable).filter(Promises::isPlain).isPresent();
    }

    private static boolean isPlain(Expression value) {
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
