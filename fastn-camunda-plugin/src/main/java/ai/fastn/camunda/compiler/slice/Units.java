package ai.fastn.camunda.compiler.slice;

import ai.fastn.camunda.compiler.analyze.EffectMap;
import ai.fastn.camunda.compiler.parse.ClassNode;
import ai.fastn.camunda.compiler.parse.Expression;
import ai.fastn.camunda.compiler.parse.Expression.AwaitExpression;
import ai.fastn.camunda.compiler.parse.FunctionNode;
import ai.fastn.camunda.compiler.parse.Node;
import ai.fastn.camunda.compiler.parse.Part;
import ai.fastn.camunda.compiler.parse.Pattern;
import ai.fastn.camunda.compiler.parse.Statement;
import java.util.IdentityHashMap;

/** Counts the awaited effects of a piece of code: each can be a step. */
final class Units {

    private final EffectMap effects;
    private final IdentityHashMap<Node, Integer> counts = new IdentityHashMap<>();

    Units(EffectMap effects) {
        this.effects = effects;
    }

    boolean has(Node node) {
        return count(node) > 0;
    }

    /** How many steps a node would give; what can only stay together counts as one. */
    int count(Node node) {
        Integer known = counts.get(node);
        if (known == null) {
            known = counted(node);
            counts.put(node, known);
        }
        return known;
    }

    private int counted(Node node) {
        if (node instanceof FunctionNode) {
            return 0;
        }
        int below = node.children().stream().mapToInt(this::count).sum();
        if (isUnit(node)) {
            return below + 1;
        }
        return below > 0 && staysWhole(node) ? 1 : below;
    }

    /** An await of an effect, or of a function that performs some. */
    boolean isUnit(Node node) {
        if (node instanceof Statement.ForOfStatement loop && loop.await()) {
            return !effects.performedBy(loop, child -> false).isEmpty();
        }
        return node instanceof AwaitExpression waiting
                && !effects.performedBy(waiting, child -> child instanceof AwaitExpression && child != waiting)
                        .isEmpty();
    }

    /** Expressions that are never cut in the middle. */
    boolean staysWhole(Node node) {
        if (node instanceof Expression.ChainExpression
                || node instanceof Expression.TaggedTemplateExpression
                || node instanceof Expression.YieldExpression
                || node instanceof Expression.ImportExpression
                || node instanceof ClassNode
                || node instanceof Pattern.ObjectPattern
                || node instanceof Pattern.ArrayPattern
                || node instanceof Expression.UpdateExpression) {
            return true;
        }
        if (node instanceof Expression.UnaryExpression unary) {
            return unary.operator().equals("delete");
        }
        if (node instanceof Expression.ObjectExpression object) {
            return object.properties().stream()
                    .anyMatch(member -> member instanceof Part.Property property
                            && (property.method() || property.kind() != Part.PropertyKind.INIT || isProto(property)));
        }
        return usesSuper(node);
    }

    private static boolean isProto(Part.Property property) {
        return !property.computed()
                && ((property.key() instanceof Expression.Identifier name
                                && name.name().equals("__proto__"))
                        || (property.key() instanceof Expression.Literal literal
                                && literal.value().equals("__proto__")));
    }

    private static boolean usesSuper(Node node) {
        return node instanceof Expression.CallExpression call
                && (call.callee() instanceof Expression.Super
                        || (call.callee() instanceof Expression.MemberExpression member
                                && (member.object() instanceof Expression.Super
                                        || member.property() instanceof Expression.PrivateIdentifier)));
    }
}
