package ai.fastn.camunda.compiler.slice;

import ai.fastn.camunda.compiler.analyze.Variable;
import ai.fastn.camunda.compiler.parse.Expression;
import ai.fastn.camunda.compiler.parse.Expression.Identifier;
import ai.fastn.camunda.compiler.parse.FunctionNode;
import ai.fastn.camunda.compiler.parse.Node;
import ai.fastn.camunda.compiler.parse.Part;
import ai.fastn.camunda.compiler.parse.Statement;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Lays statements into the graph. */
final class StatementLifter {

    private final Lifting lifting;
    private final LoopLifter loops;
    final TryLifter tries;
    private final SwitchLifter switches;
    private final ReturnLifter returns;
    private final WholeLifter wholes;
    private final PatternLifter patterns;

    StatementLifter(Lifting lifting) {
        this.lifting = lifting;
        this.loops = new LoopLifter(lifting);
        this.tries = new TryLifter(lifting);
        this.switches = new SwitchLifter(lifting);
        this.returns = new ReturnLifter(lifting);
        this.wholes = new WholeLifter(lifting);
        this.patterns = new PatternLifter(lifting);
    }

    /** Statements of one scope, its functions first. */
    void block(Node scope, List<? extends Statement> statements) {
        enter(scope);
        run(scope, statements);
    }

    /** Statements of a scope that has been entered. */
    void run(Node scope, List<? extends Statement> statements) {
        hoist(scope, statements);
        for (int i = 0; i < statements.size(); i++) {
            int length = lifting.plan.bundle(statements, i);
            if (length == 0) {
                lift(statements.get(i));
            } else {
                wholes.lift(statements.subList(i, i + length));
                i += length - 1;
            }
        }
    }

    /** Gives the variables of a scope that is entered again and again their fresh state. */
    void enter(Node scope) {
        if (!lifting.plan.isShared(scope) || !lifting.plan.isRepeated(scope)) {
            return;
        }
        for (Variable variable : lifting.source.scopes().declaredIn(scope)) {
            String reset = reset(variable);
            if (!reset.isEmpty()) {
                lifting.graph.code(Piece.internal(reset + ";", Purpose.take(variable.name())));
            } else if (scope instanceof FunctionNode && variable.kind() == Variable.Kind.VAR) {
                lifting.graph.code(Piece.internal(
                        lifting.renderer.slot(variable) + " = undefined;", Purpose.take(variable.name())));
            }
        }
    }

    /** The fresh state of a variable as an assignment; empty when its declaration gives it one. */
    String reset(Variable variable) {
        String slot = lifting.renderer.slot(variable);
        String nothing = variable.needsTdzCheck() ? "$TDZ" : "undefined";
        if (!slot.equals(lifting.renderer.variable(variable))) {
            return slot + " = {v: " + nothing + "}";
        }
        return variable.needsTdzCheck() ? slot + " = $TDZ" : "";
    }

    void hoist(Node scope, List<? extends Statement> statements) {
        for (Statement statement : statements) {
            if (declared(statement) instanceof Statement.FunctionDeclaration function && function.id() != null) {
                if (lifting.plan.isGone(function)) {
                    continue;
                }
                if (lifting.plan.isRepeated(scope) || isReassigned(function.id())) {
                    String target = lifting.text(function.id());
                    lifting.graph.code(Piece.internal(
                            target + " = " + lifting.renderer.functionValue(function) + ";",
                            Purpose.take(List.of(function.id()))));
                } else {
                    lifting.hoisted.add(function);
                }
            }
        }
    }

    private boolean isReassigned(Identifier name) {
        return lifting.source
                .scopes()
                .variableOf(name)
                .filter(Variable::isReassigned)
                .isPresent();
    }

    private static @Nullable Node declared(Statement statement) {
        return statement instanceof Statement.ExportNamedDeclaration export ? export.declaration() : statement;
    }

