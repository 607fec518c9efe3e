package ai.fastn.camunda.compiler.analyze;

import ai.fastn.camunda.compiler.parse.ClassNode;
import ai.fastn.camunda.compiler.parse.Expression;
import ai.fastn.camunda.compiler.parse.Expression.Identifier;
import ai.fastn.camunda.compiler.parse.Expression.MemberExpression;
import ai.fastn.camunda.compiler.parse.FunctionNode;
import ai.fastn.camunda.compiler.parse.Node;
import ai.fastn.camunda.compiler.parse.Part;
import ai.fastn.camunda.compiler.parse.Pattern;
import ai.fastn.camunda.compiler.parse.Program;
import ai.fastn.camunda.compiler.parse.Statement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The methods of objects that nobody else can reach: a constant that holds an object literal or an instance of a class
 * of the program, and that is only ever used as {@code name.member}. Nobody can then give it other methods.
 */
final class Methods {

    private final Scopes scopes;
    private final IdentityHashMap<Node, Node> parents = new IdentityHashMap<>();
    private final Map<Variable, Expression> values = new HashMap<>();
    private final Map<Variable, ClassNode> classes = new HashMap<>();
    private final IdentityHashMap<Node, Map<String, FunctionNode>> known = new IdentityHashMap<>();
    private final Set<String> written = new HashSet<>();

    Methods(Program program, Scopes scopes) {
        this.scopes = scopes;
        program.walk(node -> {
            node.children().forEach(child -> parents.put(child, node));
            collect(node);
            return true;
        });
    }

    private void collect(Node node) {
        if (node instanceof Part.VariableDeclarator declarator
                && declarator.id() instanceof Identifier name
                && declarator.init() != null) {
            Expression value = declarator.init();
            scopes.variableOf(name).ifPresent(variable -> {
                values.put(variable, value);
                if (value instanceof ClassNode type) {
                    classes.put(variable, type);
                }
            });
        } else if (node instanceof Statement.ClassDeclaration type && type.id() != null) {
            scopes.variableOf(type.id()).ifPresent(variable -> classes.put(variable, type));
        } else if (node instanceof MemberExpression member && !member.computed() && isWritten(member)) {
            if (member.property() instanceof Identifier name) {
                written.add(name.name());
            }
        }
    }

    /** The function that a call of {@code name.method}, {@code name["method"]} or {@code this.method} always runs. */
    Optional<FunctionNode> of(MemberExpression callee) {
        return callee.optional()
                ? Optional.empty()
                : ClientValues.propertyName(callee).flatMap(method -> of(owner(callee.object()), method));
    }

    private Optional<FunctionNode> of(@Nullable Node owner, String method) {
        return owner == null || written.contains(method) || written.contains("__proto__")
                ? Optional.empty()
                : Optional.ofNullable(
                        known.computeIfAbsent(owner, this::methods).get(method));
    }

    /** The object literal or class behind an expression; null when unknown. */
    private @Nullable Node owner(Expression object) {
        if (object instanceof Expression.ThisExpression) {
            return ownerOfThis(object);
        }
        Variable variable =
                object instanceof Identifier name ? scopes.variableOf(name).orElse(null) : null;
        if (variable == null || variable.isReassigned() || !isOnlyMembers(variable)) {
            return null;
        }
        Expression value = values.get(variable);
        if (value instanceof Expression.ObjectExpression literal) {
            return literal;
        }
        return value instanceof Expression.NewExpression creation && creation.callee() instanceof Identifier name
                ? scopes.variableOf(name).map(this::closedClass).orElse(null)
                : null;
    }

    /** The owner whose method {@code this} stands in, when the method can only be called on it. */
    private @Nullable Node ownerOfThis(Node self) {
        Node at = self;
        while (at != null && !bindsThis(at)) {
            at = parents.get(at);
        }
        Node member = at == null ? null : parents.get(at);
        if (member instanceof Part.MethodDefinition) {
            Node type = parents.get(parents.get(member));
            return classes.entrySet().stream()
                    .filter(entry -> entry.getValue() == type)
                    .findFirst()
                    .map(entry -> closedClass(entry.getKey()))
                    .orElse(null);
        }
        return member instanceof Part.Property property
                        && property.method()
                        && parents.get(member) instanceof Expression.ObjectExpression literal
                        && values.entrySet().stream()
                                .anyMatch(entry -> entry.getValue() == literal
                                        && !entry.getKey().isReassigned()
                                        && isOnlyMembers(entry.getKey()))
                ? literal
                : null;
    }

