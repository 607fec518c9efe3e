package ai.fastn.camunda.compiler.slice;

import ai.fastn.camunda.compiler.analyze.AnalyzedScript;
import ai.fastn.camunda.compiler.analyze.Variable;
import ai.fastn.camunda.compiler.parse.ClassNode;
import ai.fastn.camunda.compiler.parse.Expression;
import ai.fastn.camunda.compiler.parse.Expression.Identifier;
import ai.fastn.camunda.compiler.parse.FunctionNode;
import ai.fastn.camunda.compiler.parse.Node;
import ai.fastn.camunda.compiler.parse.Part;
import ai.fastn.camunda.compiler.parse.Statement;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Closures over variables that exist once per iteration. All steps share one set of variables, so such a closure gets
 * its own: by value when the variable never changes after the closure was made, else through a box that is new in each
 * iteration.
 */
final class Captures {

    /** Methods that call their function before they return and do not keep it. */
    private static final Set<String> CALLING = Set.of(
            "map",
            "filter",
            "find",
            "findIndex",
            "findLast",
            "findLastIndex",
            "some",
            "every",
            "forEach",
            "reduce",
            "reduceRight",
            "sort",
            "toSorted",
            "flatMap",
            "replace",
            "replaceAll",
            "stringify");

    private final Plan plan;
    private final Parents parents;
    private final Set<String> ownMethods = new LinkedHashSet<>();
    private final IdentityHashMap<Node, Set<Variable>> wraps = new IdentityHashMap<>();
    private final Set<Variable> boxed = new LinkedHashSet<>();
    private final Set<Node> unsplittable = Collections.newSetFromMap(new IdentityHashMap<>());

    Captures(AnalyzedScript source, Plan plan, Parents parents) {
        this.plan = plan;
        this.parents = parents;
        source.script().program().walk(node -> {
            collectOwnMethods(node);
            return true;
        });
        source.script().program().walk(node -> {
            if (node instanceof Identifier name) {
                source.scopes()
                        .variableOf(name)
                        .filter(this::isPerIteration)
                        .ifPresent(variable -> visit(name, variable));
            }
            return true;
        });
    }

    /** Loops whose closures can not get variables of their own. */
    Set<Node> unsplittable() {
        return unsplittable;
    }

    /** Variables that live in a box. */
    boolean isBoxed(Variable variable) {
        return boxed.contains(variable);
    }

    Set<Variable> boxed() {
        return boxed;
    }

    /** The variables a function, class or object literal takes with it. */
    Set<Variable> takenBy(Node closure) {
        return wraps.getOrDefault(closure, Set.of());
    }

    /** The name that a closure without one gets from where it is written. */
    Optional<String> givenName(Node closure) {
        return GivenName.of(closure, parents.of(closure));
    }

    private boolean isPerIteration(Variable variable) {
        Node scope = variable.scope().node();
        return plan.isShared(scope) && plan.isRepeated(scope);
    }

    private void visit(Identifier name, Variable variable) {
        Node root = closureAround(name, variable.scope().node());
        if (root == null) {
            return;
        }
        if (!(root instanceof FunctionNode) && plan.units().has(root)) {
            fuse(variable);
            return;
        }
        wraps.computeIfAbsent(root, any -> new LinkedHashSet<>()).add(variable);
        if (changesAfter(variable, root)) {
            boxed.add(variable);
        }
    }

    private void fuse(Variable variable) {
        Node loop = plan.loopAround(variable.scope().node());
        if (loop != null) {
            unsplittable.add(loop);
        }
    }

    private static boolean changesAfter(Variable variable, Node closure) {
        if (variable.isReassigned() || closure instanceof Statement.FunctionDeclaration) {
            return true;
        }
        return variable.initializedAt() > closure.span().start();
    }

    /** The outermost closure between a name and the scope of its variable; null when there is none that lasts. */
    private @Nullable Node closureAround(Node name, Node scope) {
        Node root = null;
        boolean lasting = false;
        Node below = name;
        for (Node at = parents.of(name); at != null && at != scope; at = parents.of(at)) {
            if (plan.isShared(at) && at instanceof FunctionNode helper && plan.isGone(helper)) {
                break;
            }
            if (at instanceof FunctionNode || at instanceof ClassNode) {
                root = at;
                lasting |= !diesInStep(at);
            } else if (root != null && root == below && carries(at)) {
                below = at;
                root = carrier(at);
                continue;
            }
            below = at;
        }
        return lasting ? root : null;
    }

    /** A method can not be wrapped alone: the object literal or class around it is. */
    private static boolean carries(Node at) {
        return at instanceof Part.MethodDefinition
                || (at instanceof Part.Property property
                        && (property.method() || property.kind() != Part.PropertyKind.INIT));
    }

    private Node carrier(Node member) {
        Node at = member;
        while (!(at instanceof Expression.ObjectExpression) && !(at instanceof ClassNode)) {
            Node parent = parents.of(at);
            if (parent == null) {
                throw new IllegalStateException("bug: a method without object or class");
            }
            at = parent;
        }
        return at;
    }

    private boolean diesInStep(Node closure) {
        return parents.of(closure) instanceof Expression.CallExpression call
                && call.arguments().stream().anyMatch(argument -> argument == closure)
                && call.callee() instanceof Expression.MemberExpression member
                && !member.computed()
                && member.property() instanceof Identifier name
                && CALLING.contains(name.name())
                && !ownMethods.contains(name.name());
    }

    private void collectOwnMethods(Node node) {
        if (node instanceof Part.Property property && property.key() instanceof Identifier name) {
            ownMethods.add(name.name());
        } else if (node instanceof Part.MethodDefinition method && method.key() instanceof Identifier name) {
            ownMethods.add(name.name());
        } else if (node instanceof Expression.AssignmentExpression assignment
                && assignment.left() instanceof Expression.MemberExpression member
                && member.property() instanceof Identifier name) {
            ownMethods.add(name.name());
        }
    }
}
