package ai.fastn.camunda.compiler.slice;

import ai.fastn.camunda.compiler.analyze.AnalyzedScript;
import ai.fastn.camunda.compiler.analyze.Variable;
import ai.fastn.camunda.compiler.parse.Expression;
import ai.fastn.camunda.compiler.parse.Expression.Identifier;
import ai.fastn.camunda.compiler.parse.FunctionNode;
import ai.fastn.camunda.compiler.parse.Node;
import ai.fastn.camunda.compiler.parse.Part;
import ai.fastn.camunda.compiler.parse.Statement;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Decides what is cut into steps before anything is cut: which statements are lifted into the graph, which helpers are
 * laid into their call, and which scopes therefore live longer than one step.
 */
final class Plan {

    private final AnalyzedScript source;
    private final Units units;
    private final Parents parents;
    private final InlineRule inlining;
    private final ChainRule chaining;
    private final IteratorRule iterators;
    private final boolean whole;
    private final Set<Node> fused = identitySet();
    private final Set<Node> lifted = identitySet();
    private final Set<Node> repeated = identitySet();
    private final Set<Node> banned = identitySet();
    private final IdentityHashMap<Expression.CallExpression, FunctionNode> inlined = new IdentityHashMap<>();

    private final IdentityHashMap<Expression, Dispatch> dispatches = new IdentityHashMap<>();
    private final IdentityHashMap<Expression, Chain> chains = new IdentityHashMap<>();
    private final Set<Node> placed = identitySet();
    private final Bundles bundles;

    /** @param whole whether the workflow stays one function */
    Plan(AnalyzedScript source, Parents parents, boolean whole) {
        this.whole = whole;
        this.source = source;
        this.parents = parents;
        Background background = new Background(source, parents);
        this.bundles = new Bundles(source, parents, background);
        this.iterators = new IteratorRule(source, parents);
        PatternRule patterns = new PatternRule(parents, iterators);
        DispatchRule dispatching = new DispatchRule(source);
        this.units = new Units(source, parents, background, patterns, dispatching);
        this.inlining = new InlineRule(source, units, parents, background, iterators, dispatching);
        this.chaining = new ChainRule(source.effects(), units);
    }

    private static Set<Node> identitySet() {
        return Collections.newSetFromMap(new IdentityHashMap<>());
    }

    /** Walks the workflow again and again until every lifted loop can give its closures their own variables. */
    Captures settle() {
        while (true) {
            lifted.clear();
            repeated.clear();
            inlined.clear();
            dispatches.clear();
            chains.clear();
            placed.clear();
            visitAll(
                    source.script().program().body().stream()
                            .filter(statement -> !isExport(statement))
                            .toList(),
                    false);
            if (!whole) {
                visitFunction(source.main(), false);
            }
            Captures captures = new Captures(source, this, parents);
            if (!banUnsuited() && captures.unsplittable().isEmpty()) {
                return captures;
            }
            fused.addAll(captures.unsplittable());
        }
    }

    /**
     * A helper that also stays a function can not take variables with it that are new in each iteration; a generator
     * needs all its yields.
     */
    private boolean banUnsuited() {
        Stream<FunctionNode> guessed = dispatches.values().stream()
                .flatMap(dispatch -> dispatch.candidates().stream())
                .map(Dispatch.Candidate::function);
        return banned.addAll(Stream.concat(inlined.values().stream(), guessed)
                .filter(helper -> (!isGone(helper) && isRepeated(scopeAround(helper))) || keepsYields(helper))
                .toList());
    }

    /** A generator is only laid down when each of its yields is. */
    private boolean keepsYields(FunctionNode helper) {
        boolean[] kept = {false};
        helper.body().walk(node -> {
            kept[0] |= node instanceof Statement.ExpressionStatement statement
                    && statement.expression() instanceof Expression.YieldExpression
                    && !lifts(statement);
            return !(node instanceof FunctionNode);
        });
        return kept[0];
    }

    private Node scopeAround(Node function) {
        Node at = parents.of(function);
        while (at != null && source.scopes().scopesOf(at).isEmpty()) {
            at = parents.of(at);
        }
        return at == null ? source.script().program() : at;
    }

    Units units() {
        return units;
    }

    /** Whether a statement becomes steps of its own. */
    boolean lifts(Node statement) {
        return lifted.contains(statement);
    }