    /** One statement. */
    void lift(Statement statement) {
        if (statement instanceof Statement.ExportNamedDeclaration export) {
            if (export.declaration() != null) {
                lift(export.declaration());
            }
        } else if (statement instanceof Statement.ClassDeclaration type) {
            lifting.graph.code(lifting.piece(classText(type), type.span(), type, names(type.id())));
        } else if (isNothing(statement)) {
            return;
        } else if (lifting.plan.lifts(statement)) {
            dispatch(statement);
        } else {
            wholes.lift(statement);
        }
    }

    /** The value of a workflow that is an arrow without braces. */
    void result(Statement.ReturnStatement statement) {
        returns.lift(statement);
    }

    /** Statements that do nothing where they stand. */
    static boolean isNothing(Statement statement) {
        return statement instanceof FunctionNode
                || statement instanceof Statement.EmptyStatement
                || statement instanceof Statement.DebuggerStatement
                || statement instanceof Statement.ImportDeclaration
                || statement instanceof Statement.ExportDefaultDeclaration
                || statement instanceof Statement.ExportAllDeclaration
                || (statement instanceof Statement.ExpressionStatement expression && expression.directive() != null);
    }

    String classText(Statement.ClassDeclaration type) {
        Identifier id = type.id();
        String target = id == null ? "" : declared(id) + " = ";
        return target + lifting.renderer.classValue(type) + ";";
    }

    /** The variable that a declaration gives its value to; being no read, it is not checked for the dead zone. */
    private String declared(Identifier id) {
        return lifting.source
                .scopes()
                .variableOf(id)
                .filter(lifting.renderer::isShared)
                .map(lifting.renderer::variable)
                .orElseGet(() -> lifting.text(id));
    }

    private static List<String> names(@Nullable Identifier id) {
        return id == null ? List.of() : List.of(id.name());
    }

    private void dispatch(Statement statement) {
        if (statement instanceof Statement.BlockStatement block) {
            block(block, block.body());
        } else if (statement instanceof Statement.ExpressionStatement expression) {
            expression(expression);
        } else if (statement instanceof Statement.VariableDeclaration declaration) {
            declaration(declaration);
        } else if (statement instanceof Statement.IfStatement choice) {
            choice(choice);
        } else if (statement instanceof Statement.LabeledStatement labeled) {
            loops.labeled(labeled);
        } else if (statement instanceof Statement.Loop loop) {
            loops.lift(loop, Set.of());
        } else if (statement instanceof Statement.TryStatement attempt) {
            tries.lift(attempt);
        } else if (statement instanceof Statement.SwitchStatement choice) {
            switches.lift(choice, Set.of());
        } else {
            exit(statement);
        }
    }

    private void exit(Statement statement) {
        if (statement instanceof Statement.ReturnStatement returning) {
            returns.lift(returning);
        } else if (statement instanceof Statement.ThrowStatement failing) {
            lifting.expressions.lift(failing.argument(), true);
            throwing(lifting.piece("throw " + parenthesised(failing.argument()) + ";", failing)
                    .as(Purpose.THROW));
        } else if (statement instanceof Statement.BreakStatement leaving) {
            lifting.graph.words(leaving.span());
            lifting.jumps.take(lifting.jumps.to(Jump.Kind.BREAK, leaving.label()), "");
        } else if (statement instanceof Statement.ContinueStatement leaving) {
            lifting.graph.words(leaving.span());
            lifting.jumps.take(lifting.jumps.to(Jump.Kind.CONTINUE, leaving.label()), "");
        } else {
            throw new IllegalStateException(
                    "bug: no lifter for " + statement.getClass().getSimpleName());
        }
    }

    /** The argument on one line with its keyword, as the grammar wants it. */
    private String parenthesised(Expression argument) {
        String text = lifting.text(argument);
        return argument instanceof Expression.SequenceExpression ? "(" + text + ")" : text;
    }

    /** Code that throws; its way ends there. */
    void throwing(Piece piece) {
        if (lifting.graph.isReachable()) {
            lifting.graph.code(piece);
            lifting.graph.step(new Action.Fail(), null);
        }
    }

