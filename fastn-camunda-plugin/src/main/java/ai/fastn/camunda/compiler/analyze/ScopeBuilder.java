package ai.fastn.camunda.compiler.analyze;

import ai.fastn.camunda.compiler.parse.ClassNode;
import ai.fastn.camunda.compiler.parse.Expression;
import ai.fastn.camunda.compiler.parse.Expression.Identifier;
import ai.fastn.camunda.compiler.parse.FunctionNode;
import ai.fastn.camunda.compiler.parse.Node;
import ai.fastn.camunda.compiler.parse.Part;
import ai.fastn.camunda.compiler.parse.Pattern;
import ai.fastn.camunda.compiler.parse.Program;
import ai.fastn.camunda.compiler.parse.Statement;
import ai.fastn.camunda.compiler.parse.Statement.DeclarationKeyword;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Walks a program once: opens scopes, declares variables, notes uses; uses find their variable when all is declared.
 */
final class ScopeBuilder {

    /** A name that is used, before anybody knows which variable it means. */
    private record Use(Identifier name, Scope scope, boolean read, boolean write) {}

    private final IdentityHashMap<Node, List<Scope>> scopes = new IdentityHashMap<>();
    private final List<Use> uses = new ArrayList<>();
    private final List<Identifier> globalReferences = new ArrayList<>();

    private ScopeBuilder() {}

    static ScopeBuilder build(Program program) {
        ScopeBuilder builder = new ScopeBuilder();
        Scope module = builder.open(Scope.Kind.MODULE, program, null, false);
        builder.visitAll(program.body(), module);
        builder.uses.forEach(builder::resolve);
        for (List<Scope> ofNode : builder.scopes.values()) {
            ofNode.forEach(scope -> scope.variables().forEach(Variable::examineDeadZone));
        }
        return builder;
    }

    IdentityHashMap<Node, List<Scope>> scopes() {
        return scopes;
    }

    List<Identifier> globalReferences() {
        return globalReferences;
    }

    static boolean hasArguments(Node function) {
        return function instanceof FunctionNode node && !node.isArrow();
    }

    private void resolve(Use use) {
        use.scope()
                .find(use.name().name())
                .ifPresentOrElse(
                        variable -> variable.usedAt(
                                new Reference(use.name(), variable, use.scope(), use.read(), use.write())),
                        () -> globalReferences.add(use.name()));
    }

    private Scope open(Scope.Kind kind, Node node, @Nullable Scope parent, boolean inLoop) {
        Scope scope = new Scope(kind, node, parent, inLoop);
        scopes.computeIfAbsent(node, any -> new ArrayList<>()).add(scope);
        return scope;
    }

    private void visitAll(List<? extends Node> nodes, Scope scope) {
        nodes.forEach(node -> visit(node, scope));
    }

    private void visitIfAny(@Nullable Node node, Scope scope) {
        if (node != null) {
            visit(node, scope);
        }
    }

    private void visit(Node node, Scope scope) {
        if (node instanceof Identifier name) {
            uses.add(new Use(name, scope, true, false));
        } else if (node instanceof FunctionNode function) {
            visitFunction(function, scope);
        } else if (node instanceof ClassNode type) {
            visitClass(type, scope);
        } else if (node instanceof Statement statement) {
            visitStatement(statement, scope);
        } else if (node instanceof Part part) {
            visitPart(part, scope);
        } else {
            visitExpression(node, scope);
        }
    }

    private void visitExpression(Node node, Scope scope) {
        if (node instanceof Expression.MemberExpression member) {
            visit(member.object(), scope);
            if (member.computed()) {
                visit(member.property(), scope);
            }
        } else if (node instanceof Expression.AssignmentExpression assignment) {
            visitTarget(assignment.left(), scope, !assignment.operator().equals("="));
            visit(assignment.right(), scope);
        } else if (node instanceof Expression.UpdateExpression update && update.argument() instanceof Identifier name) {
            uses.add(new Use(name, scope, true, true));
        } else {
            visitAll(node.children(), scope);
        }
    }

