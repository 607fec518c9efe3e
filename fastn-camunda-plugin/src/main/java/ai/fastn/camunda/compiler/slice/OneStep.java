package ai.fastn.camunda.compiler.slice;

import ai.fastn.camunda.compiler.analyze.AnalyzedScript;
import ai.fastn.camunda.compiler.analyze.Variable;
import ai.fastn.camunda.compiler.parse.Expression;
import ai.fastn.camunda.compiler.parse.Expression.Identifier;
import ai.fastn.camunda.compiler.parse.FunctionNode;
import ai.fastn.camunda.compiler.parse.Node;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

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
        return ParameterScope.shows(source.main())
                ? Optional.of(
                        "Defaults of the workflow's parameters keep what its body declares anew, so it is one step.")
                : Optional.empty();
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

    /**
     * A timer inside the executor of a promise is a wait like any other; one that the workflow itself arms is work in
     * the background. One that some function arms may outlive any step.
     */
    private boolean armsTimers() {
        return source.scopes().globalReferences().stream()
                .filter(name -> TIMERS.contains(name.name()))
                .anyMatch(name -> !isInPromise(name) && !isInMain(name));
    }

    private boolean isInMain(Node name) {
        Node at = parents.of(name);
        boolean called = at instanceof Expression.CallExpression;
        while (at != null && !(at instanceof FunctionNode)) {
            at = parents.of(at);
        }
        return called && at == source.main();
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
}
