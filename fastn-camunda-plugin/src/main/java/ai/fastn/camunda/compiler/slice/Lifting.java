package ai.fastn.camunda.compiler.slice;

import ai.fastn.camunda.compiler.analyze.AnalyzedScript;
import ai.fastn.camunda.compiler.analyze.EffectUse;
import ai.fastn.camunda.compiler.analyze.Variable;
import ai.fastn.camunda.compiler.parse.Expression;
import ai.fastn.camunda.compiler.parse.FunctionNode;
import ai.fastn.camunda.compiler.parse.Node;
import ai.fastn.camunda.compiler.parse.Statement;
import ai.fastn.camunda.diagnostic.SourceSpan;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the lifters of all constructs share: the graph, the names, and what stands around the place they are at. */
final class Lifting {

    final AnalyzedScript source;
    final Plan plan;
    final Units units;
    final Renderer renderer;
    final Naming naming;
    final GraphBuilder graph = new GraphBuilder();
    final Deque<Enclosing> around = new ArrayDeque<>();
    /** Parameters of the helpers being laid down that are functions at this place. */
    final Map<Variable, Set<FunctionNode>> handed = new HashMap<>();

    final List<String> slots = new ArrayList<>();
    final List<Statement.FunctionDeclaration> hoisted = new ArrayList<>();
    final boolean waits;
    final boolean hasFinally;
    final Jumps jumps;
    private final FuseReason reasons;
    final ExpressionLifter expressions;
    final Operands operands;
    final ConditionLifter conditions;
    final StatementLifter statements;
    final Inliner inliner;
    private int temps;

    /** @param waits whether a sleep becomes an event of its own */
    Lifting(AnalyzedScript source, Plan plan, Captures captures, Naming naming, boolean waits) {
        this.source = source;
        this.plan = plan;
        this.units = plan.units();
        this.naming = naming;
        this.renderer = new Renderer(source, plan, captures, naming);
        this.waits = waits;
        this.hasFinally = hasFinally(source);
        this.jumps = new Jumps(this);
        this.reasons = new FuseReason(source, plan);
        this.conditions = new ConditionLifter(this);
        this.expressions = new ExpressionLifter(this);
        this.operands = new Operands(this);
        this.statements = new StatementLifter(this);
        this.inliner = new Inliner(this);
    }

    private static boolean hasFinally(AnalyzedScript source) {
        boolean[] found = {false};
        source.script().program().walk(node -> {
            found[0] |= node instanceof Statement.TryStatement attempt && attempt.finalizer() != null;
            return true;
        });
        return found[0];
    }

    /** A new variable of the compiler. */
    String temp(String stem) {
        return slot("$" + stem + ++temps);
    }

    String slot(String wanted) {
        String name = naming.internal(wanted);
        slots.add(name);
        return name;
    }

    String text(Node node) {
        return renderer.text(node);
    }

    /** Code made from a node, with the effects that are still in it. */
    Piece piece(String text, @Nullable SourceSpan span, @Nullable Node node, List<String> sets) {
        if (node == null) {
            return new Piece(text, span, List.of(), sets, null, false);
        }
        List<EffectUse> effects = performedBy(node);
        return new Piece(text, span, effects, sets, reasons.of(node, effects), isFloating(node, effects));
    }

    Piece piece(String text, Node node) {
        return piece(text, node.span(), node, List.of());
    }

    /** Code made from a node, with what is known of its effects. */
    Piece piece(String text, Node node, List<EffectUse> effects) {
        return new Piece(text, node.span(), effects, List.of(), reasons.of(node, effects), false);
    }

    List<EffectUse> performedBy(Node node) {
        return source.effects().performedBy(node, renderer::isSettled, handed);
    }

    /** Code of a statement that work in the background ties to others. */
    Piece together(String text, Statement statement) {
        List<EffectUse> effects = performedBy(statement);
        String reason = "Work goes on in the background between these statements, so they are one step.";
        return new Piece(text, statement.span(), effects, List.of(), reason, false);
    }

    /** Code that waits for a call. */
    Piece waiting(String slot, Expression.CallExpression call) {
        return piece(slot + " = await " + text(call) + ";", call, performedBy(call));
    }

    /** Code that calls a function which is given as a value. */
    Piece calling(String text, Expression function) {
        List<EffectUse> effects = source.effects().performedByCalling(function);
        return piece(text, function, effects);
    }

    /** Gives a variable of the compiler its value; only where that performs an effect it is the author's step. */
    void setting(String variable, String value, Node made, Purpose purpose) {
        Piece piece = piece(variable + " = " + value + ";", made);
        graph.code(piece.effects().isEmpty() ? Piece.internal(piece.text(), purpose) : piece);
    }

    private boolean isFloating(Node node, List<EffectUse> effects) {
        if (effects.isEmpty()) {
            return false;
        }
        Set<Node> awaited = Collections.newSetFromMap(new IdentityHashMap<>());
        node.walk(below -> {
            boolean waits = below instanceof Expression.AwaitExpression;
            if (waits) {
                awaited.add(below);
            }
            return !waits && !(below instanceof FunctionNode);
        });
        return !source.effects()
                .performedBy(node, below -> awaited.contains(below) || renderer.isSettled(below), handed)
                .isEmpty();
    }
}
