package ai.fastn.camunda.compiler.analyze;

import ai.fastn.camunda.compiler.parse.ClassNode;
import ai.fastn.camunda.compiler.parse.Expression;
import ai.fastn.camunda.compiler.parse.Expression.CallExpression;
import ai.fastn.camunda.compiler.parse.Expression.Identifier;
import ai.fastn.camunda.compiler.parse.FunctionNode;
import ai.fastn.camunda.compiler.parse.Node;
import ai.fastn.camunda.compiler.parse.Part;
import ai.fastn.camunda.compiler.parse.Program;
import ai.fastn.camunda.compiler.parse.Statement;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which effects a piece of code performs, functions that it calls included. What it does not see (a function taken out
 * of a table, a client handed to somebody) still runs: the manifest only says what can be known.
 */
public final class EffectMap {

    private final Scopes scopes;
    private final Methods methods;
    private final IdentityHashMap<CallExpression, EffectUse> calls;
    private final IdentityHashMap<Variable, FunctionNode> functions = new IdentityHashMap<>();
    private final IdentityHashMap<Variable, Expression> values = new IdentityHashMap<>();
    private final IdentityHashMap<FunctionNode, Set<CallExpression>> effects = new IdentityHashMap<>();
    private final Map<Variable, Set<FunctionNode>> handed = new IdentityHashMap<>();
    private final Set<FunctionNode> called = identitySet();
    private final Set<CallExpression> escaping = identitySet();

    EffectMap(Program program, Scopes scopes, IdentityHashMap<CallExpression, EffectUse> calls) {
        this.scopes = scopes;
        this.methods = new Methods(program, scopes);
        this.calls = calls;
        program.walk(this::collectFunctions);
        program.walk(this::collectHanded);
        Set<FunctionNode> kept = keptIn(program);
        boolean grown = true;
        while (grown) {
            grown = false;
            for (Map.Entry<FunctionNode, Set<CallExpression>> entry : effects.entrySet()) {
                grown |= entry.getValue().addAll(callsIn(entry.getKey().body(), Search.EVERYWHERE));
            }
            for (FunctionNode function : kept) {
                grown |= escaping.addAll(effects.getOrDefault(function, Set.of()));
            }
        }
    }

    /** The effect that a call is, when it is one itself. */
    public Optional<EffectUse> of(CallExpression call) {
        return Optional.ofNullable(calls.get(call));
    }

    /** The function that is always the value of a variable. */
    public Optional<FunctionNode> functionOf(Variable variable) {
        return Optional.ofNullable(functions.get(variable));
    }

    /** What a variable that never changes was declared with. */
    public Optional<Expression> valueOf(Variable variable) {
        return Optional.ofNullable(values.get(variable));
    }

    /**
     * The function behind a callee: itself, a name that always means it, or a method of an object that nobody can
     * change.
     */
    public Optional<FunctionNode> functionOf(Expression callee) {
        if (callee instanceof FunctionNode function) {
            return Optional.of(function);
        }
        if (callee instanceof Expression.MemberExpression member) {
            return methods.of(member);
        }
        return callee instanceof Identifier name ? scopes.variableOf(name).flatMap(this::functionOf) : Optional.empty();
    }

    /**
     * The effects of running a piece of code, in the order of the text, without what lies below a skipped node: one for
     * each call in the text, also where several calls are of the same kind.
     */
    public List<EffectUse> performedBy(Node node, Predicate<Node> skipped) {
        return uses(callsIn(node, new Search(skipped, handed)));
    }

    /** The same where parameters are known to be functions: those that were handed over at the place of this copy. */
    public List<EffectUse> performedBy(
            Node node, Predicate<Node> skipped, Map<Variable, Set<FunctionNode>> parameters) {
        return uses(callsIn(node, new Search(skipped, parameters)));
    }

    /** The effects of calling a function that is given as a value. */
    public List<EffectUse> performedByCalling(Expression function) {
        Set<CallExpression> found = identitySet();
        collectValue(function, Search.EVERYWHERE, found);
        return uses(found);
    }

    private List<EffectUse> uses(Set<CallExpression> found) {
        return found.stream()
                .sorted(Comparator.comparingInt(call -> call.span().start()))
                .map(calls::get)
                .toList();
    }

    private Set<CallExpression> callsIn(Node node, Search search) {
        Set<CallExpression> found = identitySet();
        collect(node, search, found);
        return found;
    }

    private static <T> Set<T> identitySet() {
        return Collections.newSetFromMap(new IdentityHashMap<>());
    }

    private void collect(Node node, Search search, Set<CallExpression> found) {
        if (search.skipped().test(node) || node instanceof FunctionNode || node instanceof ClassNode) {
            return;
        }
        if (node instanceof CallExpression call) {
            collectCall(call, search, found);
        } else if (node instanceof Expression.NewExpression creation) {
            creation.arguments().forEach(argument -> collectValue(argument, search, found));
        } else if (node instanceof Expression.AwaitExpression waiting
                && called(waiting.argument()) instanceof CallExpression call
                && calls.get(call) == null
                && isUnknown(call.callee())) {
            found.addAll(escaping);
        }
        node.children().forEach(child -> collect(child, search, found));
    }

