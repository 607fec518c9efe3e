package ai.fastn.camunda.compiler.parse;

import ai.fastn.camunda.compiler.parse.Expression.Literal;
import ai.fastn.camunda.compiler.parse.Expression.LiteralKind;
import ai.fastn.camunda.diagnostic.SourceSpan;
import com.fasterxml.jackson.databind.JsonNode;

/** Reads expressions. */
final class ExpressionReader {

    private final AstReader ast;

    ExpressionReader(AstReader ast) {
        this.ast = ast;
    }

    Expression read(JsonFields f) {
        SourceSpan span = f.span();
        return switch (f.type()) {
            case "Identifier" -> ast.identifier(f);
            case "PrivateIdentifier" -> new Expression.PrivateIdentifier(span, f.text("name"));
            case "Literal" -> literal(f);
            case "ThisExpression" -> new Expression.ThisExpression(span);
            case "Super" -> new Expression.Super(span);
            case "SpreadElement" -> new Expression.SpreadElement(span, f.one("argument", this::read));
            case "CallExpression" ->
                new Expression.CallExpression(
                        span, f.one("callee", this::read), f.many("arguments", this::read), f.is("optional"));
            case "NewExpression" ->
                new Expression.NewExpression(span, f.one("callee", this::read), f.many("arguments", this::read));
            case "MemberExpression" ->
                new Expression.MemberExpression(
                        span,
                        f.one("object", this::read),
                        f.one("property", this::read),
                        f.is("computed"),
                        f.is("optional"));
            case "ChainExpression" -> new Expression.ChainExpression(span, f.one("expression", this::read));
            default -> operation(f);
        };
    }

    private Expression operation(JsonFields f) {
        SourceSpan span = f.span();
        String operator = f.text("operator");
        return switch (f.type()) {
            case "UnaryExpression" -> new Expression.UnaryExpression(span, operator, f.one("argument", this::read));
            case "UpdateExpression" ->
                new Expression.UpdateExpression(span, operator, f.is("prefix"), f.one("argument", this::read));
            case "BinaryExpression" ->
                new Expression.BinaryExpression(span, operator, f.one("left", this::read), f.one("right", this::read));
            case "LogicalExpression" ->
                new Expression.LogicalExpression(span, operator, f.one("left", this::read), f.one("right", this::read));
            case "AssignmentExpression" ->
                new Expression.AssignmentExpression(
                        span, operator, f.one("left", ast::pattern), f.one("right", this::read));
            case "ConditionalExpression" ->
                new Expression.ConditionalExpression(
                        span,
                        f.one("test", this::read),
                        f.one("consequent", this::read),
                        f.one("alternate", this::read));
            case "AwaitExpression" -> new Expression.AwaitExpression(span, f.one("argument", this::read));
            case "YieldExpression" ->
                new Expression.YieldExpression(span, f.oneOrNull("argument", this::read), f.is("delegate"));
            default -> composite(f);
        };
    }

    private Expression composite(JsonFields f) {
        SourceSpan span = f.span();
        return switch (f.type()) {
            case "ArrayExpression" ->
                new Expression.ArrayExpression(span, f.many("elements", this::read, AstReader::hole));
            case "ObjectExpression" -> new Expression.ObjectExpression(span, f.many("properties", this::member));
            case "SequenceExpression" -> new Expression.SequenceExpression(span, f.many("expressions", this::read));
            case "TemplateLiteral" -> template(f);
            case "TaggedTemplateExpression" ->
                new Expression.TaggedTemplateExpression(span, f.one("tag", this::read), f.one("quasi", this::template));
            case "ImportExpression" ->
                new Expression.ImportExpression(span, f.one("source", this::read), f.oneOrNull("options", this::read));
            case "MetaProperty" ->
                new Expression.MetaProperty(span, f.one("meta", ast::identifier), f.one("property", ast::identifier));
            default -> function(f);
        };
    }

    private Expression function(JsonFields f) {
        SourceSpan span = f.span();
        return switch (f.type()) {
            case "FunctionExpression" ->
                new Expression.FunctionExpression(
                        span,
                        f.oneOrNull("id", ast::identifier),
                        f.many("params", ast::pattern),
                        f.one("body", ast::block),
                        f.is("async"),
                        f.is("generator"));
            case "ArrowFunctionExpression" -> arrow(f);
            case "ClassExpression" ->
                new Expression.ClassExpression(
                        span,
                        f.oneOrNull("id", ast::identifier),
                        f.oneOrNull("superClass", this::read),
                        f.one("body", ast::classBody));
            default -> throw f.unknown("unknown expression");
        };
    }

    private Expression arrow(JsonFields f) {
        JsonFields body = f.sub("body");
        boolean block = body.type().equals("BlockStatement");
        return new Expression.ArrowFunctionExpression(
                f.span(), f.many("params", ast::pattern), block ? ast.block(body) : read(body), f.is("async"), !block);
    }

    private Expression.TemplateLiteral template(JsonFields f) {
        return new Expression.TemplateLiteral(
                f.span(), f.many("quasis", q -> (Part.TemplateElement) ast.part(q)), f.many("expressions", this::read));
    }

    private Node member(JsonFields f) {
        return f.type().equals("SpreadElement") ? read(f) : ast.part(f);
    }

    Literal literal(JsonFields f) {
        JsonNode value = f.json().path("value");
        LiteralKind kind;
        String text = value.asText();
        if (f.has("regex")) {
            kind = LiteralKind.REGEXP;
            text = f.sub("regex").text("pattern");
        } else if (f.has("bigint")) {
            kind = LiteralKind.BIGINT;
            text = f.text("bigint");
        } else if (value.isTextual()) {
            kind = LiteralKind.STRING;
        } else if (value.isBoolean()) {
            kind = LiteralKind.BOOLEAN;
        } else {
            // 1e999 is Infinity, which JSON writes as null
            kind = f.text("raw").equals("null") ? LiteralKind.NULL : LiteralKind.NUMBER;
            text = f.text("raw");
        }
        return new Literal(f.span(), kind, text, f.text("raw"));
    }
}
