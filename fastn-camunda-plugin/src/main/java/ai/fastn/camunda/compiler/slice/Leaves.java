package ai.fastn.camunda.compiler.slice;

import ai.fastn.camunda.compiler.parse.ClassNode;
import ai.fastn.camunda.compiler.parse.Expression.Identifier;
import ai.fastn.camunda.compiler.parse.FunctionNode;
import ai.fastn.camunda.compiler.parse.Node;
import ai.fastn.camunda.compiler.parse.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the {@code return}, {@code break} and {@code continue} statements that leave a statement. */
final class Leaves {

    private final List<Statement> found = new ArrayList<>();

    private Leaves() {}

    static List<Statement> of(Statement statement) {
        Leaves leaves = new Leaves();
        leaves.visit(statement, false, false, Set.of());
        return leaves.found;
    }

    private void visit(Node node, boolean breakable, boolean continuable, Set<String> labels) {
        if (node instanceof FunctionNode || node instanceof ClassNode) {
            return;
        }
        if (node instanceof Statement.ReturnStatement leaving) {
            found.add(leaving);
        } else if (node instanceof Statement.BreakStatement leaving) {
            add(leaving, leaving.label(), breakable, labels);
        } else if (node instanceof Statement.ContinueStatement leaving) {
            add(leaving, leaving.label(), continuable, labels);
        }
        boolean loop = node instanceof Statement.Loop;
        boolean opens = loop || node instanceof Statement.SwitchStatement;
        Set<String> inner = labels;
        if (node instanceof Statement.LabeledStatement labeled) {
            inner = new HashSet<>(labels);
            inner.add(labeled.label().name());
        }
        for (Node child : node.children()) {
            visit(child, breakable || opens, continuable || loop, inner);
        }
    }

    private void add(Statement leaving, @Nullable Identifier label, boolean taken, Set<String> labels) {
        if (label == null ? !taken : !labels.contains(label.name())) {
            found.add(leaving);
        }
    }
}
