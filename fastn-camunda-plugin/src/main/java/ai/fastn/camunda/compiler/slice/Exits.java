package ai.fastn.camunda.compiler.slice;

import ai.fastn.camunda.compiler.parse.Statement;

/** Statements without effects that are shown all the same: a reader wants to see where a workflow ends or fails. */
final class Exits {

    private Exits() {}

    /** Whether a statement without effects is laid out. */
    static boolean isVisible(Statement statement) {
        return (statement instanceof Statement.IfStatement choice && isGuard(choice))
                || (statement instanceof Statement.BlockStatement block
                        && block.body().stream().anyMatch(Exits::leaves))
                || isSimple(statement);
    }

    /** What the labels stand before. */
    static Statement body(Statement.LabeledStatement labeled) {
        return labeled.body() instanceof Statement.LabeledStatement inner ? body(inner) : labeled.body();
    }

    /** Single statements are steps or parts of one in any case. */
    private static boolean isSimple(Statement statement) {
        return statement instanceof Statement.ExpressionStatement
                || statement instanceof Statement.VariableDeclaration
                || statement instanceof Statement.ReturnStatement
                || statement instanceof Statement.ThrowStatement
                || statement instanceof Statement.BreakStatement
                || statement instanceof Statement.ContinueStatement
                || statement instanceof Statement.ExportNamedDeclaration;
    }

    /** A guard: the reader wants to see where a workflow ends or fails. */
    private static boolean isGuard(Statement.IfStatement choice) {
        return leaves(choice.consequent()) || (choice.alternate() != null && leaves(choice.alternate()));
    }

    private static boolean leaves(Statement statement) {
        if (statement instanceof Statement.BlockStatement block) {
            return block.body().stream().anyMatch(Exits::leaves);
        }
        if (statement instanceof Statement.IfStatement choice) {
            return isGuard(choice);
        }
        return statement instanceof Statement.ReturnStatement
                || statement instanceof Statement.ThrowStatement
                || statement instanceof Statement.BreakStatement
                || statement instanceof Statement.ContinueStatement;
    }
}
