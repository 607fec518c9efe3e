package ai.fastn.camunda.flow;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which node shows which part of the author's text, and back: a click on a node marks its range, a click on a line its
 * nodes.
 *
 * @param ranges of all nodes with source, in the order of the graph
 * @param ways what belongs to no node and says where to go on from one (label of a case, {@code break},
 *     {@code continue}, head of an endless loop), under the id of that node
 * @param lines every line from 1 on which a node or a way has text, with the nodes, the one with the shortest range
 *     first
 */
public record SourceMap(List<Range> ranges, List<Range> ways, Map<Integer, List<String>> lines) {

    private static final Pattern FORM = Pattern.compile("(\\d{1,9}):(\\d{1,9})-(\\d{1,9}):(\\d{1,9})");

    public SourceMap {
        ranges = List.copyOf(ranges);
        ways = List.copyOf(ways);
    }

    /** A part of the text: lines and columns from 1, the end exclusive. */
    public record Range(String id, int line, int column, int endLine, int endColumn) {

        boolean covers(int at, int columnAt) {
            boolean begun = at > line || at == line && columnAt >= column;
            boolean over = at > endLine || at == endLine && columnAt >= endColumn;
            return begun && !over;
        }

        /** Longer ones are less exact. */
        private long length() {
            return (endLine - line) * 1_000_000L + endColumn - column;
        }

        /** The last line with text: a range that ends in front of a line's first character does not touch it. */
        private int lastLine() {
            return endColumn <= 1 && endLine > line ? endLine - 1 : endLine;
        }
    }

    /** The mapping of a graph. */
    public static SourceMap of(FlowGraph flow) {
        List<Range> ranges = flow.nodes().stream()
                .flatMap(node -> range(node.id(), node.source() == null ? "" : node.source()).stream())
                .toList();
        Set<String> nodes = flow.nodes().stream().map(FlowGraph.Node::id).collect(Collectors.toSet());
        List<Range> ways = flow.edges().stream()
                .flatMap(edge -> edge.source().stream()
                        .flatMap(source ->
                                range(nodes.contains(edge.from()) ? edge.from() : edge.to(), source).stream()))
                .distinct()
                .toList();
        return new SourceMap(ranges, ways, lines(Stream.concat(ranges.stream(), ways.stream())));
    }

    private static Map<Integer, List<String>> lines(Stream<Range> ranges) {
        Map<Integer, List<Range>> byLine = new TreeMap<>();
        for (Range range : ranges.toList()) {
            for (int line = range.line(); line <= Math.min(range.lastLine(), range.line() + 100_000); line++) {
                byLine.computeIfAbsent(line, number -> new ArrayList<>()).add(range);
            }
        }
        Map<Integer, List<String>> lines = new TreeMap<>();
        byLine.forEach((line, all) -> lines.put(line, ids(all.stream())));
        return lines;
    }

    /** The nodes that show a character of the text, the most exact one first. */
    public List<String> at(int line, int column) {
        return ids(Stream.concat(ranges.stream(), ways.stream()).filter(range -> range.covers(line, column)));
    }

    private static List<String> ids(Stream<Range> ranges) {
        return ranges.sorted(Comparator.comparingLong(Range::length))
                .map(Range::id)
                .distinct()
                .toList();
    }

    private static Optional<Range> range(String id, String source) {
        Matcher form = FORM.matcher(source);
        if (!form.matches()) {
            return Optional.empty();
        }
        return Optional.of(new Range(id, number(form, 1), number(form, 2), number(form, 3), number(form, 4)));
    }

    private static int number(Matcher form, int group) {
        return Integer.parseInt(form.group(group));
    }
}
