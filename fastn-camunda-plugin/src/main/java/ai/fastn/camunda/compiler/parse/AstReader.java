package ai.fastn.camunda.compiler.parse;

import ai.fastn.camunda.compiler.parse.Expression.Identifier;
import ai.fastn.camunda.diagnostic.SourceSpan;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Reads the parser's JSON into the syntax tree: one reader per group of node types. */
final class AstReader {

    private final ExpressionReader expressions = new ExpressionReader(this);
    private final StatementReader statements = new StatementReader(this);
    private final PatternReader patterns = new PatternReader(this);
    private final PartReader parts = new PartReader(this);

    Program program(JsonNode program) {
        JsonFields fields = new JsonFields(program);
        return new Program(fields.span(), fields.many("body", this::statement));
    }

    List<Comment> comments(JsonNode comments) {
        List<Comment> read = new ArrayList<>();
        for (JsonNode json : comments) {
            JsonFields fields = new JsonFields(json);
            read.add(new Comment(
                    fields.span(), fields.text("value"), fields.type().equals("CommentBlock")));
        }
        return List.copyOf(read);
    }

    Statement statement(JsonFields fields) {
        return statements.read(fields);
    }

    Statement.BlockStatement block(JsonFields fields) {
        return statements.block(fields);
    }

    Expression expression(JsonFields fields) {
        return expressions.read(fields);
    }

    Identifier identifier(JsonFields fields) {
        return new Identifier(fields.span(), fields.text("name"));
    }

    Expression.Literal literal(JsonFields fields) {
        return expressions.literal(fields);
    }

    Pattern pattern(JsonFields fields) {
        return patterns.read(fields);
    }

    Part part(JsonFields fields) {
        return parts.read(fields);
    }

    Part.ClassBody classBody(JsonFields fields) {
        return parts.classBody(fields);
    }

    static Expression.Hole hole(int offset) {
        return new Expression.Hole(new SourceSpan(offset, offset));
    }
}
