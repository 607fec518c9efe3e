package ai.fastn.camunda.compiler.parse;

import ai.fastn.camunda.diagnostic.SourceSpan;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A statement, a declaration or an item of the module. */
public sealed interface Statement extends Node {

    /** Statements in braces, a scope of its own. */
    record BlockStatement(SourceSpan span, List<Statement> body) implements Statement {
        public BlockStatement {
            body = List.copyOf(body);
        }

        @Override
        public List<Node> children() {
            return Children.of(body);
        }
    }

    /** A lone semicolon. */
    record EmptyStatement(SourceSpan span) implements Statement {}

    /** {@code debugger}. */
    record DebuggerStatement(SourceSpan span) implements Statement {}

    /**
     * An expression as a statement. {@code directive} is the text of a directive such as {@code use strict}, else null.
     */
    record ExpressionStatement(
            SourceSpan span,
            Expression expression,
            @Nullable String directive) implements Statement {
        @Override
        public List<Node> children() {
            return Children.of(expression);
        }
    }

    /** {@code return}. */
    record ReturnStatement(SourceSpan span, @Nullable Expression argument) implements Statement {
        @Override
        public List<Node> children() {
            return Children.of(argument);
        }
    }

    /** {@code throw}. */
    record ThrowStatement(SourceSpan span, Expression argument) implements Statement {
        @Override
        public List<Node> children() {
            return Children.of(argument);
        }
    }

    /** {@code break}. */
    record BreakStatement(SourceSpan span, Expression.@Nullable Identifier label) implements Statement {
        @Override
        public List<Node> children() {
            return Children.of(label);
        }
    }

    /** {@code continue}. */
    record ContinueStatement(SourceSpan span, Expression.@Nullable Identifier label) implements Statement {
        @Override
        public List<Node> children() {
            return Children.of(label);
        }
    }

    /** A statement with a label. */
    record LabeledStatement(SourceSpan span, Expression.Identifier label, Statement body) implements Statement {
        @Override
        public List<Node> children() {
            return Children.of(label, body);
        }
    }

    /** {@code if}. */
    record IfStatement(
            SourceSpan span,
            Expression test,
            Statement consequent,
            @Nullable Statement alternate) implements Statement {
        @Override
        public List<Node> children() {
            return Children.of(test, consequent, alternate);
        }
    }

    /** {@code switch}; all its cases share one scope. */
    record SwitchStatement(SourceSpan span, Expression discriminant, List<Part.SwitchCase> cases) implements Statement {
        public SwitchStatement {
            cases = List.copyOf(cases);
        }

        @Override
        public List<Node> children() {
            return Children.of(discriminant, cases);
        }
    }

    /** {@code try} with a handler, a finalizer or both. */
    record TryStatement(
            SourceSpan span,
            BlockStatement block,
            Part.@Nullable CatchClause handler,
            @Nullable BlockStatement finalizer)
            implements Statement {
        @Override
        public List<Node> children() {
            return Children.of(block, handler, finalizer);
        }
    }

    /** {@code while}. */
    record WhileStatement(SourceSpan span, Expression test, Statement body) implements Loop {
        @Override
        public List<Node> children() {
            return Children.of(test, body);
        }
    }

    /** {@code do ... while}. */
    record DoWhileStatement(SourceSpan span, Statement body, Expression test) implements Loop {
        @Override
        public List<Node> children() {
            return Children.of(body, test);
        }
    }

    /** {@code for (init; test; update)}; {@code init} is a {@link VariableDeclaration} or an {@link Expression}. */
    record ForStatement(
            SourceSpan span,
            @Nullable Node init,
            @Nullable Expression test,
            @Nullable Expression update,
            Statement body)
            implements Loop {
        @Override
        public List<Node> children() {
            return Children.of(init, test, update, body);
        }
    }

    /**
     * {@code for (left in right)}; {@code left} is a {@link VariableDeclaration} without value or a {@link Pattern}.
     */
    record ForInStatement(SourceSpan span, Node left, Expression right, Statement body) implements Loop {
        @Override
        public List<Node> children() {
            return Children.of(left, right, body);
        }
    }

    /**
     * {@code for (left of right)}; {@code left} is a {@link VariableDeclaration} without value or a {@link Pattern}.
     */
    record ForOfStatement(SourceSpan span, boolean await, Node left, Expression right, Statement body) implements Loop {
        @Override
        public List<Node> children() {
            return Children.of(left, right, body);
        }
    }

    /** {@code var}, {@code let} or {@code const}. */
    record VariableDeclaration(SourceSpan span, DeclarationKeyword kind, List<Part.VariableDeclarator> declarations)
            implements Statement {
        public VariableDeclaration {
            declarations = List.copyOf(declarations);
        }

        @Override
        public List<Node> children() {
            return Children.of(declarations);
        }
    }

    /** A function statement; without a name only as default export. */
    record FunctionDeclaration(
            SourceSpan span,
            Expression.@Nullable Identifier id,
            List<Pattern> params,
            BlockStatement body,
            boolean async,
            boolean generator)
            implements Statement, FunctionNode {
        public FunctionDeclaration {
            params = List.copyOf(params);
        }

        @Override
        public List<Node> children() {
            return Children.of(id, params, body);
        }
    }

    /** A class statement; without a name only as default export. */
    record ClassDeclaration(
            SourceSpan span,
            Expression.@Nullable Identifier id,
            @Nullable Expression superClass,
            Part.ClassBody body) implements Statement, ClassNode {
        @Override
        public List<Node> children() {
            return Children.of(id, superClass, body);
        }
    }

    /**
     * {@code import ... from "source"}; specifiers are {@link Part.ImportSpecifier},
     * {@link Part.ImportDefaultSpecifier}, {@link Part.ImportNamespaceSpecifier}.
     */
    record ImportDeclaration(SourceSpan span, List<Part> specifiers, Expression.Literal source) implements Statement {
        public ImportDeclaration {
            specifiers = List.copyOf(specifiers);
        }

        @Override
        public List<Node> children() {
            return Children.of(specifiers, source);
        }
    }

    /** {@code export const ...}, {@code export { ... }}, {@code export { ... } from "source"}. */
    record ExportNamedDeclaration(
            SourceSpan span,
            @Nullable Statement declaration,
            List<Part.ExportSpecifier> specifiers,
            Expression.@Nullable Literal source)
            implements Statement {
        public ExportNamedDeclaration {
            specifiers = List.copyOf(specifiers);
        }

        @Override
        public List<Node> children() {
            return Children.of(declaration, specifiers, source);
        }
    }

    /**
     * {@code export default}; {@code declaration} is a {@link FunctionDeclaration}, a {@link ClassDeclaration} or an
     * {@link Expression}.
     */
    record ExportDefaultDeclaration(SourceSpan span, Node declaration) implements Statement {
        @Override
        public List<Node> children() {
            return Children.of(declaration);
        }
    }

    /** {@code export * from "source"}. */
    record ExportAllDeclaration(SourceSpan span, @Nullable Node exported, Expression.Literal source)
            implements Statement {
        @Override
        public List<Node> children() {
            return Children.of(exported, source);
        }
    }

    /** A statement that {@code continue} can go on with. */
    sealed interface Loop extends Statement {

        Statement body();
    }

    /** The word a declaration begins with. */
    enum DeclarationKeyword {
        VAR,
        LET,
        CONST;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