    private static boolean bindsThis(Node node) {
        return node instanceof Part.PropertyDefinition
                || node instanceof Part.StaticBlock
                || (node instanceof FunctionNode function && !function.isArrow());
    }

    /** A class that has no heirs and is only used to make instances. */
    private @Nullable ClassNode closedClass(Variable variable) {
        ClassNode type = classes.get(variable);
        boolean closed = type != null
                && type.superClass() == null
                && !variable.isReassigned()
                && variable.references().stream()
                        .allMatch(
                                reference -> parents.get(reference.name()) instanceof Expression.NewExpression creation
                                        && creation.callee() == reference.name());
        return closed ? type : null;
    }

    private boolean isOnlyMembers(Variable variable) {
        return variable.references().stream()
                .allMatch(reference -> parents.get(reference.name()) instanceof MemberExpression member
                        && member.object() == reference.name()
                        && (!member.computed() || !isWritten(member)));
    }

    private boolean isWritten(MemberExpression member) {
        Node parent = parents.get(member);
        boolean target = (parent instanceof Pattern && !(parent instanceof Expression))
                || parent instanceof Part.AssignmentProperty
                || (parent instanceof Statement.ForOfStatement each && each.left() == member)
                || (parent instanceof Statement.ForInStatement each && each.left() == member);
        return target
                || (parent instanceof Expression.AssignmentExpression assignment && assignment.left() == member)
                || parent instanceof Expression.UpdateExpression
                || (parent instanceof Expression.UnaryExpression unary
                        && unary.operator().equals("delete"));
    }

    private Map<String, FunctionNode> methods(Node owner) {
        Map<String, FunctionNode> methods = new HashMap<>();
        boolean plain = owner instanceof ClassNode type ? ofClass(type, methods) : ofLiteral(owner, methods);
        return plain && thisIsOnlyMembers(owner) ? methods : Map.of();
    }

    private static boolean ofClass(ClassNode type, Map<String, FunctionNode> methods) {
        Set<String> fields = new HashSet<>();
        for (Part member : type.body().body()) {
            if (member instanceof Part.MethodDefinition method && !method.isStatic()) {
                if (method.computed()) {
                    return false;
                }
                if (method.kind() == Part.MethodKind.CONSTRUCTOR
                        && givesSomething(method.value().body())) {
                    return false;
                }
                if (method.kind() == Part.MethodKind.METHOD && method.key() instanceof Identifier name) {
                    methods.put(name.name(), method.value());
                }
            } else if (member instanceof Part.PropertyDefinition field && !field.isStatic()) {
                if (field.computed()) {
                    return false;
                }
                if (field.key() instanceof Identifier name) {
                    fields.add(name.name());
                }
            }
        }
        methods.keySet().removeAll(fields);
        return true;
    }

    /** Whether a constructor may make something else than an instance. */
    private static boolean givesSomething(Node node) {
        return node instanceof Statement.ReturnStatement returning
                ? returning.argument() != null
                : !(node instanceof FunctionNode) && node.children().stream().anyMatch(Methods::givesSomething);
    }

    private static boolean ofLiteral(Node literal, Map<String, FunctionNode> methods) {
        for (Node member : ((Expression.ObjectExpression) literal).properties()) {
            if (!(member instanceof Part.Property property) || property.computed()) {
                return false;
            }
            boolean function = property.kind() == Part.PropertyKind.INIT && property.value() instanceof FunctionNode;
            if (property.key() instanceof Identifier name) {
                if (function) {
                    methods.put(name.name(), (FunctionNode) property.value());
                } else {
                    methods.remove(name.name());
                }
            }
        }
        return true;
    }

    /** Whether nothing inside hands {@code this} to somebody or writes to members that it does not name. */
    private boolean thisIsOnlyMembers(Node owner) {
        boolean[] plain = {true};
        owner.walk(node -> {
            if (node instanceof Expression.ThisExpression) {
                plain[0] &= parents.get(node) instanceof MemberExpression member
                        && member.object() == node
                        && (!member.computed() || !isWritten(member));
            }
            return plain[0];
        });
        return plain[0];
    }
}
