package ai.fastn.camunda.compiler.slice;

import ai.fastn.camunda.compiler.analyze.AnalyzedScript;
import ai.fastn.camunda.compiler.parse.Expression;
import ai.fastn.camunda.compiler.parse.FunctionNode;
import ai.fastn.camunda.compiler.parse.Statement;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;

/** Statements that stay together in one step, because work in the background goes on between them. */
final class Bundles {

    private static final BinaryOperator<Statement> LATER = BinaryOperator.maxBy(
            Comparator.comparingInt(statement -> statement.span().end()));

    private final AnalyzedScript source;
    private final Parents parents;
    private final Background background;
    private final IdentityHashMap<Statement, Statement> lastOf = new IdentityHashMap<>();

    Bundles(AnalyzedScript source, Parents parents, Background background) {
        this.source = source;
        this.parents = parents;
        this.background = background;
    }

    /** Looks through a function's own lists: up to where the work is waited for, else to the function's end. */
    void find(FunctionNode function) {
        for (Expression.CallExpression call : background.begunIn(function.body())) {
            Optional<Join> join = Join.of(call, source, parents);
            if (join.isPresent()) {
                tie(join.get().first(), join.get().last());
            } else if (function.body() instanceof Statement.BlockStatement block) {
                Statement first = Join.statementIn(block, call, parents);
                if (first != null) {
                    tie(first, block.body().get(block.body().size() - 1));
                }
            }
        }
    }

    private void tie(Statement first, Statement last) {
        lastOf.merge(first, last, LATER);
    }

    /** How many statements of a list stay together from one on; 0 for one that stands for itself. */
    int length(List<? extends Statement> statements, int from) {
        Statement last = lastOf.get(statements.get(from));
        if (last == null) {
            return 0;
        }
        int at = from;
        while (statements.get(at) != last) {
            at++;
            last = LATER.apply(last, lastOf.getOrDefault(statements.get(at), last));
        }
        return at + 1 - from;
    }
}
