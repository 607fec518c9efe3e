package ai.fastn.camunda.bench;

import ai.fastn.camunda.compiler.analyze.AnalyzedScript;
import ai.fastn.camunda.compiler.analyze.Variable;
import ai.fastn.camunda.compiler.parse.Expression;
import ai.fastn.camunda.compiler.parse.Expression.Identifier;
import ai.fastn.camunda.compiler.parse.Node;
import ai.fastn.camunda.compiler.parse.Part;
import ai.fastn.camunda.compiler.parse.Program;
import ai.fastn.camunda.compiler.parse.Script;
import ai.fastn.camunda.compiler.parse.Statement;
import ai.fastn.camunda.diagnostic.LineIndex;
import ai.fastn.camunda.diagnostic.SourceSpan;
import ai.fastn.camunda.diagnostic.SourceText;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Changes to a workflow that none of its effects and decisions has to do with. */
final class UnrelatedEdits {

    private static final List<String> STATEMENTS = List.of(
            "const unrelated%d = 1; ",
            "Math.max(%d, 2); ",
            "let unrelated%d; ",
            "console.log('unrelated', %d); ",
            "const { unrelated%d } = { unrelated%<d: [1, 2].length }; ");

    /** A changed text; {@code what} says what was done to it and where. */
    record Edit(String what, SourceText source) {}

    private final AnalyzedScript analyzed;
    private final Script script;
    private final List<Edit> edits = new ArrayList<>();

    private UnrelatedEdits(AnalyzedScript analyzed) {
        this.analyzed = analyzed;
        this.script = analyzed.script();
    }

    static List<Edit> of(AnalyzedScript analyzed) {
        UnrelatedEdits edits = new UnrelatedEdits(analyzed);
        analyzed.script().program().walk(node -> {
            statementsOf(node).forEach(edits::before);
            edits.atEnd(node);
            edits.rename(node);
            return true;
        });
        return edits.edits;
    }

    private static List<Statement> statementsOf(Node node) {
        if (node instanceof Program program) {
            return program.body();
        }
        if (node instanceof Statement.BlockStatement block) {
            return block.body();
        }
        if (node instanceof Part.SwitchCase branch) {
            return branch.consequent();
        }
        return node instanceof Part.StaticBlock block ? block.body() : List.of();
    }

    private void before(Statement statement) {
        if (statement instanceof Statement.ExpressionStatement expression && expression.directive() != null) {
            return;
        }
        if (!isOfAuthor(statement.span().start())) {
            return;
        }
        SourceSpan span = script.inSource(statement.span());
        insert(span.start());
        if (isPure(statement)) {
            replace("without ", span, "");
        }
    }

    /** Not so where an enum was written out in JavaScript. */
    private boolean isOfAuthor(int offset) {
        int line = script.positionOf(offset).line();
        return LineIndex.of(script.javaScript()).lineText(line).length()
                == script.source().lines().lineText(line).length();
    }

    private void atEnd(Node node) {
        boolean hasEnd = node instanceof Program || node instanceof Statement.BlockStatement;
        if (hasEnd && isOfAuthor(node.span().end())) {
            int end = script.inSource(node.span()).end();
            insert(node instanceof Program ? end : end - 1);
        }
    }

    private void insert(int at) {
        int number = edits.size();
        String statement = STATEMENTS.get(number % STATEMENTS.size()).formatted(number);
        replace("with " + statement + "at ", new SourceSpan(at, at), "\n" + statement);
    }

    private void rename(Node node) {
        if (node instanceof Part.VariableDeclarator declarator && declarator.id() instanceof Identifier name) {
            boolean unused = analyzed.scopes()
                    .variableOf(name)
                    .map(Variable::references)
                    .filter(List::isEmpty)
                    .isPresent();
            if (unused) {
                replace("renamed ", script.inSource(name.span()), "renamed" + edits.size());
            }
        }
    }

    private void replace(String what, SourceSpan span, String text) {
        String source = script.source().text();
        String place = script.source().positionOf(span.start()) + " "
                + source.substring(span.start(), span.end()).lines().collect(Collectors.joining(" "));
        edits.add(new Edit(
                what + place,
                new SourceText(
                        script.source().fileName(),
                        source.substring(0, span.start()) + text + source.substring(span.end()))));
    }

    /** A call for its own sake that waits for nothing. */
    private boolean isPure(Statement statement) {
        if (!(statement instanceof Statement.ExpressionStatement expression)
                || !(expression.expression() instanceof Expression.CallExpression)) {
            return false;
        }
        boolean[] waits = {false};
        statement.walk(node -> {
            waits[0] |= node instanceof Expression.AwaitExpression || node instanceof Expression.Super;
            return true;
        });
        return !waits[0]
                && analyzed.effects().performedBy(statement, node -> false).isEmpty();
    }
}
