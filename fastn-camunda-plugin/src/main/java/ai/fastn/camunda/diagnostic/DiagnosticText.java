package ai.fastn.camunda.diagnostic;

import ai.fastn.camunda.diagnostic.SourceText.Position;
import java.util.List;
import java.util.stream.Collectors;

/** Mistakes as a person reads them: where, what, the line with a caret, what to write instead. */
public final class DiagnosticText {

    /** Longer lines are shown in part. */
    private static final int WIDTH = 120;

    private final SourceText source;
    private final LineIndex lines;

    public DiagnosticText(SourceText source) {
        this.source = source;
        this.lines = source.lines();
    }

    /** All mistakes, an empty line between two. */
    public String of(List<Diagnostic> diagnostics) {
        return diagnostics.stream().map(this::of).collect(Collectors.joining("\n"));
    }

    /** One mistake; ends with a line end. */
    public String of(Diagnostic diagnostic) {
        Position start = lines.positionOf(diagnostic.span().start());
        String head = source.fileName() + ":" + start + ": " + diagnostic.kind().code() + " " + diagnostic.message();
        return head + "\n" + excerpt(diagnostic.span()) + "\n    instead: " + diagnostic.instead() + "\n";
    }

    /** The line of a place with its number, and under it a caret for each character that is meant. */
    public String excerpt(SourceSpan span) {
        Position start = lines.positionOf(span.start());
        String line = lines.lineText(start.line());
        int at = Math.min(start.column() - 1, line.length());
        int from = Math.max(0, Math.min(at - WIDTH / 2, line.length() - WIDTH));
        int to = Math.min(line.length(), from + WIDTH);
        int carets = Math.max(1, Math.min(span.length(), to - at));
        String number = String.format("%5d | ", start.line());
        String pad = " ".repeat(number.length() - 2) + "| ";
        String before = line.substring(from, at).replaceAll("[^\t]", " ");
        return number + shown(line.substring(from, to)) + "\n" + pad + before + "^".repeat(carets);
    }

    /** Characters that a terminal or a log can not show become one that it can. */
    private static String shown(String line) {
        StringBuilder text = new StringBuilder(line.length());
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            boolean paired = Character.isSurrogate(c)
                    && (Character.isHighSurrogate(c)
                            ? i + 1 < line.length() && Character.isLowSurrogate(line.charAt(i + 1))
                            : i > 0 && Character.isHighSurrogate(line.charAt(i - 1)));
            boolean plain = c == '\t' || (!Character.isISOControl(c) && (paired || !Character.isSurrogate(c)));
            text.append(plain ? c : '\uFFFD');
        }
        return text.toString();
    }
}
