package ai.fastn.camunda.compiler.analyze;

import ai.fastn.camunda.compiler.parse.Expression.Identifier;
import ai.fastn.camunda.compiler.parse.Node;
import ai.fastn.camunda.compiler.parse.Program;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Which variable every name of a program means. */
public final class Scopes {

    private final IdentityHashMap<Identifier, Variable> variables = new IdentityHashMap<>();
    private final IdentityHashMap<Identifier, Reference> references = new IdentityHashMap<>();
    private final IdentityHashMap<Node, List<Scope>> scopes;
    private final List<Identifier> globalReferences;

    private Scopes(ScopeBuilder builder) {
        this.scopes = builder.scopes();
        this.globalReferences = List.copyOf(builder.globalReferences());
        for (List<Scope> ofNode : scopes.values()) {
            for (Scope scope : ofNode) {
                scope.variables().forEach(this::index);
            }
        }
    }

    private void index(Variable variable) {
        variable.declarations().forEach(name -> variables.put(name, variable));
        for (Reference reference : variable.references()) {
            variables.put(reference.name(), variable);
            references.put(reference.name(), reference);
        }
    }

    public static Scopes of(Program program) {
        return new Scopes(ScopeBuilder.build(program));
    }

    /** The variable that a name declares, reads or writes; empty for globals, and for words that mean no variable. */
    public Optional<Variable> variableOf(Identifier name) {
        return Optional.ofNullable(variables.get(name));
    }

    /** How a name uses its variable; empty for declarations and globals. */
    public Optional<Reference> referenceOf(Identifier name) {
        return Optional.ofNullable(references.get(name));
    }

    /** The variables of a module, function, block, loop, switch, catch clause or class itself. */
    public List<Variable> declaredIn(Node scopeNode) {
        return scopes.getOrDefault(scopeNode, List.of()).stream()
                .flatMap(scope -> scope.variables().stream())
                .toList();
    }

    /** The scopes that a node makes, outermost first. */
    public List<Scope> scopesOf(Node scopeNode) {
        return Collections.unmodifiableList(scopes.getOrDefault(scopeNode, List.of()));
    }

    /** The variables that a node uses and something around it declares, in the order of their first use. */
    public Set<Variable> freeVariables(Node node) {
        Set<Node> inside = Collections.newSetFromMap(new IdentityHashMap<>());
        Set<Variable> used = new LinkedHashSet<>();
        node.walk(below -> {
            inside.add(below);
            if (below instanceof Identifier name) {
                Optional.ofNullable(references.get(name)).ifPresent(reference -> used.add(reference.variable()));
            }
            return true;
        });
        used.removeIf(variable -> inside.contains(variable.scope().node()));
        return used;
    }

    /** The names that nothing in the program declares. */
    public Set<String> globals() {
        Set<String> names = new TreeSet<>();
        globalReferences.forEach(name -> names.add(name.name()));
        return names;
    }

    /** The places that use a name which nothing in the program declares, in the order of the text. */
    public List<Identifier> globalReferences() {
        return globalReferences;
    }
}
