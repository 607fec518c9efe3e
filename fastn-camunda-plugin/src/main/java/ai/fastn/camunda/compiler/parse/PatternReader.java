package ai.fastn.camunda.compiler.parse;

import ai.fastn.camunda.diagnostic.SourceSpan;

/** Reads what a value can be bound or assigned to. */
final class PatternReader {

    private final AstReader ast;

    PatternReader(AstReader ast) {
        this.ast = ast;
    }

    Pattern read(JsonFields f) {
        SourceSpan span = f.span();
        return switch (f.type()) {
            case "Identifier" -> ast.identifier(f);
            case "MemberExpression" -> (Expression.MemberExpression) ast.expression(f);
            case "ObjectPattern" -> new Pattern.ObjectPattern(span, f.many("properties", this::member));
            case "ArrayPattern" -> new Pattern.ArrayPattern(span, f.many("elements", this::read, AstReader::hole));
            case "RestElement" -> new Pattern.RestElement(span, f.one("argument", this::read));
            case "AssignmentPattern" ->
                new Pattern.AssignmentPattern(span, f.one("left", this::read), f.one("right", ast::expression));
            default -> throw f.unknown("unknown pattern");
        };
    }

    private Node member(JsonFields f) {
        if (f.type().equals("RestElement")) {
            return read(f);
        }
        return new Part.AssignmentProperty(
                f.span(),
                f.one("key", ast::expression),
                f.one("value", this::read),
                f.is("shorthand"),
                f.is("computed"));
    }
}
