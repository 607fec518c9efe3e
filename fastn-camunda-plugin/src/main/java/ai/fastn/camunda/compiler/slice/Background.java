package ai.fastn.camunda.compiler.slice;

import ai.fastn.camunda.compiler.analyze.AnalyzedScript;
import ai.fastn.camunda.compiler.parse.Expression;
import ai.fastn.camunda.compiler.parse.Expression.CallExpression;
import ai.fastn.camunda.compiler.parse.Expression.Identifier;
import ai.fastn.camunda.compiler.parse.FunctionNode;
import ai.fastn.camunda.compiler.parse.Node;
import ai.fastn.camunda.compiler.parse.Part;
import ai.fastn.camunda.compiler.parse.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds work that goes on behind the code that began it: a call that nobody awaits there and that does something
 * visible when its answers come. A cut would let it run to its end, and what it does would come in another order.
 */
final class Background {

    private static final Set<String> TIMERS = Set.of("setTimeout", "setInterval", "setImmediate", "queueMicrotask");
    private static final Set<String> HANDLING = Set.of("then", "catch", "finally");

    private final AnalyzedScript source;
    private final Parents parents;
    private final IdentityHashMap<FunctionNode, Boolean> leaking = new IdentityHashMap<>();
    private final Map<String, List<FunctionNode>> members = new HashMap<>();

    /** Where objects have a {@code then} of the author's own, it is called behind any await or return. */
    private boolean hasThenables;

    Background(AnalyzedScript source, Parents parents) {
        this.source = source;
        this.parents = parents;
        source.script().program().walk(node -> {
            collectMember(node);
            return true;
        });
    }

    private void collectMember(Node node) {
        Expression key = null;
        Node value = null;
        if (node instanceof Part.Property property) {
            key = property.key();
            value = property.value();
        } else if (node instanceof Part.MethodDefinition method) {
            key = method.key();
            value = method.value();
        } else if (node instanceof Part.PropertyDefinition field) {
            key = field.key();
            value = field.value();
        }
        hasThenables |= key instanceof Identifier then && then.name().equals("then");
        if (key instanceof Identifier name && value instanceof FunctionNode function) {
            members.computeIfAbsent(name.name(), any -> new ArrayList<>()).add(function);
        }
    }

    /** The calls of a function's own code that begin such work, in the order of the text. */
    List<CallExpression> begunIn(Node body) {
        List<CallExpression> found = new ArrayList<>();
        body.walk(node -> {
            if (node instanceof CallExpression call && begins(call)) {
                found.add(call);
            }
            return !(node instanceof FunctionNode);
        });
        return found;
    }

    /** Whether something in an expression goes on behind it, unless an await inside it waits. */
    boolean isBegunBy(Node expression) {
        if (expression instanceof FunctionNode || expression instanceof Expression.AwaitExpression) {
            return false;
        }
        return (expression instanceof CallExpression call && startsWork(call))
                || expression.children().stream().anyMatch(this::isBegunBy);
    }

    private boolean begins(CallExpression call) {
        if (source.effects().of(call).isPresent()) {
            return false;
        }
        return leaks(call) || (startsWork(call) && !isAwaited(call));
    }

    /** Whether a call gives a promise behind which something visible happens. */
    private boolean startsWork(CallExpression call) {
        if (isHandled(call)) {
            return call.arguments().stream().anyMatch(handler -> !isCalm(handler));
        }
        return isTimer(call)
                || called(call).anyMatch(this::goesOn)
                || call.arguments().stream().flatMap(this::function).anyMatch(this::goesOn);
    }

    /** Work that not even an await of the call waits for. */
    private boolean leaks(CallExpression call) {
        return called(call).anyMatch(this::isLeaking)
                || call.arguments().stream().flatMap(this::function).anyMatch(this::isLeaking)
                || leavesOthersBehind(call);
    }

    /** Whether work that a function begins can go on behind the call of the function. */
    boolean isLeaking(FunctionNode function) {
        Boolean known = leaking.get(function);
        if (known == null) {
            leaking.put(function, false);
            known = !function.generator()
                    && begunIn(function.body()).stream()
                            .anyMatch(call -> Join.of(call, source, parents).isEmpty());
            leaking.put(function, known);
        }
        return known;
    }

    /** The first answer of a race, and the first error of all where it is caught, do not wait for the others. */
    private boolean leavesOthersBehind(CallExpression call) {
        Optional<String> combinator = Join.combinator(call);
        boolean first = combinator
                .filter(name -> name.equals("race") || name.equals("any"))
                .isPresent();
        boolean caught = combinator.filter(name -> name.equals("all")).isPresent() && isTried(call);
        return (first || caught) && call.arguments().stream().anyMatch(this::isBegunBy);
    }

    private boolean isTried(Node node) {
        for (Node at = parents.of(node); at != null; at = parents.of(at)) {
            if (at instanceof Statement.TryStatement) {
                return true;
            }
            if (at instanceof FunctionNode function) {
                return function != source.main();
            }
        }
        return false;
    }

    private boolean isTimer(CallExpression call) {
        return call.callee() instanceof Identifier name
                && TIMERS.contains(name.name())
                && source.scopes().variableOf(name).isEmpty();
    }

    private static boolean isHandled(CallExpression call) {
        return call.callee() instanceof Expression.MemberExpression member
                && !member.computed()
                && member.property() instanceof Identifier name
                && HANDLING.contains(name.name())
                && !call.arguments().isEmpty();
    }

    /** The functions that a call may run, as far as names tell. */
    private Stream<FunctionNode> called(CallExpression call) {
        Optional<FunctionNode> known = source.effects().functionOf(call.callee());
        if (known.isPresent()) {
            return known.stream();
        }
        return call.callee() instanceof Expression.MemberExpression member
                        && member.property() instanceof Identifier name
                ? members.getOrDefault(name.name(), List.of()).stream()
                : Stream.empty();
    }

    private Stream<FunctionNode> function(Expression value) {
        return value instanceof FunctionNode || value instanceof Identifier
                ? source.effects().functionOf(value).stream()
                : Stream.empty();
    }

    private boolean goesOn(FunctionNode function) {
        if (function.generator()) {
            return false;
        }
        if (!function.async()) {
            return isLeaking(function);
        }
        return hasThenables || new AfterAwait(function, source).isVisible();
    }

    private boolean isCalm(Expression handler) {
        boolean nothing = handler instanceof Expression.Literal
                || (handler instanceof Identifier name && name.name().equals("undefined"));
        return nothing
                || function(handler)
                        .findFirst()
                        .filter(function -> AfterAwait.isCalm(function.body()))
                        .isPresent();
    }

    private boolean isAwaited(CallExpression call) {
        for (Node at = parents.of(call); at != null && !(at instanceof FunctionNode); at = parents.of(at)) {
            if (at instanceof Expression.AwaitExpression || at instanceof Statement.ReturnStatement) {
                return true;
            }
            if (at instanceof Statement) {
                return false;
            }
        }
        return parents.of(call) instanceof FunctionNode arrow && arrow.body() == call;
    }
}
