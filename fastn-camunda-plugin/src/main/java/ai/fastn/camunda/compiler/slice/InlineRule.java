package ai.fastn.camunda.compiler.slice;

import ai.fastn.camunda.compiler.analyze.AnalyzedScript;
import ai.fastn.camunda.compiler.parse.Expression;
import ai.fastn.camunda.compiler.parse.Expression.CallExpression;
import ai.fastn.camunda.compiler.parse.Expression.Identifier;
import ai.fastn.camunda.compiler.parse.FunctionNode;
import ai.fastn.camunda.compiler.parse.Node;
import ai.fastn.camunda.compiler.parse.Statement;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which helpers are laid into their calls: those that perform effects and do not call themselves, as long as the copies
 * do not outgrow the picture. A helper that is one call and nothing else says more under its own name, once it is
 * called at several places.
 */
final class InlineRule {

    /** Steps that all copies of one helper may have together. */
    private static final int MOST_STEPS = 60;

    private final AnalyzedScript source;
    private final Units units;
    private final Parents parents;
    private final Background background;
    private final IteratorRule iterators;
    private final DispatchRule dispatching;
    private final Map<FunctionNode, Set<CallExpression>> sites = new IdentityHashMap<>();
    private final Map<FunctionNode, Integer> copies = new IdentityHashMap<>();

    InlineRule(
            AnalyzedScript source,
            Units units,
            Parents parents,
            Background background,
            IteratorRule iterators,
            DispatchRule dispatching) {
        this.source = source;
        this.dispatching = dispatching;
        this.units = units;
        this.parents = parents;
        this.background = background;
        this.iterators = iterators;
        source.script().program().walk(node -> {
            if (node instanceof Statement.ForOfStatement loop) {
                addSite(loop.right());
            } else if (units.isUnit(node)) {
                addSite(Units.awaited(node));
            }
            return true;
        });
    }

    private void addSite(Expression called) {
        if (called instanceof CallExpression call) {
            functionsOf(call)
                    .forEach(function -> sites.computeIfAbsent(
                                    function, any -> Collections.newSetFromMap(new IdentityHashMap<>()))
                            .add(call));
        }
    }

    private Stream<FunctionNode> functionsOf(CallExpression call) {
        return Stream.concat(
                source.effects().functionOf(call.callee()).stream(),
                dispatching.of(call).stream()
                        .flatMap(dispatch -> dispatch.candidates().stream())
                        .map(Dispatch.Candidate::function));
    }

    /** The functions of a choice that can be laid into a call. */
    Optional<Dispatch> dispatch(CallExpression call, Predicate<Node> isShared, Predicate<FunctionNode> isBanned) {
        return dispatching
                .of(call)
                .map(dispatch -> dispatch.laying(candidate -> !isBanned.test(candidate.function())
                        && isShared.test(candidate.holder().scope().node())
                        && isLaidOut(candidate.function(), call.callee())))
                .filter(dispatch -> !dispatch.candidates().isEmpty());
    }

    private boolean isLaidOut(FunctionNode function, Expression callee) {
        return isUsable(function, callee) && !function.generator() && units.has(function.body()) && isSmall(function);
    }

    /** The helper that can be laid into a call. */
    Optional<FunctionNode> helper(CallExpression call, Predicate<Node> isShared) {
        return function(call, isShared)
                .filter(function -> !function.generator() && units.has(function.body()) && isWorthIt(function));
    }

    /** The generator that can be laid into a loop over what it yields: each yield is one run of the loop's body. */
    Optional<FunctionNode> generator(Statement.ForOfStatement loop, Predicate<Node> isShared) {
        if (!(loop.right() instanceof CallExpression call)) {
            return Optional.empty();
        }
        return function(call, isShared)
                .filter(function -> function.generator() && (loop.await() || !function.async()) && isSmall(function))
                .filter(function -> {
                    Yields yields = Yields.of(function.body(), iterators::isPlainList);
                    boolean once = yields.count() == 1 || !units.has(loop.body());
                    return yields.arePlain() && yields.count() > 0 && once;
                });
    }

    private Optional<FunctionNode> function(CallExpression call, Predicate<Node> isShared) {
        if (call.optional()) {
            return Optional.empty();
        }
        return source.effects()
                .functionOf(call.callee())
                .filter(function -> isReached(call.callee(), isShared) && isUsable(function, call.callee()));
    }

