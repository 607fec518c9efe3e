package ai.fastn.camunda.compiler.parse;

import org.jspecify.annotations.Nullable;

/** A class, declared or as an expression. */
public sealed interface ClassNode extends Node permits Statement.ClassDeclaration, Expression.ClassExpression {

    Expression.@Nullable Identifier id();

    @Nullable Expression superClass();

    Part.ClassBody body();
}
