package ai.fastn.camunda.compiler.parse;

import ai.fastn.camunda.diagnostic.SourceSpan;
import java.util.List;

/** What a value can be bound or assigned to. */
public sealed interface Pattern extends Node
        permits Expression.Identifier,
                Expression.MemberExpression,
                Expression.Hole,
                Pattern.ObjectPattern,
                Pattern.ArrayPattern,
                Pattern.RestElement,
                Pattern.AssignmentPattern {

    /** {@code {a, b: c, ...d}}; members are {@link Part.AssignmentProperty} and {@link RestElement}. */
    record ObjectPattern(SourceSpan span, List<Node> properties) implements Pattern {
        public ObjectPattern {
            properties = List.copyOf(properties);
        }

        @Override
        public List<Node> children() {
            return Children.of(properties);
        }
    }

    /** {@code [a, , ...b]}; elements may be {@link Expression.Hole} and {@link RestElement}. */
    record ArrayPattern(SourceSpan span, List<Pattern> elements) implements Pattern {
        public ArrayPattern {
            elements = List.copyOf(elements);
        }

        @Override
        public List<Node> children() {
            return Children.of(elements);
        }
    }

    /** {@code ...a}. */
    record RestElement(SourceSpan span, Pattern argument) implements Pattern {
        @Override
        public List<Node> children() {
            return Children.of(argument);
        }
    }

    /** {@code left = right}: a target with a default value. */
    record AssignmentPattern(SourceSpan span, Pattern left, Expression right) implements Pattern {
        @Override
        public List<Node> children() {
            return Children.of(left, right);
        }
    }
}
