package ai.fastn.camunda.compiler.parse;

import ai.fastn.camunda.diagnostic.SourceSpan;
import java.util.List;
import java.util.function.Predicate;

/**
 * One node of the syntax tree: ESTree's ES2024, its names and its fields. Spans are offsets in
 * {@link Script#javaScript()}. Two nodes are the same node only when they are the same object: maps over nodes compare
 * by identity.
 */
public sealed interface Node permits Program, Statement, Expression, Pattern, Part, FunctionNode, ClassNode {

    /** Where the node stands; parentheses around an expression are not part of it. */
    SourceSpan span();

    /** The nodes directly below, in the order of the text. */
    default List<Node> children() {
        return List.of();
    }

    /** Visits this node and all below it, parents first; nothing below a node for which {@code visitor} says false. */
    default void walk(Predicate<Node> visitor) {
        if (visitor.test(this)) {
            for (Node child : children()) {
                child.walk(visitor);
            }
        }
    }
}
