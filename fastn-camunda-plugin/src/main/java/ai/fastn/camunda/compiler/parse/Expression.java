package ai.fastn.camunda.compiler.parse;

import ai.fastn.camunda.diagnostic.SourceSpan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Anything with a value. */
public sealed interface Expression extends Node {

    /** A name: a reference, a binding, or, where the syntax wants just a word, a property name or a label. */
    record Identifier(SourceSpan span, String name) implements Expression, Pattern {}

    /** {@code #name}; {@code name} without the sharp. */
    record PrivateIdentifier(SourceSpan span, String name) implements Expression {}

    /** A literal: null, boolean, number, string, regular expression or bigint. */
    record Literal(SourceSpan span, LiteralKind kind, String value, String raw) implements Expression {}

    /** {@code this}. */
    record ThisExpression(SourceSpan span) implements Expression {}

    /** {@code super}, only as callee or object of a member. */
    record Super(SourceSpan span) implements Expression {}

    /** {@code [a, , ...b]}; elements may be {@link Hole} and {@link SpreadElement}. */
    record ArrayExpression(SourceSpan span, List<Expression> elements) implements Expression {
        public ArrayExpression {
            elements = List.copyOf(elements);
        }

        @Override
        public List<Node> children() {
            return Children.of(elements);
        }
    }

    /** {@code {a: 1}}; members are {@link Part.Property} and {@link SpreadElement}. */
    record ObjectExpression(SourceSpan span, List<Node> properties) implements Expression {
        public ObjectExpression {
            properties = List.copyOf(properties);
        }

        @Override
        public List<Node> children() {
            return Children.of(properties);
        }
    }

    /** A function as a value; also the value of a method. */
    record FunctionExpression(
            SourceSpan span,
            @Nullable Identifier id,
            List<Pattern> params,
            Statement.BlockStatement body,
            boolean async,
            boolean generator)
            implements Expression, FunctionNode {
        public FunctionExpression {
            params = List.copyOf(params);
        }

        @Override
        public List<Node> children() {
            return Children.of(id, params, body);
        }
    }

    /** An arrow; {@code expression} says that the body is one expression. */
    record ArrowFunctionExpression(SourceSpan span, List<Pattern> params, Node body, boolean async, boolean expression)
            implements Expression, FunctionNode {
        public ArrowFunctionExpression {
            params = List.copyOf(params);
        }

        @Override
        public List<Node> children() {
            return Children.of(params, body);
        }

        @Override
        public @Nullable Identifier id() {
            return null;
        }

        @Override
        public boolean generator() {
            return false;
        }
    }

    /** A class as a value. */
    record ClassExpression(
            SourceSpan span,
            @Nullable Identifier id,
            @Nullable Expression superClass,
            Part.ClassBody body) implements Expression, ClassNode {
        @Override
        public List<Node> children() {
            return Children.of(id, superClass, body);
        }
    }

    /** {@code -a}, {@code !a}, {@code typeof a}, {@code delete a.b}, {@code void 0}. */
    record UnaryExpression(SourceSpan span, String operator, Expression argument) implements Expression {
        @Override
        public List<Node> children() {
            return Children.of(argument);
        }
    }

    /** {@code i++}, {@code --i}. */
    record UpdateExpression(SourceSpan span, String operator, boolean prefix, Expression argument)
            implements Expression {
        @Override
        public List<Node> children() {
            return Children.of(argument);
        }
    }

    /** {@code a + b}; left may be a {@link PrivateIdentifier} before {@code in}. */
    record BinaryExpression(SourceSpan span, String operator, Expression left, Expression right) implements Expression {
        @Override
        public List<Node> children() {
            return Children.of(left, right);
        }
    }

    /** {@code a && b}, {@code a || b}, {@code a ?? b}. */
    record LogicalExpression(SourceSpan span, String operator, Expression left, Expression right)
            implements Expression {
        @Override
        public List<Node> children() {
            return Children.of(left, right);
        }
    }

    /**
     * {@code a = b}, {@code a += b}, {@code a ??= b}; left is an {@link Identifier}, a {@link MemberExpression} or,
     * with {@code =}, a pattern.
     */
    record AssignmentExpression(SourceSpan span, String operator, Pattern left, Expression right)
            implements Expression {
        @Override
        public List<Node> children() {
            return Children.of(left, right);
        }
    }

