package ai.fastn.camunda.compiler.slice;

import ai.fastn.camunda.compiler.analyze.AnalyzedScript;
import ai.fastn.camunda.compiler.parse.Expression;
import ai.fastn.camunda.compiler.parse.Expression.Identifier;
import ai.fastn.camunda.compiler.parse.FunctionNode;
import ai.fastn.camunda.compiler.parse.Node;
import ai.fastn.camunda.compiler.parse.Part;
import java.util.Optional;
import java.util.Set;

/**
 * Whether leaving a loop early can be seen by what it iterates over. Only iterators that the author wrote notice it (a
 * generator's {@code finally}, a {@code return} method); a source that has none of these can be stepped through freely.
 */
final class IteratorRule {

    private static final Set<String> ARRAY_METHODS = Set.of(
            "map",
            "filter",
            "slice",
            "sort",
            "concat",
            "flat",
            "flatMap",
            "reverse",
            "splice",
            "split",
            "toSorted",
            "toReversed",
            "fill");

    private final boolean hasOwnIterators;

    IteratorRule(AnalyzedScript source) {
        boolean[] found = {false};
        source.script().program().walk(node -> {
            found[0] |= isIterator(node);
            return !found[0];
        });
        hasOwnIterators = found[0];
    }

    boolean canStepThrough(Expression iterable) {
        return !hasOwnIterators || isArray(iterable);
    }

    private static boolean isIterator(Node node) {
        if (node instanceof FunctionNode function) {
            return function.generator();
        }
        if (node instanceof Expression.MemberExpression member) {
            return !member.computed()
                    && member.property() instanceof Identifier name
                    && (name.name().equals("iterator") || name.name().equals("return"));
        }
        return (node instanceof Part.Property property && isReturn(property.key()))
                || (node instanceof Part.MethodDefinition method && isReturn(method.key()))
                || (node instanceof Part.PropertyDefinition field && isReturn(field.key()));
    }

    private static boolean isReturn(Expression key) {
        return (key instanceof Identifier name && name.name().equals("return"))
                || (key instanceof Expression.Literal literal && literal.value().equals("return"));
    }

    private static boolean isArray(Expression iterable) {
        if (iterable instanceof Expression.ArrayExpression) {
            return true;
        }
        Optional<String> method = iterable instanceof Expression.CallExpression call
                        && call.callee() instanceof Expression.MemberExpression member
                        && !member.computed()
                        && member.property() instanceof Identifier name
                ? Optional.of(name.name())
                : Optional.empty();
        return method.filter(ARRAY_METHODS::contains).isPresent();
    }
}
