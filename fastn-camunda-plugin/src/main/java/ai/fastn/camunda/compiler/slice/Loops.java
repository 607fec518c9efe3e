package ai.fastn.camunda.compiler.slice;

import ai.fastn.camunda.compiler.parse.Expression;
import ai.fastn.camunda.compiler.parse.Expression.Identifier;
import ai.fastn.camunda.compiler.parse.Node;
import ai.fastn.camunda.compiler.parse.Pattern;
import ai.fastn.camunda.compiler.parse.Script;
import ai.fastn.camunda.compiler.parse.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What loops ask before each run. */
final class Loops {

    /** Words of a loop that asks nothing: only what is in it ends it. */
    private static final String ENDLESS = "loop";

    private Loops() {}

    /** What a loop is called after: the question that it asks. */
    static Mention mention(Statement.Loop loop, Script script) {
        if (loop instanceof Statement.ForOfStatement each) {
            return Mention.of(Deeds.QUESTION + question(each.left()), each.span(), script);
        }
        if (loop instanceof Statement.ForInStatement each) {
            return Mention.of(Deeds.QUESTION + question(each.left()), each.span(), script);
        }
        Expression test = test(loop);
        return test == null || isConstant(test)
                ? Mention.of(ENDLESS, loop.span(), script)
                : Mention.of(Deeds.QUESTION + Questions.of(test, script), test.span(), script);
    }

    /** What is asked before each run of a loop over a list. */
    static String question(Node left) {
        Node target = Renderer.loopTarget(left);
        List<String> names = target instanceof Pattern pattern
                ? Targets.names(pattern).stream().map(Identifier::name).toList()
                : List.of();
        return names.isEmpty() ? "More?" : "Another " + Words.list(names) + "?";
    }

    /** The condition of a loop; null where it has none. */
    static @Nullable Expression test(Statement.Loop loop) {
        if (loop instanceof Statement.WhileStatement before) {
            return before.test();
        }
        if (loop instanceof Statement.DoWhileStatement after) {
            return after.test();
        }
        return loop instanceof Statement.ForStatement counted ? counted.test() : null;
    }

    /** Whether a condition is no question. */
    static boolean isConstant(Expression test) {
        return test instanceof Expression.Literal literal && literal.kind() == Expression.LiteralKind.BOOLEAN;
    }
}
