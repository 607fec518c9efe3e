package ai.fastn.camunda.compiler.parse;

import ai.fastn.camunda.diagnostic.SourceSpan;
import java.util.Locale;

/** Reads statements, declarations and the items of a module. */
final class StatementReader {

    private final AstReader ast;

    StatementReader(AstReader ast) {
        this.ast = ast;
    }

    Statement read(JsonFields f) {
        SourceSpan span = f.span();
        return switch (f.type()) {
            case "BlockStatement" -> block(f);
            case "EmptyStatement" -> new Statement.EmptyStatement(span);
            case "DebuggerStatement" -> new Statement.DebuggerStatement(span);
            case "ExpressionStatement" ->
                new Statement.ExpressionStatement(
                        span, f.one("expression", ast::expression), f.textOrNull("directive"));
            case "IfStatement" ->
                new Statement.IfStatement(
                        span,
                        f.one("test", ast::expression),
                        f.one("consequent", this::read),
                        f.oneOrNull("alternate", this::read));
            case "SwitchStatement" ->
                new Statement.SwitchStatement(span, f.one("discriminant", ast::expression), f.many("cases", c ->
                        (Part.SwitchCase) ast.part(c)));
            case "TryStatement" ->
                new Statement.TryStatement(
                        span,
                        f.one("block", this::block),
                        f.oneOrNull("handler", c -> (Part.CatchClause) ast.part(c)),
                        f.oneOrNull("finalizer", this::block));
            case "LabeledStatement" ->
                new Statement.LabeledStatement(span, f.one("label", ast::identifier), f.one("body", this::read));
            default -> jump(f);
        };
    }

    Statement.BlockStatement block(JsonFields f) {
        return new Statement.BlockStatement(f.span(), f.many("body", this::read));
    }

    private Statement jump(JsonFields f) {
        SourceSpan span = f.span();
        return switch (f.type()) {
            case "ReturnStatement" -> new Statement.ReturnStatement(span, f.oneOrNull("argument", ast::expression));
            case "ThrowStatement" -> new Statement.ThrowStatement(span, f.one("argument", ast::expression));
            case "BreakStatement" -> new Statement.BreakStatement(span, f.oneOrNull("label", ast::identifier));
            case "ContinueStatement" -> new Statement.ContinueStatement(span, f.oneOrNull("label", ast::identifier));
            default -> loop(f);
        };
    }

    private Statement loop(JsonFields f) {
        SourceSpan span = f.span();
        return switch (f.type()) {
            case "WhileStatement" ->
                new Statement.WhileStatement(span, f.one("test", ast::expression), f.one("body", this::read));
            case "DoWhileStatement" ->
                new Statement.DoWhileStatement(span, f.one("body", this::read), f.one("test", ast::expression));
            case "ForStatement" ->
                new Statement.ForStatement(
                        span,
                        f.oneOrNull("init", this::declarationOrExpression),
                        f.oneOrNull("test", ast::expression),
                        f.oneOrNull("update", ast::expression),
                        f.one("body", this::read));
            case "ForInStatement" ->
                new Statement.ForInStatement(
                        span,
                        f.one("left", this::declarationOrPattern),
                        f.one("right", ast::expression),
                        f.one("body", this::read));
            case "ForOfStatement" ->
                new Statement.ForOfStatement(
                        span,
                        f.is("await"),
                        f.one("left", this::declarationOrPattern),
                        f.one("right", ast::expression),
                        f.one("body", this::read));
            default -> declaration(f);
        };
    }

    private Node declarationOrExpression(JsonFields f) {
        return f.type().equals("VariableDeclaration") ? declaration(f) : ast.expression(f);
    }

    private Node declarationOrPattern(JsonFields f) {
        return f.type().equals("VariableDeclaration") ? declaration(f) : ast.pattern(f);
    }

    private Statement declaration(JsonFields f) {
        SourceSpan span = f.span();
        return switch (f.type()) {
            case "VariableDeclaration" ->
                new Statement.VariableDeclaration(
                        span,
                        Statement.DeclarationKeyword.valueOf(f.text("kind").toUpperCase(Locale.ROOT)),
                        f.many("declarations", d -> (Part.VariableDeclarator) ast.part(d)));
            case "FunctionDeclaration" ->
                new Statement.FunctionDeclaration(
                        span,
                        f.oneOrNull("id", ast::identifier),
                        f.many("params", ast::pattern),
                        f.one("body", this::block),
                        f.is("async"),
                        f.is("generator"));
            case "ClassDeclaration" ->
                new Statement.ClassDeclaration(
                        span,
                        f.oneOrNull("id", ast::identifier),
                        f.oneOrNull("superClass", ast::expression),
                        f.one("body", ast::classBody));
            default -> moduleItem(f);
        };
    }

    private Statement moduleItem(JsonFields f) {
        SourceSpan span = f.span();
        return switch (f.type()) {
            case "ImportDeclaration" ->
                new Statement.ImportDeclaration(span, f.many("specifiers", ast::part), f.one("source", ast::literal));
            case "ExportNamedDeclaration" ->
                new Statement.ExportNamedDeclaration(
                        span,
                        f.oneOrNull("declaration", this::read),
                        f.many("specifiers", s -> (Part.ExportSpecifier) ast.part(s)),
                        f.oneOrNull("source", ast::literal));
            case "ExportDefaultDeclaration" ->
                new Statement.ExportDefaultDeclaration(span, f.one("declaration", this::exported));
            case "ExportAllDeclaration" ->
                new Statement.ExportAllDeclaration(
                        span, f.oneOrNull("exported", ast::expression), f.one("source", ast::literal));
            default -> throw f.unknown("unknown statement");
        };
    }

    private Node exported(JsonFields f) {
        return switch (f.type()) {
            case "FunctionDeclaration", "ClassDeclaration" -> declaration(f);
            default -> ast.expression(f);
        };
    }
}