    private void expression(Statement.ExpressionStatement statement) {
        Consumer<@Nullable Expression> receiver = lifting.jumps.function().receiver;
        if (receiver != null && statement.expression() instanceof Expression.YieldExpression yield) {
            if (yield.delegate()) {
                loops.delegated(Objects.requireNonNull(yield.argument()), receiver);
            } else {
                receiver.accept(yield.argument());
            }
            return;
        }
        SleepRule.Wait wait = SleepRule.of(statement.expression(), lifting);
        if (wait != null) {
            lifting.expressions.lift(wait.value(), false);
            Draft sleep = lifting.graph.step(new Action.Sleep(wait.text(lifting)), statement.span());
            if (sleep != null) {
                lifting.graph.openFrom(sleep);
            }
            return;
        }
        if (statement.expression() instanceof Expression.AssignmentExpression assignment
                && lifting.units.isCut(assignment.left())) {
            patterns.bind(assignment.left(), assignment.right());
        } else {
            discard(statement.expression(), statement);
        }
    }

    /** An expression whose value nobody looks at. */
    void discard(Expression expression, Node statement) {
        lifting.expressions.into(expression, new Sink() {
            @Override
            public void accept(String text, @Nullable Node value) {
                if (value == null) {
                    return;
                }
                boolean whole = value == expression;
                String code = whole
                        ? Code.statement(lifting.renderer.around(statement, expression, text))
                        : "(" + text + ");";
                lifting.graph.code(
                        lifting.piece(code, whole ? statement.span() : value.span(), value, assigned(value)));
            }

            @Override
            public boolean discards() {
                return true;
            }
        });
    }

    private static List<String> assigned(Node value) {
        return value instanceof Expression.AssignmentExpression assignment
                ? Targets.names(assignment.left()).stream()
                        .map(Identifier::name)
                        .toList()
                : List.of();
    }

    private void declaration(Statement.VariableDeclaration declaration) {
        for (Part.VariableDeclarator declarator : declaration.declarations()) {
            Expression init = declarator.init();
            if (!(init instanceof FunctionNode function) || !lifting.plan.isGone(function)) {
                declarator(declaration, declarator);
            }
        }
    }

    private void declarator(Statement.VariableDeclaration declaration, Part.VariableDeclarator declarator) {
        List<String> names =
                Targets.names(declarator.id()).stream().map(Identifier::name).toList();
        Node at = declaration.declarations().size() == 1 ? declaration : declarator;
        Expression init = declarator.init();
        if (init == null) {
            String text = lifting.renderer.assignment(declarator, null);
            if (!text.isEmpty()) {
                lifting.graph.code(lifting.piece(text + ";", at.span(), null, List.of()));
            }
            return;
        }
        if (lifting.units.isCut(declarator.id())) {
            patterns.bind(declarator.id(), init);
            return;
        }
        String slot = slot(declarator);
        boolean patternCuts = lifting.units.has(declarator.id());
        lifting.expressions.into(init, new Sink() {
            @Override
            public void accept(String text, @Nullable Node value) {
                Node shown = value == init ? at : value;
                String code = lifting.renderer.assignment(declarator, text) + ";";
                if (text.equals(slot)) {
                    return;
                }
                Node effects = patternCuts ? declarator : value;
                lifting.graph.code(lifting.piece(code, shown == null ? null : shown.span(), effects, names));
            }

            @Override
            public @Nullable String slot() {
                return slot;
            }
        });
    }

    private @Nullable String slot(Part.VariableDeclarator declarator) {
        return declarator.id() instanceof Identifier name
                ? lifting.source
                        .scopes()
                        .variableOf(name)
                        .filter(variable -> !variable.needsTdzCheck())
                        .map(lifting.renderer::variable)
                        .orElse(null)
                : null;
    }

    private void choice(Statement.IfStatement choice) {
        Label yes = new Label();
        Label no = new Label();
        lifting.conditions.lift(choice.test(), yes, no);
        lifting.graph.place(yes);
        lift(choice.consequent());
        if (choice.alternate() == null) {
            lifting.graph.place(no);
            return;
        }
        Label end = new Label();
        lifting.graph.goTo(end);
        lifting.graph.place(no);
        lift(choice.alternate());
        lifting.graph.place(end);
    }
}
