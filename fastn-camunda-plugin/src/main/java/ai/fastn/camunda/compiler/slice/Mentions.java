package ai.fastn.camunda.compiler.slice;

import ai.fastn.camunda.compiler.analyze.AnalyzedScript;
import ai.fastn.camunda.compiler.parse.Expression;
import ai.fastn.camunda.compiler.parse.Node;
import ai.fastn.camunda.compiler.parse.Part;
import ai.fastn.camunda.compiler.parse.Pattern;
import ai.fastn.camunda.compiler.parse.Statement;
import ai.fastn.camunda.diagnostic.SourceSpan;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds all that a step could be called after. Ids count it even where it has no step of its own: an effect that is
 * added to a function lays all of the function out, and must not move the ids of what stands behind it.
 */
final class Mentions {

    private final AnalyzedScript source;
    private final Deeds deeds;
    private final List<Mention> found = new ArrayList<>();

    private Mentions(AnalyzedScript source, Deeds deeds) {
        this.source = source;
        this.deeds = deeds;
    }

    static List<Mention> of(AnalyzedScript source, Deeds deeds) {
        Mentions mentions = new Mentions(source, deeds);
        source.script().program().walk(node -> {
            mentions.add(node);
            return true;
        });
        return mentions.found;
    }

    private void add(Node node) {
        if (node instanceof Expression.CallExpression call) {
            source.effects().of(call).ifPresent(effect -> add(Deeds.meaning(effect), call.span()));
        } else if (node instanceof Expression.ConditionalExpression choice) {
            addQuestion(choice.test());
        } else if (node instanceof Part.CatchClause handler && handler.param() != null) {
            addSetting("catch ", handler.param(), handler.param().span());
        } else if (node instanceof Statement.TryStatement attempt) {
            addTry(attempt);
        } else if (node instanceof Statement.VariableDeclaration declaration) {
            addDeclaration(declaration);
        } else if (node instanceof Statement.ExpressionStatement statement) {
            addStatement(statement);
        } else if (node instanceof Statement.ThrowStatement || node instanceof Statement.ReturnStatement) {
            addOwn(deeds.meaning(node), node);
        } else if (node instanceof Statement statement) {
            addControl(statement);
        }
    }

    private void addTry(Statement.TryStatement attempt) {
        if (attempt.handler() != null) {
            add(deeds.trying(attempt.block().span()), attempt.block().span());
        }
        if (attempt.finalizer() != null) {
            add(deeds.trying(attempt.span()), attempt.span());
        }
    }

    private void addControl(Statement statement) {
        if (statement instanceof Statement.IfStatement choice) {
            addQuestion(choice.test());
        } else if (statement instanceof Statement.Loop loop) {
            found.add(Loops.mention(loop, source.script()));
        } else if (statement instanceof Statement.SwitchStatement choice) {
            addQuestion(choice.discriminant());
        }
    }

    private void addQuestion(Expression test) {
        add(Deeds.QUESTION + Questions.of(test, source.script()), test.span());
    }

    private void addDeclaration(Statement.VariableDeclaration declaration) {
        for (Part.VariableDeclarator variable : declaration.declarations()) {
            Node at = declaration.declarations().size() == 1 ? declaration : variable;
            if (variable.init() != null && !hasEffect(at)) {
                addSetting("process ", variable.id(), at.span());
            }
        }
    }

    private void addStatement(Statement.ExpressionStatement statement) {
        if (statement.expression() instanceof Expression.AssignmentExpression assignment
                && !Targets.names(assignment.left()).isEmpty()) {
            if (!hasEffect(statement)) {
                addSetting("process ", assignment.left(), statement.span());
            }
        } else {
            addOwn(deeds.meaning(statement), statement);
        }
    }

    private void addSetting(String deed, Pattern target, SourceSpan span) {
        Targets.names(target).stream().findFirst().ifPresent(name -> add(deed + name.name(), span));
    }

    private void addOwn(String meaning, Node node) {
        if (!hasEffect(node)) {
            add(meaning, node.span());
        }
    }

    private boolean hasEffect(Node node) {
        boolean[] has = {false};
        node.walk(below -> {
            has[0] |= below instanceof Expression.CallExpression call
                    && source.effects().of(call).isPresent();
            return !has[0];
        });
        return has[0];
    }

    private void add(String meaning, SourceSpan span) {
        found.add(Mention.of(meaning, span, source.script()));
    }
}
