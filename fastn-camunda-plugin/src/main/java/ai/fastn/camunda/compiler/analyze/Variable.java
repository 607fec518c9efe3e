package ai.fastn.camunda.compiler.analyze;

import ai.fastn.camunda.compiler.parse.Expression.Identifier;
import ai.fastn.camunda.compiler.parse.Node;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A variable of the program. Two variables are the same only when they are the same object. */
public final class Variable {

    /** How a variable came to be. */
    public enum Kind {
        VAR,
        LET,
        CONST,
        FUNCTION,
        CLASS,
        PARAMETER,
        CATCH,
        IMPORT,
        /** The name of a function expression, inside it. */
        FUNCTION_NAME,
        /** The name of a class, inside it. */
        CLASS_NAME,
        ARGUMENTS;

        boolean hasDeadZone() {
            return this == LET || this == CONST || this == CLASS;
        }
    }

    private final String name;
    private final Kind kind;
    private final Scope scope;
    private final List<Identifier> declarations = new ArrayList<>();
    private final List<Reference> references = new ArrayList<>();
    private int initializations;
    private int initializedAt;
    private @Nullable Node function;
    private boolean usedInDeadZone;

    Variable(String name, Kind kind, Scope scope) {
        this.name = name;
        this.kind = kind;
        this.scope = scope;
    }

    public String name() {
        return name;
    }

    public Kind kind() {
        return kind;
    }

    public Scope scope() {
        return scope;
    }

    /** Where it is declared: several times only with {@code var}, functions and parameters. */
    public List<Identifier> declarations() {
        return Collections.unmodifiableList(declarations);
    }

    /** Where it is read or written, in the order of the text. */
    public List<Reference> references() {
        return Collections.unmodifiableList(references);
    }

    /** Whether a function nested in its own one uses it. */
    public boolean isCaptured() {
        return references.stream().anyMatch(Reference::isFromClosure);
    }

    /** Whether it gets a value more than once, or at another place than its declaration. */
    public boolean isReassigned() {
        return initializations > 1 || references.stream().anyMatch(Reference::isWrite);
    }

    /** Whether one run of its function can create it several times. */
    public boolean isInLoop() {
        return scope.isInLoop();
    }

    /** Whether some use may run before its declaration did, which throws a ReferenceError. */
    public boolean needsTdzCheck() {
        return usedInDeadZone;
    }

    /** The offset from which on it has its value. */
    public int initializedAt() {
        return initializedAt;
    }

    void declaredAt(Identifier declaration, boolean initialized, int end) {
        declarations.add(declaration);
        initializedAt = Math.max(initializedAt, end);
        if (initialized) {
            initializations++;
        }
    }

    void startsAs(Node functionNode) {
        function = functionNode;
    }

    /** Whether its value is always this function, and the function is reached only through it. */
    boolean isAlways(Node functionNode) {
        return function == functionNode && !isReassigned();
    }

    /** To be called when all references are known. */
    void examineDeadZone() {
        usedInDeadZone = kind.hasDeadZone() && new DeadZone(this).mayBeEntered();
    }

    void usedAt(Reference reference) {
        references.add(reference);
    }

    @Override
    public String toString() {
        return kind + " " + name;
    }
}
