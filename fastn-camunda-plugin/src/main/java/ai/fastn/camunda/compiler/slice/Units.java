package ai.fastn.camunda.compiler.slice;

import ai.fastn.camunda.compiler.analyze.AnalyzedScript;
import ai.fastn.camunda.compiler.analyze.EffectMap;
import ai.fastn.camunda.compiler.parse.ClassNode;
import ai.fastn.camunda.compiler.parse.Expression;
import ai.fastn.camunda.compiler.parse.Expression.AwaitExpression;
import ai.fastn.camunda.compiler.parse.Expression.CallExpression;
import ai.fastn.camunda.compiler.parse.FunctionNode;
import ai.fastn.camunda.compiler.parse.Node;
import ai.fastn.camunda.compiler.parse.Part;
import ai.fastn.camunda.compiler.parse.Pattern;
import ai.fastn.camunda.compiler.parse.Statement;
import java.util.IdentityHashMap;
import java.util.List;

/** Counts the awaited effects of a piece of code: each can be a step. */
final class Units {

    private final EffectMap effects;
    private final Parents parents;
    private final Background background;
    private final FunctionNode main;
    private final PatternRule patterns;
    private final DispatchRule dispatching;
    private final IdentityHashMap<Node, Integer> counts = new IdentityHashMap<>();

    Units(
            AnalyzedScript source,
            Parents parents,
            Background background,
            PatternRule patterns,
            DispatchRule dispatching) {
        this.effects = source.effects();
        this.parents = parents;
        this.background = background;
        this.main = source.main();
        this.patterns = patterns;
        this.dispatching = dispatching;
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
        if (isUnit(node) || isYield(node)) {
            return below + 1;
        }
        return below > 0 && staysWhole(node) ? 1 : below;
    }

    /** An await of an effect, or of a function that performs some; also one that the caller of a return awaits. */
    boolean isUnit(Node node) {
        if (node instanceof Statement.ForOfStatement loop && loop.await()) {
            return !effects.performedBy(loop, child -> false).isEmpty();
        }
        boolean waits = node instanceof AwaitExpression || (node instanceof CallExpression call && isReturned(call));
        return waits
                && (!effects.performedBy(node, child -> child instanceof AwaitExpression && child != node)
                                .isEmpty()
                        || (node instanceof CallExpression call && mayPerform(call)));
    }

    /** Whether one of the functions that a call may run performs effects. */
    private boolean mayPerform(CallExpression call) {
        return dispatching.of(call).stream()
                .flatMap(dispatch -> dispatch.candidates().stream())
                .anyMatch(candidate -> !effects.performedBy(candidate.function().body(), child -> false)
                        .isEmpty());
    }

    /** A generator is only ever lifted when its yields are runs of a loop's body. */
    private static boolean isYield(Node node) {
        return node instanceof Statement.ExpressionStatement statement
                && statement.expression() instanceof Expression.YieldExpression;
    }

    /** What a unit waits for; the call where that is {@code f?.(x)}. */
    static Expression awaited(Node unit) {
        Expression awaited = unit instanceof AwaitExpression waiting ? waiting.argument() : (Expression) unit;
        return awaited instanceof Expression.ChainExpression chain
                ? OptionalChain.of(chain)
                        .optionalCall()
                        .map(Expression.class::cast)
                        .orElse(awaited)
                : awaited;
    }

    /** {@code return f()} is {@code return await f()} where the caller waits, unless a try around it would notice. */
    private boolean isReturned(CallExpression call) {
        Node at = parents.of(call);
        if (at instanceof Statement.ReturnStatement) {
            while (at != null && !(at instanceof FunctionNode) && !(at instanceof Statement.TryStatement)) {
                at = parents.of(at);
            }
            return at instanceof FunctionNode function && isAwaited(function);
        }
        return at instanceof FunctionNode arrow && arrow.body() == call && isAwaited(arrow);
    }

    /** Whether whoever called a function waits for the promise that it returns. */
    private boolean isAwaited(FunctionNode function) {
        boolean handler = parents.of(function) instanceof CallExpression chained
                && Chain.of(chained).isPresent();
        return !function.generator() && (function.async() || function == main || handler);
    }

    /** Work that an operand began would run to its end where a later operand is cut out. */
    private boolean isTangled(Node node) {
        boolean begun = false;
        for (Node child : node instanceof Expression ? node.children() : List.<Node>of()) {
            if (begun && has(child)) {
                return true;
            }
            begun |= background.isBegunBy(child);
        }
        return false;
    }

    /** Whether a pattern is taken apart because effects decide what its names are bound to. */
    boolean isCut(Node pattern) {
        return has(pattern) && patterns.isCut(pattern);
    }

    /** Expressions that are never cut in the middle. */
    boolean staysWhole(Node node) {
        if (isTangled(node)) {
            return true;
        }
        if ((node instanceof Expression.ChainExpression chain
                        && !OptionalChain.of(chain).isPlain())
                || (node instanceof CallExpression call && call.callee() instanceof Expression.ChainExpression)
                || node instanceof Expression.TaggedTemplateExpression
                || node instanceof Expression.YieldExpression
                || node instanceof Expression.ImportExpression
                || node instanceof ClassNode
                || (isPattern(node) && !patterns.isCut(node))
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

    private static boolean isPattern(Node node) {
        return node instanceof Pattern.ObjectPattern || node instanceof Pattern.ArrayPattern;
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
