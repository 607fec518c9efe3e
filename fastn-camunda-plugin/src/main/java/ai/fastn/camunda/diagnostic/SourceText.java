package ai.fastn.camunda.diagnostic;

/** The text of a workflow with its file name; offsets are UTF-16 units. */
public record SourceText(String fileName, String text) {

    /** Whether the text is read as TypeScript first. */
    public boolean isTypeScript() {
        return fileName.endsWith(".ts");
    }

    /** Line and column of an offset, both from 1; for many offsets keep a {@link #lines()}. */
    public Position positionOf(int offset) {
        return lines().positionOf(offset);
    }

    /** The lines of the text. */
    public LineIndex lines() {
        return LineIndex.of(text);
    }

    /** A place in the text, line and column from 1. */
    public record Position(int line, int column) {

        @Override
        public String toString() {
            return line + ":" + column;
        }
    }
}
