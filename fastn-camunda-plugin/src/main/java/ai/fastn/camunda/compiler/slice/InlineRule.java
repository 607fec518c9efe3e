package ai.fastn.camunda.compiler.slice;

import ai.fastn.camunda.compiler.analyze.AnalyzedScript;
import ai.fastn.camunda.compiler.analyze.Variable;
import ai.fastn.camunda.compiler.parse.Expression;
import ai.fastn.camunda.compiler.parse.Expression.Identifier;
import ai.fastn.camunda.compiler.parse.FunctionNode;
import ai.fastn.camunda.compiler.parse.Node;
import ai.fastn.camunda.compiler.parse.Statement;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Which helper is laid into its call: one that performs effects, is called at exactly one place and is never handed
 * around, so that one set of variables is enough.
 */
final class InlineRule {

    private final AnalyzedScript source;
    private final Units units;
    private final Parents parents;

    InlineRule(AnalyzedScript source, Units units, Parents parents) {
        this.source = source;
        this.units = units;
        this.parents = parents;
    }

    Optional<FunctionNode> helper(Expression.CallExpression call, Predicate<Node> isShared) {
        if (call.optional()
                || call.arguments().stream().anyMatch(Expression.SpreadElement.class::isInstance)
                || !(call.callee() instanceof Identifier name)) {
            return Optional.empty();
        }
        Optional<Variable> variable = source.scopes().variableOf(name);
        return variable.filter(callee ->
                        isUsedOnce(callee) && isShared.test(callee.scope().node()))
                .flatMap(source.effects()::functionOf)
                .filter(function -> function != source.main()
                        && !parents.isInside(call, function)
                        && units.has(function.body())
                        && isPlain(function));
    }

    private static boolean isUsedOnce(Variable callee) {
        return callee.references().stream()
                        .filter(reference -> reference.isRead())
                        .count()
                == 1;
    }

    private boolean isPlain(FunctionNode function) {
        if (function.generator()
                || (function instanceof Expression.FunctionExpression named && named.id() != null)
                || !(function.body() instanceof Statement.BlockStatement)
                || function.params().stream().anyMatch(units::has)) {
            return false;
        }
        boolean[] plain = {true};
        function.body().walk(node -> {
            boolean own = node instanceof FunctionNode inner && !inner.isArrow();
            plain[0] &= own
                    || !(node instanceof Expression.ThisExpression
                            || node instanceof Expression.MetaProperty
                            || (node instanceof Identifier name && name.name().equals("arguments")));
            return !own;
        });
        return plain[0];
    }
}