    /** What an assignment writes. */
    private void visitTarget(Node target, Scope scope, boolean alsoRead) {
        if (target instanceof Identifier name) {
            uses.add(new Use(name, scope, alsoRead, true));
        } else if (target instanceof Pattern.AssignmentPattern withDefault) {
            visitTarget(withDefault.left(), scope, false);
            visit(withDefault.right(), scope);
        } else if (target instanceof Part.AssignmentProperty property) {
            visitKey(property.key(), property.computed(), scope);
            visitTarget(property.value(), scope, false);
        } else if (target instanceof Pattern && !(target instanceof Expression)) {
            target.children().forEach(part -> visitTarget(part, scope, false));
        } else {
            visit(target, scope);
        }
    }

    private void visitKey(Expression key, boolean computed, Scope scope) {
        if (computed) {
            visit(key, scope);
        }
    }

    /** What a declaration binds; {@code scope} is where its default values look names up. */
    private void bind(Node pattern, Variable.Kind kind, Scope declaring, Scope scope, boolean initialized, int end) {
        if (pattern instanceof Identifier name) {
            declare(name, kind, declaring, initialized, end);
        } else if (pattern instanceof Pattern.AssignmentPattern withDefault) {
            bind(withDefault.left(), kind, declaring, scope, initialized, end);
            visit(withDefault.right(), scope);
        } else if (pattern instanceof Part.AssignmentProperty property) {
            visitKey(property.key(), property.computed(), scope);
            bind(property.value(), kind, declaring, scope, initialized, end);
        } else {
            pattern.children().forEach(part -> bind(part, kind, declaring, scope, initialized, end));
        }
    }

    private static Variable declare(Identifier name, Variable.Kind kind, Scope scope, boolean initialized, int end) {
        // var a and a parameter a are one variable
        Variable variable =
                scope.kind() == Scope.Kind.BODY && (kind == Variable.Kind.VAR || kind == Variable.Kind.FUNCTION)
                        ? scope.parent()
                                .flatMap(parameters -> parameters.own(name.name()))
                                .orElseGet(() -> scope.declare(name.name(), kind))
                        : scope.declare(name.name(), kind);
        variable.declaredAt(name, initialized, end);
        return variable;
    }

    private void visitFunction(FunctionNode function, Scope outside) {
        Scope around = outside;
        Identifier id = function.id();
        if (id != null && function instanceof Statement.FunctionDeclaration) {
            declare(id, Variable.Kind.FUNCTION, outside, true, 0).startsAs(function);
        } else if (id != null) {
            around = open(Scope.Kind.FUNCTION_NAME, function, outside, false);
            declare(id, Variable.Kind.FUNCTION_NAME, around, true, 0);
        }
        Scope parameters = open(Scope.Kind.FUNCTION, function, around, false);
        for (Pattern parameter : function.params()) {
            bind(parameter, Variable.Kind.PARAMETER, parameters, parameters, true, 0);
        }
        Scope body = open(Scope.Kind.BODY, function, parameters, false);
        if (function.body() instanceof Statement.BlockStatement block) {
            visitAll(block.body(), body);
        } else {
            visit(function.body(), body);
        }
    }

    private void visitClass(ClassNode type, Scope outside) {
        Identifier id = type.id();
        if (id != null && type instanceof Statement.ClassDeclaration) {
            declare(id, Variable.Kind.CLASS, outside, true, type.span().end());
        }
        Scope inside = open(Scope.Kind.CLASS, type, outside, outside.isInLoop());
        if (id != null) {
            inside.declare(id.name(), Variable.Kind.CLASS_NAME);
        }
        visitIfAny(type.superClass(), inside);
        visitAll(type.body().body(), inside);
    }

    private void visitPart(Part part, Scope scope) {
        if (part instanceof Part.Property property) {
            visitKey(property.key(), property.computed(), scope);
            visit(property.value(), scope);
        } else if (part instanceof Part.MethodDefinition method) {
            visitKey(method.key(), method.computed(), scope);
            visit(method.value(), scope);
        } else if (part instanceof Part.PropertyDefinition field) {
            visitKey(field.key(), field.computed(), scope);
            visitIfAny(field.value(), open(Scope.Kind.FIELD, field, scope, false));
        } else if (part instanceof Part.StaticBlock block) {
            visitAll(block.body(), open(Scope.Kind.STATIC_BLOCK, block, scope, false));
        } else if (part instanceof Part.CatchClause handler) {
            visitCatch(handler, scope);
        } else if (part instanceof Part.ExportSpecifier exported) {
            visit(exported.local(), scope);
        } else {
            visitAll(part.children(), scope);
        }
    }

