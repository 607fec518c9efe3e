package ai.fastn.camunda.compiler.parse;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Anything that is a function: a declaration, an expression (also the value of a method), an arrow. */
public sealed interface FunctionNode extends Node
        permits Statement.FunctionDeclaration, Expression.FunctionExpression, Expression.ArrowFunctionExpression {

    /** Its own name; null for arrows, nameless expressions and methods. */
    Expression.@Nullable Identifier id();

    List<Pattern> params();

    /** A {@link Statement.BlockStatement}, or the expression of an arrow without braces. */
    Node body();

    boolean async();

    boolean generator();

    /** Whether {@code this}, {@code arguments} and {@code super} are those of the surrounding function. */
    default boolean isArrow() {
        return this instanceof Expression.ArrowFunctionExpression;
    }
}
