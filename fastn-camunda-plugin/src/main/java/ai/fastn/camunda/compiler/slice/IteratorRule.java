package ai.fastn.camunda.compiler.slice;

import ai.fastn.camunda.compiler.analyze.AnalyzedScript;
import ai.fastn.camunda.compiler.analyze.Variable;
import ai.fastn.camunda.compiler.parse.Expression;
import ai.fastn.camunda.compiler.parse.Expression.Identifier;
import ai.fastn.camunda.compiler.parse.FunctionNode;
import ai.fastn.camunda.compiler.parse.Node;
import ai.fastn.camunda.compiler.parse.Part;
import ai.fastn.camunda.compiler.parse.Pattern;
import ai.fastn.camunda.compiler.parse.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Whether leaving a loop early can be seen by what it iterates over. Only iterators that the author wrote notice it (a
 * generator's {@code finally}, a {@code return} method); where there are none, or the loop surely goes over plain data,
 * it can be stepped through freely.
 */
final class IteratorRule {

    private static final Set<String> ARRAY_METHODS = Set.of(
            "map",
            "filter",
            "slice",
            "sort",
            "concat",
            "flat",
            "flatMap",
            "reverse",
            "splice",
            "split",
            "toSorted",
            "toReversed",
            "fill");

    /** Words without which nobody gets at the iterator of all arrays. */
    private static final Set<String> PROTOTYPES =
            Set.of("prototype", "__proto__", "getPrototypeOf", "constructor", "Reflect");

    private static final Set<String> ARRAYS = Set.of("keys", "values", "entries", "from", "of");

    private final AnalyzedScript source;
    private final boolean hasGenerators;
    private final boolean hasIterators;
    private final boolean patches;
    private final Map<Variable, Part.VariableDeclarator> declarators = new HashMap<>();

    IteratorRule(AnalyzedScript source, Parents parents) {
        this.source = source;
        hasGenerators = mentions(node -> asksForPages(node)
                || (node instanceof FunctionNode function
                        && function.generator()
                        && !isConsumedAtOnce(function, parents)));
        hasIterators = mentions(IteratorRule::isIterator);
        patches = mentions(node -> node instanceof Identifier name && PROTOTYPES.contains(name.name()));
        source.script().program().walk(this::collectParts);
    }

    /** {@code fastn.connector.crm.listDeals.pages(...)}, which gives an iterator of the runtime's own. */
    private static boolean asksForPages(Node node) {
        return node instanceof Expression.CallExpression call
                && call.callee() instanceof Expression.MemberExpression member
                && member.property() instanceof Identifier name
                && name.name().equals("pages");
    }

    private boolean collectParts(Node node) {
        if (node instanceof Part.VariableDeclarator declarator && declarator.init() != null) {
            Targets.names(declarator.id()).stream()
                    .flatMap(name -> source.scopes().variableOf(name).stream())
                    .forEach(variable -> declarators.put(variable, declarator));
        }
        return true;
    }

    /** A generator whose objects only ever live as long as the loop or list that takes what they yield. */
    private boolean isConsumedAtOnce(FunctionNode generator, Parents parents) {
        Node holder = parents.of(generator);
        if (holder instanceof Part.MethodDefinition method && !method.computed()) {
            return isMethodConsumedAtOnce(method.key(), parents);
        }
        Identifier name = generator.id();
        if (holder instanceof Part.VariableDeclarator declarator && declarator.id() instanceof Identifier held) {
            name = held;
        } else if (!(generator instanceof Statement.FunctionDeclaration)) {
            return false;
        }
        Optional<Variable> variable =
                name == null ? Optional.empty() : source.scopes().variableOf(name);
        return variable.filter(held -> held.references().stream().allMatch(use -> isTaken(use.name(), parents)))
                .isPresent();
    }

    /** Whether a name of a method is only ever spoken where what the method gives is taken. */
    private boolean isMethodConsumedAtOnce(Expression key, Parents parents) {
        return key instanceof Identifier method
                && !mentions(node -> callsUnnamed(node)
                        || (node instanceof Identifier name
                                && name.name().equals(method.name())
                                && !(parents.of(name) instanceof Part.MethodDefinition)
                                && !(parents.of(name) instanceof Expression.MemberExpression member
                                        && isTaken(member, parents))));
    }

    /** {@code table[key]()}: it may be any method. */
    private static boolean callsUnnamed(Node node) {
        return node instanceof Expression.CallExpression call
                && call.callee() instanceof Expression.MemberExpression member
                && member.computed();
    }

    private static boolean isTaken(Expression callee, Parents parents) {
        return parents.of(callee) instanceof Expression.CallExpression call
                && call.callee() == callee
                && takesAll(parents.of(call), call);
    }

    private static boolean takesAll(@Nullable Node around, Node call) {
        return (around instanceof Statement.ForOfStatement loop && loop.right() == call)
                || around instanceof Expression.SpreadElement
                || (around instanceof Expression.YieldExpression yield && yield.delegate());
    }

    private boolean mentions(Predicate<Node> what) {
        boolean[] found = {false};
        source.script().program().walk(node -> {
            found[0] |= what.test(node);
            return !found[0];
        });
        return found[0];
    }

    boolean canStepThrough(Statement.ForOfStatement loop) {
        if (hasIterators) {
            return !patches && (loop.right() instanceof Expression.ArrayExpression || isArrayCall(loop.right()));
        }
        Optional<FunctionNode> generator = loop.right() instanceof Expression.CallExpression call
                ? source.effects().functionOf(call.callee()).filter(FunctionNode::generator)
                : Optional.empty();
        return generator
                .map(function -> !function.async() && Yields.closesQuietly(function.body()))
                .orElseGet(() -> !hasGenerators || isPlainData(loop.right()));
    }

    private static boolean isIterator(Node node) {
        if (node instanceof Expression.MemberExpression member) {
            return !member.computed()
                    && member.property() instanceof Identifier name
                    && (name.name().equals("iterator")
                            || name.name().equals("asyncIterator")
                            || name.name().equals("return"));
        }
        return (node instanceof Part.Property property && isReturn(property.key()))
                || (node instanceof Part.MethodDefinition method && isReturn(method.key()))
                || (node instanceof Part.PropertyDefinition field && isReturn(field.key()));
    }

    private static boolean isReturn(Expression key) {
        return (key instanceof Identifier name && name.name().equals("return"))
                || (key instanceof Expression.Literal literal && literal.value().equals("return"));
    }

    /** Whether no iterator of the author's own is around that would see how it is used. */
    boolean isNobodyWatching() {
        return !hasGenerators && !hasIterators;
    }

    /** Whether going over a value is going over an array that nobody sees. */
    boolean isPlainList(Expression value) {
        return !(hasIterators && patches) && isPlainData(value);
    }

    /** An array for sure: made here, or part of what an effect gave or the workflow was started with. */
    private boolean isPlainData(Expression value) {
        if (value instanceof Expression.ArrayExpression || isAnswer(value)) {
            return true;
        }
        if (value instanceof Expression.LogicalExpression logical) {
            return isPlainData(logical.left()) && isPlainData(logical.right());
        }
        if (value instanceof Expression.MemberExpression member) {
            return !member.computed() && isPlainData(member.object());
        }
        if (value instanceof Expression.ChainExpression chain) {
            return isPlainData(chain.expression());
        }
        return value instanceof Identifier name ? isPlainVariable(name) : isArrayCall(value);
    }

    private boolean isAnswer(Expression value) {
        return value instanceof Expression.AwaitExpression waiting
                && waiting.argument() instanceof Expression.CallExpression call
                && source.effects().of(call).isPresent();
    }

    private boolean isPlainVariable(Identifier name) {
        Optional<Variable> constant = source.scopes().variableOf(name).filter(any -> !any.isReassigned());
        return constant.filter(variable -> isContext(variable) || isDeclaredPlain(variable))
                .isPresent();
    }

    /** Whether a variable was declared as plain data, or as a part of some with plain data as its default. */
    private boolean isDeclaredPlain(Variable variable) {
        // While it is looked at it is not known: `var list = list || []` asks for itself.
        Part.VariableDeclarator declarator = declarators.remove(variable);
        if (declarator == null) {
            return false;
        }
        List<Expression> values = new ArrayList<>(List.of(Objects.requireNonNull(declarator.init())));
        declarator.id().walk(node -> {
            if (node instanceof Pattern.AssignmentPattern choice) {
                values.add(choice.right());
            }
            return true;
        });
        boolean plain = values.stream().allMatch(this::isPlainData);
        declarators.put(variable, declarator);
        return plain;
    }

    private boolean isContext(Variable variable) {
        return !source.main().params().isEmpty()
                && source.main().params().get(0) instanceof Identifier parameter
                && source.scopes()
                        .variableOf(parameter)
                        .filter(variable::equals)
                        .isPresent();
    }

    private static boolean isArrayCall(Expression value) {
        if (!(value instanceof Expression.CallExpression call)
                || !(call.callee() instanceof Expression.MemberExpression member)
                || member.computed()
                || !(member.property() instanceof Identifier name)) {
            return false;
        }
        boolean makes = member.object() instanceof Identifier object
                && (object.name().equals("Object") || object.name().equals("Array"))
                && ARRAYS.contains(name.name());
        return makes || ARRAY_METHODS.contains(name.name());
    }
}
