package ai.fastn.camunda.compiler.slice;

import ai.fastn.camunda.compiler.analyze.AnalyzedScript;
import ai.fastn.camunda.compiler.analyze.Variable;
import ai.fastn.camunda.compiler.parse.Expression;
import ai.fastn.camunda.compiler.parse.Expression.CallExpression;
import ai.fastn.camunda.compiler.parse.Expression.Identifier;
import ai.fastn.camunda.compiler.parse.FunctionNode;
import ai.fastn.camunda.compiler.parse.Node;
import ai.fastn.camunda.compiler.parse.Part;
import ai.fastn.camunda.compiler.parse.Statement;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The statements from the beginning of some work to the one that surely waits for it.
 *
 * @param first the statement in which the work begins
 * @param last the one behind which it is over
 */
record Join(Statement first, Statement last) {

    private static final Set<String> COMBINATORS = Set.of("all", "allSettled", "race", "any");

    /** Where work that a call begins is over; empty when nobody can tell. */
    static Optional<Join> of(CallExpression call, AnalyzedScript source, Parents parents) {
        Variable carrier = carrier(call, source, parents);
        if (carrier == null || carrier.isReassigned() || carrier.declarations().size() != 1) {
            return Optional.empty();
        }
        Node declaration = parents.of(
                parents.of(carrier.declarations().get(0)) instanceof Part.VariableDeclarator declarator
                        ? declarator
                        : carrier.declarations().get(0));
        Node list = declaration == null ? null : parents.of(declaration);
        if (!(list instanceof Statement.BlockStatement block)) {
            return Optional.empty();
        }
        Statement first = statementIn(block, call, parents);
        if (first == null) {
            return Optional.empty();
        }
        int from = block.body().indexOf(first);
        boolean tried = isTried(block, parents);
        boolean isOne = isOne(call, source, parents);
        return block.body().stream()
                .skip(from)
                .filter(statement -> awaits(statement, new Held(carrier, isOne, tried), source))
                .findFirst()
                .map(last -> new Join(first, last));
    }

    /** The name of the {@code Promise} function that a call is, if any. */
    static Optional<String> combinator(CallExpression call) {
        return call.callee() instanceof Expression.MemberExpression member
                        && member.object() instanceof Identifier root
                        && root.name().equals("Promise")
                        && member.property() instanceof Identifier name
                        && COMBINATORS.contains(name.name())
                ? Optional.of(name.name())
                : Optional.empty();
    }

    /** The variable that holds the promise, or the list it is in. */
    private static @Nullable Variable carrier(CallExpression call, AnalyzedScript source, Parents parents) {
        Node at = call;
        while (parents.of(at) instanceof Expression outer && !(outer instanceof FunctionNode)) {
            at = outer;
            if (at instanceof CallExpression push
                    && push.callee() instanceof Expression.MemberExpression member
                    && member.property() instanceof Identifier word
                    && word.name().equals("push")
                    && member.object() instanceof Identifier list) {
                return source.scopes().variableOf(list).orElse(null);
            }
        }
        return parents.of(at) instanceof Part.VariableDeclarator declarator
                        && declarator.id() instanceof Identifier name
                ? source.scopes().variableOf(name).orElse(null)
                : null;
    }

    static @Nullable Statement statementIn(Node list, Node inside, Parents parents) {
        Node at = inside;
        while (at != null && parents.of(at) != list) {
            at = parents.of(at);
        }
        return at instanceof Statement statement ? statement : null;
    }

    private static boolean isTried(Node node, Parents parents) {
        Node at = node;
        while (at != null && !(at instanceof FunctionNode) && !(at instanceof Statement.TryStatement)) {
            at = parents.of(at);
        }
        return at instanceof Statement.TryStatement;
    }

    /** Whether a statement waits for what a variable holds, whatever else happens. */
    private static boolean awaits(Node node, Held held, AnalyzedScript source) {
        if (node instanceof Expression.AwaitExpression waiting) {
            return holds(waiting.argument(), held, source) || awaits(waiting.argument(), held, source);
        }
        if (node instanceof Statement.ReturnStatement returning && returning.argument() != null) {
            return holds(returning.argument(), held, source) || awaits(returning.argument(), held, source);
        }
        boolean certain = node instanceof Statement.ExpressionStatement
                || node instanceof Statement.VariableDeclaration
                || node instanceof Part.VariableDeclarator
                || node instanceof Expression.AssignmentExpression
                || node instanceof Expression.CallExpression
                || node instanceof Expression.MemberExpression
                || node instanceof Expression.ArrayExpression
                || node instanceof Expression.BinaryExpression;
        return certain && node.children().stream().anyMatch(child -> awaits(child, held, source));
    }

    private static boolean holds(Expression value, Held held, AnalyzedScript source) {
        if (held.isOne && is(value, held, source)) {
            return true;
        }
        if (!(value instanceof CallExpression call) || call.arguments().isEmpty()) {
            return false;
        }
        String all = combinator(call).orElse("");
        boolean waitsForAll = all.equals("allSettled") || (all.equals("all") && !held.tried);
        Expression promises = call.arguments().get(0);
        return waitsForAll
                && (promises instanceof Expression.ArrayExpression array
                        ? array.elements().stream().anyMatch(each -> isPart(each, held, source))
                        : !held.isOne && is(promises, held, source));
    }

    private static boolean isPart(Expression element, Held held, AnalyzedScript source) {
        return element instanceof Expression.SpreadElement spread
                ? !held.isOne && is(spread.argument(), held, source)
                : held.isOne && is(element, held, source);
    }

    private static boolean is(Expression value, Held held, AnalyzedScript source) {
        return value instanceof Identifier name
                && source.scopes().variableOf(name).filter(held.carrier::equals).isPresent();
    }

    /** Whether the variable is the promise itself, rather than a list of such. */
    private static boolean isOne(CallExpression call, AnalyzedScript source, Parents parents) {
        boolean handled = Chain.of(call).isPresent();
        return parents.of(call) instanceof Part.VariableDeclarator
                && (handled || source.effects().functionOf(call.callee()).isPresent());
    }

    /**
     * What is waited for.
     *
     * @param isOne whether the variable is one promise, not a list
     * @param tried whether an error is caught around it
     */
    private record Held(Variable carrier, boolean isOne, boolean tried) {}
}
