package ai.fastn.camunda.compiler.analyze;

import ai.fastn.camunda.compiler.parse.Expression.Identifier;

/** A place that reads or writes a variable; {@code x += 1} and {@code x++} do both. A declaration is no reference. */
public record Reference(Identifier name, Variable variable, Scope scope, boolean isRead, boolean isWrite) {

    /** Whether a function nested in the variable's own one does it. */
    public boolean isFromClosure() {
        return scope.function() != variable.scope().function();
    }
}
