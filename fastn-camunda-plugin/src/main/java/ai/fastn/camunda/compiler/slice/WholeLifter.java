package ai.fastn.camunda.compiler.slice;

import ai.fastn.camunda.compiler.parse.Expression;
import ai.fastn.camunda.compiler.parse.Expression.AwaitExpression;
import ai.fastn.camunda.compiler.parse.FunctionNode;
import ai.fastn.camunda.compiler.parse.Node;
import ai.fastn.camunda.compiler.parse.Statement;
import ai.fastn.camunda.diagnostic.SourceSpan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Statements that stay as they are, inside one step. Where they jump out of themselves they become a function that says
 * how it ended, and the graph goes on from there.
 */
final class WholeLifter {

    private final Lifting lifting;

    WholeLifter(Lifting lifting) {
        this.lifting = lifting;
    }

    void lift(Statement statement) {
        if (!lifting.graph.isReachable()) {
            return;
        }
        List<Statement> leaves = Leaves.of(statement);
        if (leaves.isEmpty()) {
            lifting.graph.code(lifting.piece(text(statement), statement));
            return;
        }
        Map<Jump, Integer> ways = replaceAll(leaves);
        String result = lifting.temp("t");
        String code = result + " = " + opening(waits(statement)) + lifting.text(statement) + " })();";
        lifting.graph.code(lifting.piece(code, statement.span(), statement, List.of()));
        goOn(result, ways, statement.span());
    }

    /** Statements between which nothing may stop. */
    void lift(List<? extends Statement> statements) {
        if (!lifting.graph.isReachable()) {
            return;
        }
        List<Statement> leaves =
                statements.stream().flatMap(each -> Leaves.of(each).stream()).toList();
        boolean ends = endsWorkflow(statements, leaves);
        Map<Jump, Integer> ways = ends ? Map.of() : replaceAll(leaves);
        List<Piece> pieces = new ArrayList<>();
        for (Statement statement : statements) {
            if (!StatementLifter.isNothing(statement)) {
                pieces.add(lifting.together(text(statement), statement));
            }
        }
        if (ends) {
            lifting.graph.together(pieces).returns = true;
            lifting.jumps.take(lifting.jumps.returning(), "");
            return;
        }
        if (leaves.isEmpty()) {
            lifting.graph.together(pieces);
            return;
        }
        String result = lifting.temp("t");
        boolean waits = statements.stream().anyMatch(WholeLifter::waits);
        pieces.add(0, Piece.note(result + " = " + opening(waits)));
        pieces.add(Piece.note("})();"));
        lifting.graph.together(pieces);
        goOn(result, ways, statements.get(0).span());
    }

    /** Whether the workflow ends with these statements, which then give its result themselves. */
    private boolean endsWorkflow(List<? extends Statement> statements, List<Statement> leaves) {
        return lifting.source.main().body() instanceof Statement.BlockStatement body
                && body.body().get(body.body().size() - 1) == statements.get(statements.size() - 1)
                && leaves.stream().allMatch(Statement.ReturnStatement.class::isInstance);
    }

    private static String opening(boolean waits) {
        return waits ? "await (async () => { " : "(() => { ";
    }

    private String text(Statement statement) {
        if (statement instanceof Statement.ClassDeclaration type) {
            return lifting.statements.classText(type);
        }
        String text = lifting.text(statement);
        boolean open = statement instanceof Statement.ExpressionStatement
                || statement instanceof Statement.ReturnStatement
                || statement instanceof Statement.ThrowStatement
                || statement instanceof Statement.BreakStatement
                || statement instanceof Statement.ContinueStatement
                || !text.endsWith("}");
        return open ? Code.statement(text) : text;
    }

    private Map<Jump, Integer> replaceAll(List<Statement> leaves) {
        Map<Jump, Integer> ways = new LinkedHashMap<>();
        leaves.forEach(leaving -> replace(leaving, ways));
        return ways;
    }

    private void replace(Statement leaving, Map<Jump, Integer> ways) {
        Jump jump = jump(leaving);
        int way = ways.computeIfAbsent(jump, any -> ways.size());
        Expression value = leaving instanceof Statement.ReturnStatement returning ? returning.argument() : null;
        String text = "return {way: " + way + (value == null ? "" : ", v: " + lifting.text(value)) + "};";
        lifting.renderer.rewrite(leaving, text);
    }

    private Jump jump(Statement leaving) {
        if (leaving instanceof Statement.BreakStatement statement) {
            return lifting.jumps.to(Jump.Kind.BREAK, statement.label());
        }
        if (leaving instanceof Statement.ContinueStatement statement) {
            return lifting.jumps.to(Jump.Kind.CONTINUE, statement.label());
        }
        return lifting.jumps.returning();
    }

    private void goOn(String result, Map<Jump, Integer> ways, SourceSpan span) {
        Draft decision = lifting.graph.step(new Action.Decision("Finished here?"), span);
        if (decision == null) {
            return;
        }
        List<OpenBranch> branches = new ArrayList<>();
        for (Map.Entry<Jump, Integer> way : ways.entrySet()) {
            String condition = ways.size() == 1 ? result : result + "?.way === " + way.getValue();
            branches.add(lifting.graph.branch(decision, word(way.getKey(), ways.size()), condition));
        }
        OpenBranch otherwise = lifting.graph.branch(decision, "no", null);
        int at = 0;
        for (Jump way : ways.keySet()) {
            lifting.graph.open(branches.get(at++));
            go(way, result);
        }
        lifting.graph.open(otherwise);
    }

    private void go(Jump way, String result) {
        Sink sink = lifting.jumps.function().result;
        if (way.kind() != Jump.Kind.RETURN) {
            lifting.jumps.take(way, "");
        } else if (lifting.jumps.border(way) != null) {
            lifting.jumps.take(lifting.jumps.returning(result), "");
        } else if (sink != null) {
            sink.accept("await " + result + ".v", null);
            lifting.jumps.take(way, "");
        } else {
            lifting.graph.returning(Piece.note("return " + result + ".v;"));
            lifting.jumps.take(way, "");
        }
    }

    private static String word(Jump way, int count) {
        if (count == 1) {
            return "yes";
        }
        return switch (way.kind()) {
            case RETURN -> "finished";
            case BREAK -> "stop";
            case CONTINUE -> "next";
        };
    }

    static boolean waits(Node node) {
        if (node instanceof AwaitExpression || (node instanceof Statement.ForOfStatement loop && loop.await())) {
            return true;
        }
        return !(node instanceof FunctionNode) && node.children().stream().anyMatch(WholeLifter::waits);
    }
}
