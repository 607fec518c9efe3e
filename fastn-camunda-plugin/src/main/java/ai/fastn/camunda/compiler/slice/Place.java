package ai.fastn.camunda.compiler.slice;

import ai.fastn.camunda.compiler.parse.Script;
import ai.fastn.camunda.diagnostic.SourceSpan;
import ai.fastn.camunda.diagnostic.SourceText;
import java.util.Comparator;

/** Where the author wrote something: lines and columns from 1, the end exclusive. */
public record Place(int line, int column, int endLine, int endColumn) implements Comparable<Place> {

    private static final Comparator<Place> ORDER = Comparator.comparingInt(Place::line)
            .thenComparingInt(Place::column)
            .thenComparingInt(Place::endLine)
            .thenComparingInt(Place::endColumn);

    static Place of(Script script, SourceSpan span) {
        SourceText.Position start = script.positionOf(span.start());
        SourceText.Position end = script.positionOf(span.end());
        return new Place(start.line(), start.column(), end.line(), end.column());
    }

    @Override
    public int compareTo(Place other) {
        return ORDER.compare(this, other);
    }

    /** {@code 12:3-14:5}. */
    @Override
    public String toString() {
        return line + ":" + column + "-" + endLine + ":" + endColumn;
    }
}