    /** Whether a scope belongs to lifted code: its variables are shared by all steps. */
    boolean isShared(Node scopeNode) {
        return lifted.contains(scopeNode) || scopeNode == source.script().program();
    }

    /** Whether a lifted scope can be entered more than once. */
    boolean isRepeated(Node scopeNode) {
        return repeated.contains(scopeNode);
    }

    /** The helper that is laid into its call. */
    @Nullable FunctionNode inlined(Expression call) {
        return inlined.get(call);
    }

    /** The functions that are laid into a call which chooses one of them. */
    @Nullable Dispatch dispatch(Expression call) {
        return dispatches.get(call);
    }

    /** Whether a function calls itself, directly or through others. */
    boolean isRecursive(FunctionNode function) {
        return inlining.isRecursive(function);
    }

    /** Whether a helper is laid into all its calls, so that nobody needs the function any more. */
    boolean isGone(FunctionNode helper) {
        if (placed.contains(helper)) {
            return true;
        }
        Variable variable = holder(helper);
        return variable != null
                && variable.references().stream()
                        .allMatch(reference -> parents.of(reference.name()) instanceof Expression.CallExpression call
                                && inlined.get(call) == helper);
    }

    private @Nullable Variable holder(FunctionNode helper) {
        Identifier name = helper instanceof Statement.FunctionDeclaration declaration ? declaration.id() : null;
        if (parents.of(helper) instanceof Part.VariableDeclarator declarator
                && declarator.id() instanceof Identifier id) {
            name = id;
        }
        return name == null ? null : source.scopes().variableOf(name).orElse(null);
    }

    private static boolean isExport(Statement statement) {
        return statement instanceof Statement.ExportDefaultDeclaration;
    }

    private void visitFunction(FunctionNode function, boolean inLoop) {
        mark(function, inLoop);
        mark(function.body(), inLoop);
        bundles.find(function);
        if (function.body() instanceof Statement.BlockStatement block) {
            visitList(block.body(), inLoop);
        } else {
            visit(function.body(), inLoop);
        }
    }

    private void mark(@Nullable Node node, boolean inLoop) {
        if (node != null) {
            lifted.add(node);
            if (inLoop) {
                repeated.add(node);
            }
        }
    }

    private void visitAll(List<? extends Node> nodes, boolean inLoop) {
        nodes.forEach(node -> visit(node, inLoop));
    }

    private void visit(@Nullable Node node, boolean inLoop) {
        if (node == null) {
            return;
        }
        if (!(node instanceof Statement statement)) {
            visitExpressions(node, inLoop);
            return;
        }
        if (!canLift(statement)) {
            return;
        }
        mark(statement, inLoop || statement instanceof Statement.Loop);
        if (statement instanceof Statement.BlockStatement block) {
            visitList(block.body(), inLoop);
        } else if (statement instanceof Statement.Loop loop) {
            if (loop instanceof Statement.ForOfStatement each) {
                visitGenerator(each, inLoop);
            }
            visitAll(loop.children(), true);
        } else if (statement instanceof Statement.SwitchStatement choice) {
            visitAll(choice.cases(), inLoop);
            visit(choice.discriminant(), inLoop);
        } else if (statement instanceof Statement.TryStatement attempt) {
            visitTry(attempt, inLoop);
        } else {
            visitAll(statement.children(), inLoop);
        }
    }

    private void visitGenerator(Statement.ForOfStatement loop, boolean inLoop) {
        generatorOf(loop).ifPresent(generator -> {
            inlined.put((Expression.CallExpression) loop.right(), generator);
            visitCopy(generator, inLoop);
        });
    }

    /** The generator that is laid into the loop over what it yields. */
    Optional<FunctionNode> generatorOf(Statement.ForOfStatement loop) {
        return inlining.generator(loop, this::isLiftedCode).filter(generator -> !banned.contains(generator));
    }

    /** Whether an iterator or generator of the author's own sees what happens to a loop or a {@code yield}. */
    boolean isWatched(Node node) {
        return node instanceof Expression.YieldExpression
                || (node instanceof Statement.ForOfStatement loop && !iterators.canStepThrough(loop));
    }