    /** {@code f?.(x)} is waited for like {@code f(x)}. */
    private static Expression called(Expression awaited) {
        return awaited instanceof Expression.ChainExpression chain ? chain.expression() : awaited;
    }

    private void collectCall(CallExpression call, Search search, Set<CallExpression> found) {
        collectValue(call.callee(), search, found);
        call.arguments().forEach(argument -> collectValue(argument, search, found));
        if (calls.containsKey(call)) {
            found.add(call);
        }
    }

    /** A function that is called or handed to a call is taken as performed. */
    private void collectValue(Expression value, Search search, Set<CallExpression> found) {
        if (value instanceof FunctionNode function) {
            collect(function.body(), new Search(node -> false, search.parameters()), found);
        } else {
            functionOf(value).ifPresent(function -> found.addAll(effects.getOrDefault(function, Set.of())));
            parameter(value)
                    .map(search.parameters()::get)
                    .ifPresent(functions ->
                            functions.forEach(function -> found.addAll(effects.getOrDefault(function, Set.of()))));
        }
    }

    private Optional<Variable> parameter(Expression value) {
        return value instanceof Identifier name
                ? scopes.variableOf(name).filter(handed::containsKey)
                : Optional.empty();
    }

    /** The functions that calls of a known function give for its parameters. */
    private boolean collectHanded(Node node) {
        if (node instanceof CallExpression call) {
            functionOf(call.callee())
                    .ifPresent(function -> handed(function, call.arguments())
                            .forEach((parameter, functions) -> handed.computeIfAbsent(parameter, any -> identitySet())
                                    .addAll(functions)));
        }
        return true;
    }

    /** The parameters of a function that are functions when it is called with these arguments. */
    public Map<Variable, Set<FunctionNode>> handed(FunctionNode function, List<Expression> arguments) {
        Map<Variable, Set<FunctionNode>> found = new HashMap<>();
        for (int i = 0; i < Math.min(arguments.size(), function.params().size()); i++) {
            if (arguments.get(i) instanceof Expression.SpreadElement) {
                return found;
            }
            Optional<FunctionNode> given = functionOf(arguments.get(i));
            if (given.isPresent() && function.params().get(i) instanceof Identifier name) {
                scopes.variableOf(name)
                        .filter(variable -> !variable.isReassigned())
                        .ifPresent(variable -> found.put(variable, Set.of(given.get())));
            }
        }
        return found;
    }

    /**
     * How far effects are looked for.
     *
     * @param parameters functions that are the values of parameters
     */
    private record Search(Predicate<Node> skipped, Map<Variable, Set<FunctionNode>> parameters) {
        static final Search EVERYWHERE = new Search(node -> false, Map.of());
    }

    private boolean isUnknown(Expression callee) {
        if (callee instanceof Identifier name) {
            return scopes.variableOf(name).isPresent()
                    && functionOf(callee).isEmpty()
                    && parameter(callee).isEmpty();
        }
        return callee instanceof Expression.MemberExpression member
                && functionOf(member).isEmpty()
                && !(member.object() instanceof Identifier root
                        && scopes.variableOf(root).isEmpty());
    }

    private boolean collectFunctions(Node node) {
        if (node instanceof FunctionNode function) {
            effects.put(function, identitySet());
        }
        if (node instanceof Statement.ExportDefaultDeclaration main
                && main.declaration() instanceof FunctionNode function) {
            called.add(function);
        }
        if (node instanceof Part.VariableDeclarator declarator
                && declarator.id() instanceof Identifier id
                && declarator.init() != null) {
            Expression value = declarator.init();
            scopes.variableOf(id)
                    .filter(variable -> !variable.isReassigned())
                    .ifPresent(variable -> values.put(variable, value));
        }
        if (node instanceof Statement.FunctionDeclaration declaration && declaration.id() != null) {
            name(declaration.id(), declaration);
        } else if (node instanceof Part.VariableDeclarator declarator
                && declarator.id() instanceof Identifier id
                && declarator.init() instanceof FunctionNode function) {
            name(id, function);
        } else if (node instanceof CallExpression call) {
            List<Expression> values = call.arguments();
            values.stream().filter(FunctionNode.class::isInstance).forEach(value -> called.add((FunctionNode) value));
            if (call.callee() instanceof FunctionNode function) {
                called.add(function);
            }
        }
        return true;
    }

    private void name(Identifier id, FunctionNode function) {
        scopes.variableOf(id).filter(variable -> !variable.isReassigned()).ifPresent(variable -> {
            functions.put(variable, function);
            called.add(function);
        });
    }

    /** Functions kept in tables, objects and classes: an unknown awaited call may run any of them. */
    private Set<FunctionNode> keptIn(Program program) {
        Set<FunctionNode> kept = identitySet();
        program.walk(node -> {
            if (node instanceof FunctionNode function && !called.contains(function)) {
                kept.add(function);
            }
            if (node instanceof Part.Property property && !property.method()) {
                functionOf(property.value()).ifPresent(kept::add);
            }
            if (node instanceof Expression.ArrayExpression array) {
                array.elements().forEach(element -> functionOf(element).ifPresent(kept::add));
            }
            return true;
        });
        return kept;
    }
}
