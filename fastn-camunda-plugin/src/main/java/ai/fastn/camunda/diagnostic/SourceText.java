package ai.fastn.camunda.diagnostic;

/** The text of a workflow with its file name; offsets are UTF-16 units. */
public record SourceText(String fileName, String text) {

    /** Whether the text is read as TypeScript first. */
    public boolean isTypeScript() {
        return fileName.endsWith(".ts");
    }

    /** Line and column of an offset, both from 1. */
    public Position positionOf(int offset) {
        int line = 1;
        int lineStart = 0;
        for (int i = 0; i < offset; i++) {
            if (text.charAt(i) == '\n') {
                line++;
                lineStart = i + 1;
            }
        }
        return new Position(line, offset - lineStart + 1);
    }

    /** A place in the text, line and column from 1. */
    public record Position(int line, int column) {

        @Override
        public String toString() {
            return line + ":" + column;
        }
    }
}
