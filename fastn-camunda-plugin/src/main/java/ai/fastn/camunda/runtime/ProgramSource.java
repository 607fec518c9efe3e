package ai.fastn.camunda.runtime;

import ai.fastn.camunda.runtime.GuestFailure.Frame;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.graalvm.polyglot.Source;

/**
 * A program as one piece of JavaScript: the prelude and, as closures over its variables, all scripts, so that they see
 * the same variables. (As scripts of their own they would have to share global ones, and GraalJS 25 fails at {@code x =
 * await f()} for such an {@code x}.) Each script stands on the author's line where that is possible; where not,
 * positions are translated.
 */
final class ProgramSource {

    private static final String HEAD = "(function(){";

    private final Source source;
    private final Map<String, Integer> indexes = new HashMap<>();
    private final List<Segment> segments = new ArrayList<>();
    private int line = 1;
    private int column = 1;

    ProgramSource(Program program) {
        StringBuilder text = new StringBuilder();
        append(text, HEAD);
        segments.add(new Segment(line, column, 1, 1));
        append(text, program.prelude());
        append(text, "\nreturn [");
        program.scripts().values().stream()
                .sorted(Comparator.comparingInt(Script::line)
                        .thenComparingInt(Script::column)
                        .thenComparing(Script::elementId))
                .forEach(script -> append(text, script));
        append(text, "]})()");
        source = Source.newBuilder("js", text, program.fileName()).buildLiteral();
    }

    private void append(StringBuilder text, Script script) {
        boolean statements = script.form() == Script.Form.STATEMENTS;
        append(text, statements ? "async function(){" : "async function(){return(");
        append(text, "\n".repeat(Math.max(0, script.line() - line)));
        append(text, " ".repeat(Math.max(0, script.column() - column)));
        segments.add(new Segment(line, column, script.line(), script.column()));
        append(text, script.text());
        append(text, statements ? "\n}," : "\n)},");
        indexes.put(script.elementId(), indexes.size());
    }

    private void append(StringBuilder text, String part) {
        text.append(part);
        int lastBreak = part.lastIndexOf('\n');
        if (lastBreak < 0) {
            column += part.length();
        } else {
            line += (int) part.chars().filter(letter -> letter == '\n').count();
            column = part.length() - lastBreak;
        }
    }

    Source source() {
        return source;
    }

    int indexOf(String elementId) {
        Integer index = indexes.get(elementId);
        if (index == null) {
            throw new IllegalStateException("bug: " + source.getName() + " has no script \"" + elementId + "\"");
        }
        return index;
    }

    /** The place in the author's file of a place in this source. */
    Frame place(String function, int atLine, int atColumn) {
        Segment segment = segments.get(0);
        for (Segment next : segments) {
            if (next.line < atLine || (next.line == atLine && next.column <= atColumn)) {
                segment = next;
            }
        }
        int authorLine = segment.authorLine + atLine - segment.line;
        boolean firstLine = atLine == segment.line;
        return new Frame(function, authorLine, firstLine ? segment.authorColumn + atColumn - segment.column : atColumn);
    }

    /** Where a text begins here and in the author's file. */
    private record Segment(int line, int column, int authorLine, int authorColumn) {}
}
