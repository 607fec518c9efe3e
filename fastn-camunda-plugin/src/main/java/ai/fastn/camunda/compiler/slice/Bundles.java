package ai.fastn.camunda.compiler.slice;

import ai.fastn.camunda.compiler.analyze.AnalyzedScript;
import ai.fastn.camunda.compiler.parse.Expression;
import ai.fastn.camunda.compiler.parse.FunctionNode;
import ai.fastn.camunda.compiler.parse.Statement;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;

/** Statements that stay together in one step, because work in the background goes on between them. */
final class Bundles {

    private final AnalyzedScript source;
    private final Parents parents;
    private final Background background;
    private final IdentityHashMap<Statement, Statement> lastOf = new IdentityHashMap<>();

    Bundles(AnalyzedScript source, Parents parents, Background background) {
        this.source = source;
        this.parents = parents;
        this.background = background;
    }

    void clear() {
        lastOf.clear();
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
        lastOf.merge(first, last, (a, b) -> a.span().end() > b.span().end() ? a : b);
    }

    /** How many statements of a list stay together from one on; 0 for one that stands for itself. */
    int length(List<? extends Statement> statements, int from) {
        Statement last = lastOf.get(statements.get(from));
        if (last == null) {
            return 0;
        }
        int length = 1;
        for (int i = from + 1; i < statements.size() && statements.get(i - 1) != last; i++) {
            Statement further = lastOf.get(statements.get(i));
            if (further != null && further.span().end() > last.span().end()) {
                last = further;
            }
            length++;
        }
        return length;
    }
}
