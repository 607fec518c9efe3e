package ai.fastn.camunda.compiler.slice;

import ai.fastn.camunda.compiler.parse.Expression;
import ai.fastn.camunda.compiler.parse.Expression.AwaitExpression;
import ai.fastn.camunda.compiler.parse.FunctionNode;
import ai.fastn.camunda.compiler.parse.Node;
import ai.fastn.camunda.compiler.parse.Part;
import ai.fastn.camunda.compiler.parse.Pattern;
import ai.fastn.camunda.compiler.parse.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which patterns are taken apart member by member, because a default in them waits: those of a declaration or of an
 * assignment that is a statement, as long as nobody can see in how many moves it is done.
 */
final class PatternRule {

    private final Parents parents;
    private final IteratorRule iterators;

    PatternRule(Parents parents, IteratorRule iterators) {
        this.parents = parents;
        this.iterators = iterators;
    }

    /** Whether a pattern, or the whole pattern that it is a part of, is taken apart. */
    boolean isCut(Node pattern) {
        if (!(pattern instanceof Pattern.ObjectPattern) && !(pattern instanceof Pattern.ArrayPattern)) {
            return false;
        }
        Node whole = pattern;
        Node around = parents.of(whole);
        while (around instanceof Pattern || around instanceof Part.AssignmentProperty) {
            whole = around;
            around = parents.of(whole);
        }
        return isStatement(whole, around) && waits(whole) && canCut(whole);
    }

    private boolean isStatement(Node pattern, @Nullable Node around) {
        return (around instanceof Part.VariableDeclarator declarator && declarator.init() != null)
                || (around instanceof Expression.AssignmentExpression assignment
                        && assignment.left() == pattern
                        && parents.of(assignment) instanceof Statement.ExpressionStatement);
    }

    private boolean canCut(Node pattern) {
        if (pattern instanceof Pattern.AssignmentPattern choice) {
            return canCut(choice.left());
        }
        if (pattern instanceof Pattern.ObjectPattern object) {
            return object.properties().stream()
                    .allMatch(member -> member instanceof Part.AssignmentProperty property
                            && !(property.computed() && waits(property.key()))
                            && canCut(property.value()));
        }
        if (pattern instanceof Pattern.ArrayPattern array) {
            return iterators.isNobodyWatching() && onlyLastWaits(array.elements());
        }
        return pattern instanceof Expression.Identifier || pattern instanceof Expression.Hole;
    }

    /** What an array holds is read before the default of its last element is computed, as the language has it. */
    private boolean onlyLastWaits(List<Pattern> elements) {
        return !elements.isEmpty()
                && elements.subList(0, elements.size() - 1).stream().noneMatch(PatternRule::waits)
                && elements.stream().allMatch(this::canCut);
    }

    private static boolean waits(Node node) {
        return node instanceof AwaitExpression
                || (!(node instanceof FunctionNode) && node.children().stream().anyMatch(PatternRule::waits));
    }
}