    private boolean isUsable(FunctionNode function, Expression callee) {
        return function != source.main()
                && !background.isLeaking(function)
                && isPlain(function, units, callee instanceof Expression.MemberExpression);
    }

    /** Whether a helper is laid into several places, so that its variables get new values again and again. */
    boolean isCopied(FunctionNode function) {
        return copies(function) > 1;
    }

    /** The object or the variable behind the callee lives as long as the run. */
    private boolean isReached(Expression callee, Predicate<Node> isShared) {
        Expression root = callee instanceof Expression.MemberExpression member ? member.object() : callee;
        if (root instanceof Expression.ThisExpression || root instanceof FunctionNode) {
            return true;
        }
        return root instanceof Identifier name
                && source.scopes()
                        .variableOf(name)
                        .filter(variable -> isShared.test(variable.scope().node()))
                        .isPresent();
    }

    private boolean isWorthIt(FunctionNode function) {
        boolean says = units.count(function.body()) > 1 || decides(function.body());
        return copies(function) == 1 || (says && isSmall(function));
    }

    private boolean isSmall(FunctionNode function) {
        int count = copies(function);
        return count > 0 && count * Math.max(1, units.count(function.body())) <= MOST_STEPS;
    }

    /** Whether something decides if or how often the effects of a helper happen. */
    private boolean decides(Node node) {
        boolean branches = node instanceof Statement.IfStatement
                || node instanceof Statement.Loop
                || node instanceof Statement.TryStatement
                || node instanceof Statement.SwitchStatement
                || node instanceof Expression.ConditionalExpression
                || node instanceof Expression.LogicalExpression;
        return units.has(node) && (branches || node.children().stream().anyMatch(this::decides));
    }

    /** How often a helper is laid down when all its calls and those of its callers are; 0 for one that calls itself. */
    private int copies(FunctionNode function) {
        Integer known = copies.get(function);
        if (known == null) {
            known = isRecursive(function)
                    ? 0
                    : callers(function).mapToInt(this::copiesAt).sum();
            copies.put(function, Math.min(known, MOST_STEPS + 1));
        }
        return known;
    }

    /** Whether a function calls itself, directly or through others. */
    boolean isRecursive(FunctionNode function) {
        return isCalledBy(function, function, Collections.newSetFromMap(new IdentityHashMap<>()));
    }

    private int copiesAt(Optional<FunctionNode> caller) {
        if (caller.isEmpty() || caller.get() == source.main()) {
            return 1;
        }
        return sites.containsKey(caller.get()) ? copies(caller.get()) : 0;
    }

    private boolean isCalledBy(FunctionNode function, FunctionNode caller, Set<FunctionNode> seen) {
        return callers(function)
                .flatMap(Optional::stream)
                .anyMatch(at -> at == caller || (seen.add(at) && isCalledBy(at, caller, seen)));
    }

    /** The function around each call; empty for the module. */
    private Stream<Optional<FunctionNode>> callers(FunctionNode function) {
        return sites.getOrDefault(function, Set.of()).stream().map(site -> Optional.ofNullable(caller(site)));
    }

    private @Nullable FunctionNode caller(Node site) {
        Node at = parents.of(site);
        while (at != null && !(at instanceof FunctionNode)) {
            at = parents.of(at);
        }
        return (FunctionNode) at;
    }

    /** Whether the statements of a function mean the same in the place of its call. */
    static boolean isPlain(FunctionNode function, Units units, boolean isMethod) {
        if ((function instanceof Expression.FunctionExpression named && named.id() != null)
                || function.params().stream().anyMatch(units::has)) {
            return false;
        }
        boolean ownThis = isMethod && !function.isArrow();
        return usesOnly(function.body(), ownThis)
                && function.params().stream().allMatch(param -> usesOnly(param, ownThis));
    }

    /** Nothing that only means something inside the function; {@code this} may be its object. */
    private static boolean usesOnly(Node node, boolean ownThis) {
        if (node instanceof FunctionNode inner) {
            return !inner.isArrow() || inner.children().stream().allMatch(child -> usesOnly(child, false));
        }
        boolean special = (node instanceof Expression.ThisExpression && !ownThis)
                || node instanceof Expression.MetaProperty
                || node instanceof Expression.Super
                || node instanceof Expression.PrivateIdentifier
                || (node instanceof Identifier name && name.name().equals("arguments"));
        return !special && node.children().stream().allMatch(child -> usesOnly(child, ownThis));
    }
}
