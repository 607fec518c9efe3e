package ai.fastn.camunda.compiler.analyze;

import ai.fastn.camunda.compiler.parse.Node;
import ai.fastn.camunda.compiler.parse.Part;
import ai.fastn.camunda.compiler.parse.Program;
import ai.fastn.camunda.compiler.parse.Statement;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The time between the start of a variable's scope and its declaration. A use may fall into it when it stands earlier
 * in the text, when it stands in another {@code case}, or when it stands in a function that may be called that early:
 * only the uses of the function's own variable say when.
 */
final class DeadZone {

    private final Variable variable;
    private final Set<Variable> visited = new HashSet<>();

    DeadZone(Variable variable) {
        this.variable = variable;
    }

    boolean mayBeEntered() {
        return variable.references().stream().anyMatch(this::mayRunEarly);
    }

    private boolean mayRunEarly(Reference reference) {
        Scope outermost = outermostBelowVariable(reference);
        if (outermost == null) {
            return isEarlier(reference);
        }
        Node node = outermost.node();
        if (isDefaultExport(node)) {
            return false;
        }
        Optional<Variable> function = variable.scope().variables().stream()
                .filter(other -> other.isAlways(node))
                .findFirst();
        return function.map(this::mayBeCalledEarly).orElseGet(() -> isEarlier(reference));
    }

    private boolean isEarlier(Reference reference) {
        return reference.name().span().start() < variable.initializedAt() || isInOtherCase(reference);
    }

    /** Of the scopes around a reference, the one directly in the variable's scope; null when it stands there itself. */
    private @Nullable Scope outermostBelowVariable(Reference reference) {
        Scope outermost = null;
        for (Scope at = reference.scope();
                at != variable.scope();
                at = at.parent().orElseThrow()) {
            outermost = at;
        }
        return outermost;
    }

    /** The workflow itself starts when the module is done. */
    private boolean isDefaultExport(Node node) {
        return variable.scope().node() instanceof Program program
                && program.defaultExport().filter(exported -> exported == node).isPresent();
    }

    private boolean mayBeCalledEarly(Variable function) {
        return visited.add(function)
                && function.references().stream()
                        .filter(reference -> isVisibleFrom(reference.scope()))
                        .anyMatch(this::mayRunEarly);
    }

    private boolean isVisibleFrom(Scope scope) {
        for (Optional<Scope> at = Optional.of(scope);
                at.isPresent();
                at = at.get().parent()) {
            if (at.get() == variable.scope()) {
                return true;
            }
        }
        return false;
    }

    private boolean isInOtherCase(Reference reference) {
        if (!(variable.scope().node() instanceof Statement.SwitchStatement switched)) {
            return false;
        }
        return caseAround(switched, reference.name())
                != caseAround(switched, variable.declarations().get(0));
    }

    private static int caseAround(Statement.SwitchStatement switched, Node node) {
        for (int i = 0; i < switched.cases().size(); i++) {
            Part.SwitchCase at = switched.cases().get(i);
            if (at.span().start() <= node.span().start()
                    && node.span().end() <= at.span().end()) {
                return i;
            }
        }
        return -1;
    }
}
