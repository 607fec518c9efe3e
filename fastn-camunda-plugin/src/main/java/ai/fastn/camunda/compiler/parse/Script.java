package ai.fastn.camunda.compiler.parse;

import ai.fastn.camunda.diagnostic.LineIndex;
import ai.fastn.camunda.diagnostic.SourceSpan;
import ai.fastn.camunda.diagnostic.SourceText;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/**
 * A source that parses.
 *
 * <p>{@code javaScript} is the source with its types blanked. Offsets of nodes are offsets in it, and in the source
 * too, unless the source has something that must be written out in JavaScript, on the lines where it stands: an enum, a
 * decorator, {@code using} and the like. Line numbers are always those of the source.
 *
 * @param source what the author wrote
 * @param javaScript the same file as plain JavaScript; equal to the source's text when it has no types
 * @param lines the lines of {@code source}
 * @param moves where what was written out stands in the source
 */
public record Script(
        SourceText source, String javaScript, LineIndex lines, Moves moves, Program program, List<Comment> comments) {

    public Script {
        comments = List.copyOf(comments);
    }

    static Script of(SourceText source, JsonNode answer) {
        String javaScript = Optional.ofNullable(new JsonFields(answer).textOrNull("javaScript"))
                .orElse(source.text());
        AstReader reader = new AstReader();
        return new Script(
                source,
                javaScript,
                source.lines(),
                Moves.of(answer),
                reader.program(answer.path("program")),
                reader.comments(answer.path("comments")));
    }

    /** The JavaScript text of a span. */
    public String text(SourceSpan span) {
        return javaScript.substring(span.start(), span.end());
    }

    /** The JavaScript text of a node. */
    public String text(Node node) {
        return text(node.span());
    }

    /** Line and column in the author's text, both from 1, of an offset of a node. */
    public SourceText.Position positionOf(int offset) {
        return lines.positionOf(moves.originOf(offset));
    }

    /** The span in the author's text, for diagnostics. */
    public SourceSpan inSource(SourceSpan span) {
        int start = moves.originOf(span.start());
        return new SourceSpan(start, Math.max(start, moves.originOf(span.end())));
    }
}
