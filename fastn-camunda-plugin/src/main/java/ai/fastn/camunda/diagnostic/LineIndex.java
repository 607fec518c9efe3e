package ai.fastn.camunda.diagnostic;

import ai.fastn.camunda.diagnostic.SourceText.Position;
import java.util.Arrays;

/** Where the lines of a text begin. A line ends with LF, CR LF or CR, as editors and JavaScript engines count. */
public final class LineIndex {

    private final String text;
    private final int[] starts;

    private LineIndex(String text, int[] starts) {
        this.text = text;
        this.starts = starts;
    }

    public static LineIndex of(String text) {
        int[] starts = new int[16];
        int count = 1;
        for (int i = 0; i < text.length(); i++) {
            if (endsLine(text, i)) {
                if (count == starts.length) {
                    starts = Arrays.copyOf(starts, count * 2);
                }
                starts[count++] = i + 1;
            }
        }
        return new LineIndex(text, Arrays.copyOf(starts, count));
    }

    private static boolean endsLine(String text, int at) {
        char c = text.charAt(at);
        return c == '\n' || (c == '\r' && (at + 1 == text.length() || text.charAt(at + 1) != '\n'));
    }

    /** Line and column of an offset, both from 1. */
    public Position positionOf(int offset) {
        int found = Arrays.binarySearch(starts, offset);
        int line = found >= 0 ? found : -found - 2;
        return new Position(line + 1, offset - starts[line] + 1);
    }

    /** The offset of a column of a line, both from 1; the end of the line when it is shorter. */
    public int offsetOf(Position position) {
        int line = Math.min(position.line(), starts.length);
        int start = starts[line - 1];
        return Math.min(start + position.column() - 1, start + lineText(line).length());
    }

    /** A line without its end; {@code line} from 1. */
    public String lineText(int line) {
        int end = line < starts.length ? starts[line] : text.length();
        int start = starts[line - 1];
        while (end > start && (text.charAt(end - 1) == '\n' || text.charAt(end - 1) == '\r')) {
            end--;
        }
        return text.substring(start, end);
    }

    public int lineCount() {
        return starts.length;
    }
}