    private void visitCatch(Part.CatchClause handler, Scope outside) {
        Scope scope = open(Scope.Kind.CATCH, handler, outside, outside.isInLoop());
        if (handler.param() != null) {
            bind(handler.param(), Variable.Kind.CATCH, scope, scope, true, 0);
        }
        visit(handler.body(), scope);
    }

    private void visitStatement(Statement statement, Scope scope) {
        if (statement instanceof Statement.BlockStatement block) {
            visitAll(block.body(), open(Scope.Kind.BLOCK, block, scope, scope.isInLoop()));
        } else if (statement instanceof Statement.VariableDeclaration declaration) {
            visitDeclaration(declaration, scope);
        } else if (statement instanceof Statement.Loop loop) {
            visitLoop(loop, scope);
        } else if (statement instanceof Statement.SwitchStatement switched) {
            visit(switched.discriminant(), scope);
            visitAll(switched.cases(), open(Scope.Kind.SWITCH, switched, scope, scope.isInLoop()));
        } else if (statement instanceof Statement.LabeledStatement labeled) {
            visit(labeled.body(), scope);
        } else if (statement instanceof Statement.ImportDeclaration imported) {
            visitImport(imported, scope);
        } else if (statement instanceof Statement.ExportNamedDeclaration exported && exported.source() == null) {
            visitIfAny(exported.declaration(), scope);
            visitAll(exported.specifiers(), scope);
        } else if (!isJumpOrForeign(statement)) {
            visitAll(statement.children(), scope);
        }
    }

    /** Statements whose names mean labels or variables of other modules. */
    private static boolean isJumpOrForeign(Statement statement) {
        return statement instanceof Statement.BreakStatement
                || statement instanceof Statement.ContinueStatement
                || statement instanceof Statement.ExportNamedDeclaration
                || statement instanceof Statement.ExportAllDeclaration;
    }

    private static void visitImport(Statement.ImportDeclaration imported, Scope scope) {
        for (Part specifier : imported.specifiers()) {
            List<Node> names = specifier.children();
            declare((Identifier) names.get(names.size() - 1), Variable.Kind.IMPORT, scope, true, 0);
        }
    }

    private void visitDeclaration(Statement.VariableDeclaration declaration, Scope scope) {
        for (Part.VariableDeclarator declarator : declaration.declarations()) {
            declareAll(
                    declaration.kind(),
                    declarator,
                    scope,
                    declarator.init() != null,
                    declarator.span().end());
            if (declarator.id() instanceof Identifier name && declarator.init() instanceof FunctionNode function) {
                scope.own(name.name()).ifPresent(variable -> variable.startsAs(function));
            }
            visitIfAny(declarator.init(), scope);
        }
    }

    private void declareAll(
            DeclarationKeyword keyword, Part.VariableDeclarator declarator, Scope scope, boolean initialized, int end) {
        Variable.Kind kind = Variable.Kind.valueOf(keyword.name());
        Scope declaring = keyword == DeclarationKeyword.VAR ? scope.hoistTarget() : scope;
        bind(declarator.id(), kind, declaring, scope, initialized, end);
    }

    private void visitLoop(Statement.Loop loop, Scope outside) {
        Scope inLoop = open(Scope.Kind.FOR, loop, outside, true);
        if (loop instanceof Statement.ForInStatement each) {
            visitEach(each.left(), each.right(), inLoop);
        } else if (loop instanceof Statement.ForOfStatement each) {
            visitEach(each.left(), each.right(), inLoop);
        } else {
            loop.children().stream().filter(part -> part != loop.body()).forEach(part -> visit(part, inLoop));
        }
        visit(loop.body(), inLoop);
    }

    /** The variables of the head exist, without value, already while the right side is computed. */
    private void visitEach(Node left, Expression right, Scope scope) {
        if (left instanceof Statement.VariableDeclaration declaration) {
            for (Part.VariableDeclarator declarator : declaration.declarations()) {
                declareAll(
                        declaration.kind(),
                        declarator,
                        scope,
                        true,
                        right.span().end());
            }
        } else {
            visitTarget(left, scope, false);
        }
        visit(right, scope);
    }
}
