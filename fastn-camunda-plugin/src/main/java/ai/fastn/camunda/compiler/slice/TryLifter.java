package ai.fastn.camunda.compiler.slice;

import ai.fastn.camunda.compiler.parse.Expression.Identifier;
import ai.fastn.camunda.compiler.parse.FunctionNode;
import ai.fastn.camunda.compiler.parse.Node;
import ai.fastn.camunda.compiler.parse.Part.CatchClause;
import ai.fastn.camunda.compiler.parse.Statement;
import ai.fastn.camunda.diagnostic.SourceSpan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code try}: a region; what is thrown in it goes on at its border. */
final class TryLifter {

    private final Lifting lifting;

    TryLifter(Lifting lifting) {
        this.lifting = lifting;
    }

    void lift(Statement.TryStatement statement) {
        if (!lifting.graph.isReachable()) {
            return;
        }
        if (statement.finalizer() == null) {
            catching(statement);
        } else {
            finishing(statement, statement.finalizer());
        }
    }

    private void catching(Statement.TryStatement statement) {
        CatchClause handler = statement.handler();
        if (handler == null) {
            lifting.statements.block(statement.block(), statement.block().body());
            return;
        }
        Ways ways = region(
                statement.block(),
                statement.block().span(),
                false,
                () -> lifting.statements.block(
                        statement.block(), statement.block().body()));
        if (ways == null) {
            return;
        }
        Label end = new Label();
        lifting.graph.open(ways.after());
        lifting.jumps.dispatch(ways.region(), null);
        lifting.graph.goTo(end);
        lifting.graph.open(ways.thrown());
        handler(handler);
        lifting.graph.place(end);
    }

    private void handler(CatchClause handler) {
        lifting.statements.enter(handler);
        if (handler.param() != null) {
            String text = lifting.text(handler.param());
            boolean name = handler.param() instanceof Identifier;
            String code = name ? text + " = $thrown;" : "(" + text + " = $thrown);";
            List<String> names = Targets.names(handler.param()).stream()
                    .map(Identifier::name)
                    .toList();
            lifting.graph.code(
                    lifting.piece(code, handler.param().span(), null, names).as(Purpose.CATCH));
        }
        lifting.statements.block(handler.body(), handler.body().body());
    }

    private void finishing(Statement.TryStatement statement, Statement.BlockStatement finalizer) {
        Ways ways = region(statement.block(), statement.span(), true, () -> catching(statement));
        if (ways == null) {
            return;
        }
        String error = open(ways);
        String kept = returns(finalizer) ? lifting.temp("result") : null;
        if (kept != null) {
            lifting.graph.code(Piece.note(kept + " = $ret;"));
        }
        lifting.statements.block(finalizer, finalizer.body());
        if (kept != null) {
            lifting.graph.note(Piece.note("$ret = " + kept + ";"));
        }
        lifting.jumps.dispatch(ways.region(), error);
    }

    /** Goes on behind a region by all ways; the variable holds what is thrown again afterwards. */
    String open(Ways ways) {
        String error = lifting.temp("error");
        lifting.graph.open(ways.thrown());
        lifting.graph.code(Piece.internal(ways.region().slot + " = -1; " + error + " = $thrown;", Purpose.CATCH));
        lifting.graph.open(ways.after());
        return error;
    }

    private static boolean returns(Node node) {
        if (node instanceof Statement.ReturnStatement) {
            return true;
        }
        return !(node instanceof FunctionNode) && node.children().stream().anyMatch(TryLifter::returns);
    }

    /**
     * Code in a region of its own; null where it can not be reached. The first time round its way is undefined: normal.
     */
    @Nullable Ways region(Node scope, SourceSpan source, boolean catches, Runnable body) {
        GraphBuilder graph = lifting.graph;
        OpenRegion region = graph.region(lifting.temp("way"));
        region.catches = catches;
        if (lifting.plan.isRepeated(scope)) {
            graph.note(Piece.note(region.slot + " = 0;", region));
        }
        Draft attempt = graph.step(new Action.Attempt(region.number, ""), source);
        if (attempt == null) {
            return null;
        }
        graph.enter(region);
        lifting.around.push(new Enclosing.Border(region));
        body.run();
        lifting.around.pop();
        if (graph.isReachable()) {
            region.endsNormally = true;
            graph.step(new Action.Leave("Done"), null);
        }
        graph.leave(region);
        return new Ways(region, graph.branch(attempt, "", null), graph.branch(attempt, "error", null));
    }

    /** How it goes on behind a region. */
    record Ways(OpenRegion region, OpenBranch after, OpenBranch thrown) {}
}
