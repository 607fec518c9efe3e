package ai.fastn.camunda.compiler.slice;

import ai.fastn.camunda.compiler.analyze.AnalyzedScript;
import ai.fastn.camunda.compiler.analyze.Variable;
import ai.fastn.camunda.compiler.parse.Expression;
import ai.fastn.camunda.compiler.parse.Expression.CallExpression;
import ai.fastn.camunda.compiler.parse.Expression.Identifier;
import ai.fastn.camunda.compiler.parse.FunctionNode;
import ai.fastn.camunda.compiler.parse.Node;
import ai.fastn.camunda.compiler.parse.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds workflows that no cut may go through, because it would change what they mean; they stay one step. */
final class OneStep {

    private static final Set<String> TIMERS = Set.of("setTimeout", "setInterval", "setImmediate");

    private final AnalyzedScript source;
    private final Parents parents;

    private OneStep(AnalyzedScript source, Parents parents) {
        this.source = source;
        this.parents = parents;
    }

    /** Why the workflow is one step, as a sentence for its documentation; empty where it can be cut. */
    static Optional<String> reason(AnalyzedScript source, Parents parents) {
        OneStep question = new OneStep(source, parents);
        if (question.callsItself()) {
            return Optional.of("The workflow calls itself, so it is one step.");
        }
        if (question.armsTimers()) {
            return Optional.of("A timer of the workflow fires while other code runs, so it is one step.");
        }
        if (question.worksInTheBackground()) {
            return Optional.of("The workflow goes on while several calls of its own are under way, so it is one step.");
        }
        return Optional.empty();
    }

    /** Its variables exist once per call. */
    private boolean callsItself() {
        FunctionNode main = source.main();
        if (main.generator()) {
            return true;
        }
        Node exported = source.script().program().defaultExport().orElse(main);
        long exports = exported instanceof Identifier ? 1 : 0;
        return names(main).anyMatch(variable -> variable.references().size() > exports);
    }

    private Stream<Variable> names(FunctionNode main) {
        Stream<Variable> own = main.id() == null ? Stream.empty() : source.scopes().variableOf(main.id()).stream();
        Stream<Variable> holding = source.scopes().declaredIn(source.script().program()).stream()
                .filter(variable -> source.effects()
                        .functionOf(variable)
                        .filter(function -> function == main)
                        .isPresent());
        return Stream.concat(own, holding);
    }

    /** A timer inside the executor of a promise is a wait like any other; elsewhere it may outlive its step. */
    private boolean armsTimers() {
        return source.scopes().globalReferences().stream()
                .filter(name -> TIMERS.contains(name.name()))
                .anyMatch(name -> !isInPromise(name));
    }

    private boolean isInPromise(Node node) {
        for (Node at = node; at != null; at = parents.of(at)) {
            if (at instanceof Expression.NewExpression creation
                    && creation.callee() instanceof Identifier made
                    && made.name().equals("Promise")) {
                return true;
            }
        }
        return false;
    }

    /**
     * A call that nobody waits for there, of a function with several calls in a row: those would come in another order.
     */
    private boolean worksInTheBackground() {
        List<CallExpression> calls = new ArrayList<>();
        source.main().body().walk(node -> {
            if (node instanceof CallExpression call) {
                calls.add(call);
            }
            return !(node instanceof FunctionNode);
        });
        return calls.stream().anyMatch(call -> !isAwaited(call) && started(call).anyMatch(this::hasSeveralCalls));
    }

    private boolean isAwaited(Node call) {
        for (Node at = parents.of(call); at != null && at != source.main(); at = parents.of(at)) {
            if (at instanceof Expression.AwaitExpression || at instanceof Statement.ReturnStatement) {
                return true;
            }
        }
        return false;
    }

    private Stream<FunctionNode> started(CallExpression call) {
        Stream<Node> functions = Stream.concat(Stream.of(call.callee()), call.arguments().stream());
        return functions.flatMap(each -> Optional.ofNullable(functionOf(each)).stream());
    }

    private @Nullable FunctionNode functionOf(Node node) {
        if (node instanceof FunctionNode function) {
            return function;
        }
        return node instanceof Expression expression
                ? source.effects().functionOf(expression).orElse(null)
                : null;
    }

    private boolean hasSeveralCalls(FunctionNode function) {
        if (!function.async()
                || function.generator()
                || source.effects().performedBy(function.body(), node -> false).isEmpty()) {
            return false;
        }
        int[] waits = {0};
        function.body().walk(node -> {
            if (node instanceof Expression.AwaitExpression) {
                waits[0] += isInLoop(node, function) ? 2 : 1;
            }
            return !(node instanceof FunctionNode);
        });
        return waits[0] > 1;
    }

    private boolean isInLoop(Node node, FunctionNode function) {
        for (Node at = node; at != null && at != function; at = parents.of(at)) {
            if (at instanceof Statement.Loop) {
                return true;
            }
        }
        return false;
    }
}
