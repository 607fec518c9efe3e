package ai.fastn.camunda.compiler.parse;

import ai.fastn.camunda.compiler.parse.Expression.FunctionExpression;
import ai.fastn.camunda.diagnostic.SourceSpan;
import java.util.Locale;

/** Reads the pieces of statements and expressions. */
final class PartReader {

    private final AstReader ast;

    PartReader(AstReader ast) {
        this.ast = ast;
    }

    Part read(JsonFields f) {
        SourceSpan span = f.span();
        return switch (f.type()) {
            case "VariableDeclarator" ->
                new Part.VariableDeclarator(span, f.one("id", ast::pattern), f.oneOrNull("init", ast::expression));
            case "SwitchCase" ->
                new Part.SwitchCase(span, f.oneOrNull("test", ast::expression), f.many("consequent", ast::statement));
            case "CatchClause" ->
                new Part.CatchClause(span, f.oneOrNull("param", ast::pattern), f.one("body", ast::block));
            case "TemplateElement" ->
                new Part.TemplateElement(
                        span,
                        f.sub("value").textOrNull("cooked"),
                        f.sub("value").text("raw"),
                        f.is("tail"));
            case "Property" -> property(f);
            case "ClassBody" -> classBody(f);
            case "MethodDefinition", "PropertyDefinition", "StaticBlock" -> classMember(f);
            default -> specifier(f);
        };
    }

    private Part property(JsonFields f) {
        return new Part.Property(
                f.span(),
                f.one("key", ast::expression),
                f.one("value", ast::expression),
                Part.PropertyKind.valueOf(f.text("kind").toUpperCase(Locale.ROOT)),
                f.is("method"),
                f.is("shorthand"),
                f.is("computed"));
    }

    Part.ClassBody classBody(JsonFields f) {
        return new Part.ClassBody(f.span(), f.many("body", this::read));
    }

    private Part classMember(JsonFields f) {
        return switch (f.type()) {
            case "MethodDefinition" ->
                new Part.MethodDefinition(
                        f.span(),
                        f.one("key", ast::expression),
                        (FunctionExpression) f.one("value", ast::expression),
                        Part.MethodKind.valueOf(f.text("kind").toUpperCase(Locale.ROOT)),
                        f.is("computed"),
                        f.is("static"));
            case "PropertyDefinition" ->
                new Part.PropertyDefinition(
                        f.span(),
                        f.one("key", ast::expression),
                        f.oneOrNull("value", ast::expression),
                        f.is("computed"),
                        f.is("static"));
            default -> new Part.StaticBlock(f.span(), f.many("body", ast::statement));
        };
    }

    private Part specifier(JsonFields f) {
        SourceSpan span = f.span();
        return switch (f.type()) {
            case "ImportSpecifier" ->
                new Part.ImportSpecifier(span, f.one("imported", ast::expression), f.one("local", ast::identifier));
            case "ImportDefaultSpecifier" -> new Part.ImportDefaultSpecifier(span, f.one("local", ast::identifier));
            case "ImportNamespaceSpecifier" -> new Part.ImportNamespaceSpecifier(span, f.one("local", ast::identifier));
            case "ExportSpecifier" ->
                new Part.ExportSpecifier(span, f.one("local", ast::expression), f.one("exported", ast::expression));
            default -> throw f.unknown("unknown part");
        };
    }
}
