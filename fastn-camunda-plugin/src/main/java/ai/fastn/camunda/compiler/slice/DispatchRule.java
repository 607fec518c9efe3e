package ai.fastn.camunda.compiler.slice;

import ai.fastn.camunda.compiler.analyze.AnalyzedScript;
import ai.fastn.camunda.compiler.analyze.Variable;
import ai.fastn.camunda.compiler.parse.Expression;
import ai.fastn.camunda.compiler.parse.Expression.CallExpression;
import ai.fastn.camunda.compiler.parse.Expression.Identifier;
import ai.fastn.camunda.compiler.parse.Expression.MemberExpression;
import ai.fastn.camunda.compiler.parse.FunctionNode;
import ai.fastn.camunda.compiler.parse.Node;
import ai.fastn.camunda.compiler.parse.Part;
import ai.fastn.camunda.compiler.parse.Statement;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Guesses which functions a call may run: those of a table that it looks them up in, of a list that a loop goes over,
 * or the methods of that name of the program's objects. A wrong guess costs a way that nobody takes: the process
 * compares the function that it has with each guess.
 */
final class DispatchRule {

    private final AnalyzedScript source;
    private final Map<Variable, Expression.ObjectExpression> tables = new LinkedHashMap<>();
    private final Map<Variable, Expression> lists = new LinkedHashMap<>();
    private final Map<CallExpression, Optional<Dispatch>> known = new IdentityHashMap<>();

    DispatchRule(AnalyzedScript source) {
        this.source = source;
        source.script().program().walk(this::collect);
    }

    private boolean collect(Node node) {
        if (node instanceof Part.VariableDeclarator declarator
                && declarator.id() instanceof Identifier name
                && declarator.init() instanceof Expression.ObjectExpression object) {
            variable(name).ifPresent(holder -> tables.put(holder, object));
        }
        if (node instanceof Statement.ForOfStatement loop
                && Renderer.loopTarget(loop.left()) instanceof Identifier name) {
            variable(name).ifPresent(each -> lists.put(each, loop.right()));
        }
        return true;
    }

    /** What a call chooses from; empty where its function is known, or where there is no choice. */
    Optional<Dispatch> of(CallExpression call) {
        if (source.effects().of(call).isPresent()
                || source.effects().functionOf(call.callee()).isPresent()) {
            return Optional.empty();
        }
        return known.computeIfAbsent(call, this::search);
    }

    private Optional<Dispatch> search(CallExpression call) {
        return Optional.of(choice(call.callee(), call.callee(), new HashSet<>()))
                .map(DispatchRule::distinct)
                .filter(dispatch -> dispatch.candidates().size() > 1);
    }

    private static Dispatch distinct(Dispatch dispatch) {
        Set<FunctionNode> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        return dispatch.laying(candidate -> seen.add(candidate.function()));
    }

    /**
     * @param value what the callee was declared with, as far as that is known
     * @param seen variables on the way to it: {@code var run = run || other} asks for itself
     */
    private Dispatch choice(Expression callee, Expression value, Set<Variable> seen) {
        if (value instanceof MemberExpression member && member.property() instanceof Expression.Literal) {
            return none();
        }
        if (value instanceof MemberExpression member && member.computed()) {
            return options(question(member.property()), table(member.object()));
        }
        if (value instanceof MemberExpression member && member.property() instanceof Identifier method) {
            return options(question(member.object()), methods(method.name()));
        }
        if (value instanceof Expression.ConditionalExpression choice) {
            Dispatch first = choice(callee, choice.consequent(), seen);
            return first.candidates().isEmpty() ? choice(callee, choice.alternate(), seen) : first;
        }
        if (value instanceof Expression.LogicalExpression choice) {
            return choice(callee, choice.left(), seen);
        }
        Variable variable = value instanceof Identifier name ? variable(name).orElse(null) : null;
        if (variable == null || !seen.add(variable)) {
            return none();
        }
        Expression list = lists.get(variable);
        return list != null ? options(question(callee), elements(list)) : declared(callee, variable, seen);
    }

    private Dispatch declared(Expression callee, Variable variable, Set<Variable> seen) {
        return source.effects()
                .valueOf(variable)
                .filter(init -> !(init instanceof Identifier))
                .map(init -> choice(callee, init, seen))
                .orElseGet(() -> none());
    }

    private static Dispatch none() {
        return options("", List.of());
    }

    private static Dispatch options(String question, List<Dispatch.Candidate> candidates) {
        return new Dispatch(question, candidates, List.of());
    }

    private String question(Expression decider) {
        return Questions.which(decider, source.script());
    }

    private List<Dispatch.Candidate> table(Expression object) {
        Variable holder = object instanceof Identifier name ? variable(name).orElse(null) : null;
        Expression.ObjectExpression table = holder == null ? null : tables.get(holder);
        return holder == null || table == null
                ? List.of()
                : table.properties().stream()
                        .flatMap(member -> candidate(holder, member).stream())
                        .toList();
    }

    private Optional<Dispatch.Candidate> candidate(Variable holder, Node member) {
        if (!(member instanceof Part.Property property)
                || property.computed()
                || property.kind() != Part.PropertyKind.INIT) {
            return Optional.empty();
        }
        String key = property.key() instanceof Identifier name
                ? "." + name.name()
                : "[" + source.script().text(property.key()) + "]";
        return source.effects()
                .functionOf(property.value())
                .map(function -> new Dispatch.Candidate(function, holder, key, label(property.key())));
    }

    private String label(Expression key) {
        return key instanceof Expression.Literal literal
                ? literal.value()
                : source.script().text(key);
    }

    private List<Dispatch.Candidate> methods(String name) {
        return tables.entrySet().stream()
                .flatMap(table -> table.getValue().properties().stream()
                        .flatMap(member -> candidate(table.getKey(), member).stream()))
                .filter(candidate -> candidate.member().equals("." + name))
                .map(candidate -> new Dispatch.Candidate(
                        candidate.function(),
                        candidate.holder(),
                        candidate.member(),
                        candidate.holder().name()))
                .toList();
    }

    private List<Dispatch.Candidate> elements(Expression list) {
        Expression array = list instanceof Identifier name
                ? variable(name).flatMap(source.effects()::valueOf).orElse(list)
                : list;
        return array instanceof Expression.ArrayExpression literal
                ? literal.elements().stream()
                        .flatMap(element -> named(element).stream())
                        .toList()
                : List.of();
    }

    private Optional<Dispatch.Candidate> named(Expression element) {
        return element instanceof Identifier name
                ? variable(name)
                        .flatMap(holder -> source.effects()
                                .functionOf(holder)
                                .map(function -> new Dispatch.Candidate(function, holder, "", name.name())))
                : Optional.empty();
    }

    private Optional<Variable> variable(Identifier name) {
        return source.scopes().variableOf(name).filter(variable -> !variable.isReassigned());
    }
}