    private void visitTry(Statement.TryStatement attempt, boolean inLoop) {
        force(attempt.block(), inLoop);
        if (attempt.handler() != null) {
            mark(attempt.handler(), inLoop);
            force(attempt.handler().body(), inLoop);
        }
        if (attempt.finalizer() != null) {
            force(attempt.finalizer(), inLoop);
        }
    }

    private void force(Statement.BlockStatement block, boolean inLoop) {
        mark(block, inLoop);
        visitList(block.body(), inLoop);
    }

    private void visitList(List<Statement> statements, boolean inLoop) {
        for (int i = 0; i < statements.size(); i++) {
            int length = bundle(statements, i);
            if (length == 0) {
                visit(statements.get(i), inLoop);
            } else {
                i += length - 1;
            }
        }
    }

    /** How many statements of a list stay together from one on; 0 for one that stands for itself. */
    int bundle(List<? extends Statement> statements, int from) {
        return bundles.length(statements, from);
    }

    private void visitExpressions(Node node, boolean inLoop) {
        if (node instanceof Part.SwitchCase branch) {
            visit(branch.test(), inLoop);
            visitAll(branch.consequent(), inLoop);
            return;
        }
        node.walk(below -> {
            if (below instanceof FunctionNode || units.staysWhole(below)) {
                return false;
            }
            if (units.isUnit(below)) {
                visitUnit(Units.awaited(below), inLoop);
            }
            return true;
        });
    }

    private void visitUnit(Expression awaited, boolean inLoop) {
        Expression called = awaited;
        Chain chain = chaining.chain(awaited).orElse(null);
        if (chain != null) {
            if (inLoop) {
                repeated.add(awaited);
            }
            chains.put(awaited, chain);
            chain.links().stream()
                    .flatMap(link -> link.handlers().stream())
                    .filter(chaining::isPlaced)
                    .forEach(handler -> place((FunctionNode) handler, inLoop));
            called = chain.base();
        }
        if (called instanceof Expression.CallExpression call) {
            if (chain == null) {
                choose(call, inLoop);
            }
            inlining.helper(call, this::isLiftedCode)
                    .filter(helper -> !banned.contains(helper))
                    .ifPresent(helper -> {
                        inlined.put(call, helper);
                        if (call.callee() == helper) {
                            place(helper, inLoop);
                        } else {
                            visitCopy(helper, inLoop);
                        }
                    });
        }
    }

    private void choose(Expression.CallExpression call, boolean inLoop) {
        inlining.dispatch(call, this::isLiftedCode, banned::contains).ifPresent(dispatch -> {
            dispatches.put(call, dispatch);
            dispatch.candidates().forEach(candidate -> visitCopy(candidate.function(), inLoop));
        });
    }

    private void visitCopy(FunctionNode helper, boolean inLoop) {
        visitFunction(helper, inLoop || inlining.isCopied(helper));
    }

    private void place(FunctionNode function, boolean inLoop) {
        placed.add(function);
        visitFunction(function, inLoop);
    }

    /** Whether a link of a chain is more than a computation. */
    boolean isPath(Chain.Link link) {
        return chaining.isPath(link);
    }

    /** The promise chain that is laid out in the place of an awaited expression. */
    @Nullable Chain chain(Expression awaited) {
        return chains.get(awaited);
    }

    private boolean isLiftedCode(Node scopeNode) {
        return isShared(scopeNode);
    }

    private boolean canLift(Statement statement) {
        if (fused.contains(statement) || statement instanceof FunctionNode) {
            return false;
        }
        if (!units.has(statement)) {
            return Exits.isVisible(statement);
        }
        if (statement instanceof Statement.ForOfStatement loop) {
            return !units.has(loop.left()) && (generatorOf(loop).isPresent() || iterators.canStepThrough(loop));
        }
        if (statement instanceof Statement.LabeledStatement labeled) {
            return !(Exits.body(labeled) instanceof Statement.Loop loop) || canLift(loop);
        }
        if (statement instanceof Statement.ForInStatement loop) {
            return !units.has(loop.left());
        }
        return !(statement instanceof Statement.ClassDeclaration);
    }

    /** The innermost lifted loop around a scope. */
    @Nullable Node loopAround(Node scopeNode) {
        for (Node at = scopeNode; at != null; at = parents.of(at)) {
            if (at instanceof Statement.Loop && lifted.contains(at)) {
                return at;
            }
            if (at instanceof FunctionNode) {
                return null;
            }
        }
        return null;
    }
}
