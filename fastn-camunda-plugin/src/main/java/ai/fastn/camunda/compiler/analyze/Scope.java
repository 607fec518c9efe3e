package ai.fastn.camunda.compiler.analyze;

import ai.fastn.camunda.compiler.parse.Node;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A part of the program in which names mean variables. A function has two that share its node: one of the parameters,
 * one of the body, because a default value of a parameter does not see the body.
 */
public final class Scope {

    /** What makes a scope. */
    public enum Kind {
        MODULE,
        /** The name of a function expression, which only the function itself sees. */
        FUNCTION_NAME,
        FUNCTION,
        BODY,
        BLOCK,
        FOR,
        SWITCH,
        CATCH,
        CLASS,
        STATIC_BLOCK,
        FIELD
    }

    private final Kind kind;
    private final Node node;
    private final @Nullable Scope parent;
    private final boolean inLoop;
    private final Map<String, Variable> variables = new LinkedHashMap<>();

    Scope(Kind kind, Node node, @Nullable Scope parent, boolean inLoop) {
        this.kind = kind;
        this.node = node;
        this.parent = parent;
        this.inLoop = inLoop;
    }

    public Kind kind() {
        return kind;
    }

    public Node node() {
        return node;
    }

    public Optional<Scope> parent() {
        return Optional.ofNullable(parent);
    }

    /** In the order of their declaration. */
    public Collection<Variable> variables() {
        return Collections.unmodifiableCollection(variables.values());
    }

    /** Whether one run of the function can enter the scope several times. */
    public boolean isInLoop() {
        return inLoop;
    }

    /** The function whose run this scope belongs to, as the scope of its parameters; or the module. */
    public Scope function() {
        Scope scope = this;
        while (!scope.isFunction() && scope.parent != null) {
            scope = scope.parent;
        }
        return scope;
    }

    private boolean isFunction() {
        return switch (kind) {
            case MODULE, FUNCTION, STATIC_BLOCK, FIELD -> true;
            case FUNCTION_NAME, BODY, BLOCK, FOR, SWITCH, CATCH, CLASS -> false;
        };
    }

    /** Where {@code var} declares. */
    Scope hoistTarget() {
        Scope scope = this;
        while (scope.kind != Kind.BODY && !scope.isFunction() && scope.parent != null) {
            scope = scope.parent;
        }
        return scope;
    }

    Optional<Variable> own(String name) {
        return Optional.ofNullable(variables.get(name));
    }

    Variable declare(String name, Variable.Kind variableKind) {
        return variables.computeIfAbsent(name, any -> new Variable(name, variableKind, this));
    }

    /** The variable a name means here. */
    Optional<Variable> find(String name) {
        Scope scope = this;
        while (scope != null) {
            Variable found = scope.variables.get(name);
            if (found != null) {
                return Optional.of(found);
            }
            if (name.equals("arguments") && scope.kind == Kind.FUNCTION && ScopeBuilder.hasArguments(scope.node)) {
                return Optional.of(scope.declare(name, Variable.Kind.ARGUMENTS));
            }
            scope = scope.parent;
        }
        return Optional.empty();
    }
}