    /** {@code test ? a : b}. */
    record ConditionalExpression(SourceSpan span, Expression test, Expression consequent, Expression alternate)
            implements Expression {
        @Override
        public List<Node> children() {
            return Children.of(test, consequent, alternate);
        }
    }

    /** {@code f(a)}; {@code optional} is {@code f?.(a)}. Arguments may be {@link SpreadElement}. */
    record CallExpression(SourceSpan span, Expression callee, List<Expression> arguments, boolean optional)
            implements Expression {
        public CallExpression {
            arguments = List.copyOf(arguments);
        }

        @Override
        public List<Node> children() {
            return Children.of(callee, arguments);
        }
    }

    /** {@code new C(a)}. */
    record NewExpression(SourceSpan span, Expression callee, List<Expression> arguments) implements Expression {
        public NewExpression {
            arguments = List.copyOf(arguments);
        }

        @Override
        public List<Node> children() {
            return Children.of(callee, arguments);
        }
    }

    /** {@code o.p}, {@code o[p]}, {@code o.#p}; {@code optional} is {@code o?.p}. */
    record MemberExpression(SourceSpan span, Expression object, Expression property, boolean computed, boolean optional)
            implements Expression, Pattern {
        @Override
        public List<Node> children() {
            return Children.of(object, property);
        }
    }

    /** The whole of an optional chain: where {@code ?.} stops, the value of this node is undefined. */
    record ChainExpression(SourceSpan span, Expression expression) implements Expression {
        @Override
        public List<Node> children() {
            return Children.of(expression);
        }
    }

    /** {@code a, b}. */
    record SequenceExpression(SourceSpan span, List<Expression> expressions) implements Expression {
        public SequenceExpression {
            expressions = List.copyOf(expressions);
        }

        @Override
        public List<Node> children() {
            return Children.of(expressions);
        }
    }

    /** {@code ...a} in an array, a call or an object. */
    record SpreadElement(SourceSpan span, Expression argument) implements Expression {
        @Override
        public List<Node> children() {
            return Children.of(argument);
        }
    }

    /** The place of a missing element in {@code [a, , b]}; empty span. */
    record Hole(SourceSpan span) implements Expression, Pattern {}

    /** {@code yield a}; {@code delegate} is {@code yield* a}. */
    record YieldExpression(SourceSpan span, @Nullable Expression argument, boolean delegate) implements Expression {
        @Override
        public List<Node> children() {
            return Children.of(argument);
        }
    }

    /** {@code await a}. */
    record AwaitExpression(SourceSpan span, Expression argument) implements Expression {
        @Override
        public List<Node> children() {
            return Children.of(argument);
        }
    }

    /** {@code `a${b}c`}; one more quasi than expressions. */
    record TemplateLiteral(SourceSpan span, List<Part.TemplateElement> quasis, List<Expression> expressions)
            implements Expression {
        public TemplateLiteral {
            quasis = List.copyOf(quasis);
            expressions = List.copyOf(expressions);
        }

        @Override
        public List<Node> children() {
            return Children.inTextOrder(quasis, expressions);
        }
    }

    /** {@code tag`a${b}`}. */
    record TaggedTemplateExpression(SourceSpan span, Expression tag, TemplateLiteral quasi) implements Expression {
        @Override
        public List<Node> children() {
            return Children.of(tag, quasi);
        }
    }

    /** {@code import(source)}. */
    record ImportExpression(
            SourceSpan span, Expression source, @Nullable Expression options) implements Expression {
        @Override
        public List<Node> children() {
            return Children.of(source, options);
        }
    }

    /** {@code new.target}, {@code import.meta}. */
    record MetaProperty(SourceSpan span, Identifier meta, Identifier property) implements Expression {}

    /** What a literal is; {@code value} of a regular expression is its pattern, of a bigint its digits. */
    enum LiteralKind {
        NULL,
        BOOLEAN,
        NUMBER,
        STRING,
        REGEXP,
        BIGINT
    }
}
