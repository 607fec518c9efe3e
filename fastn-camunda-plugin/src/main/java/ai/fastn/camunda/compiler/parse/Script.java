package ai.fastn.camunda.compiler.parse;

import ai.fastn.camunda.diagnostic.LineIndex;
import ai.fastn.camunda.diagnostic.SourceSpan;
import ai.fastn.camunda.diagnostic.SourceText;
import java.util.List;

/**
 * A source that parses.
 *
 * <p>{@code javaScript} is the source with its types blanked. Offsets of nodes are offsets in it, and in the source
 * too, unless the source has an enum, a parameter property or a namespace with values: those are written out in
 * JavaScript, on the lines where they stand. Line numbers are always those of the source.
 *
 * @param source what the author wrote
 * @param javaScript the same file as plain JavaScript; equal to the source's text when it has no types
 * @param lines the lines of {@code javaScript}
 */
public record Script(SourceText source, String javaScript, LineIndex lines, Program program, List<Comment> comments) {

    public Script {
        comments = List.copyOf(comments);
    }

    static Script of(SourceText source, String javaScript, Program program, List<Comment> comments) {
        return new Script(source, javaScript, LineIndex.of(javaScript), program, comments);
    }

    /** The JavaScript text of a span. */
    public String text(SourceSpan span) {
        return javaScript.substring(span.start(), span.end());
    }

    /** The JavaScript text of a node. */
    public String text(Node node) {
        return text(node.span());
    }

    /** Line and column, both from 1, of an offset of a node. */
    public SourceText.Position positionOf(int offset) {
        return lines.positionOf(offset);
    }

    /** The span in the author's text, for diagnostics. */
    public SourceSpan inSource(SourceSpan span) {
        if (javaScript.length() == source.text().length()) {
            return span;
        }
        LineIndex original = source.lines();
        int start = original.offsetOf(positionOf(span.start()));
        return new SourceSpan(start, Math.max(start, original.offsetOf(positionOf(span.end()))));
    }
}
