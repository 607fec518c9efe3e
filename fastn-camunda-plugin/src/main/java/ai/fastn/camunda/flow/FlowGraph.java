package ai.fastn.camunda.flow;

import ai.fastn.camunda.workflow.StepKind;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The workflow as its Flow view shows it: steps of six kinds, the ways between them, and the regions in which an error
 * or a timeout is caught. Whatever only holds the BPMN together (merges, starts and ends of sub-processes) is left out.
 *
 * @param nodes in the order of the BPMN
 * @param regions the sub-processes
 * @param edges ordered by where they begin
 */
public record FlowGraph(List<Node> nodes, List<Region> regions, List<Edge> edges) {

    public FlowGraph {
        nodes = List.copyOf(nodes);
        regions = List.copyOf(regions);
        edges = List.copyOf(edges);
    }

    /**
     * A step.
     *
     * @param id the id in the BPMN
     * @param source the author's lines, {@code 12:3-14:5}; null for a step without source
     * @param effects what it reads or writes
     * @param parent the region around it; null at the top
     */
    public record Node(
            String id,
            StepKind kind,
            String name,
            @Nullable String source,
            List<String> effects,
            @Nullable String parent) {

        public Node {
            effects = List.copyOf(effects);
        }
    }

    /** A sub-process: the whole workflow or a {@code try}. */
    public record Region(String id, String name, @Nullable String parent) {}

    /**
     * A way from one step to the next.
     *
     * @param id id of the sequence flow it begins with
     * @param from a node, or for an error or a timeout the region that is left
     * @param label answer or case, empty where there is no choice
     * @param source where the author says to go this way (label of a case, {@code break}, {@code continue}, head of an
     *     endless loop): ranges such as {@code 12:5-12:11}
     */
    public record Edge(String id, String from, String to, String label, EdgeKind kind, List<String> source) {

        public Edge {
            source = List.copyOf(source);
        }
    }

    /** Why a way is taken. */
    public enum EdgeKind {
        NORMAL,
        ERROR,
        TIMEOUT;

        /** The word in JSON and text. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Reads the processes of a BPMN file.
     *
     * @throws IllegalArgumentException when the text is not well-formed XML
     */
    public static FlowGraph read(String bpmnXml) {
        return new FlowReader(BpmnFile.parse(bpmnXml)).read();
    }

    /** As a Mermaid flowchart. */
    public String mermaid() {
        return Mermaid.of(this);
    }

    /** One line a region, node and edge: the form kept beside each fixture. */
    public String text() {
        Stream<String> regionLines = regions.stream().map(FlowGraph::line);
        Stream<String> nodeLines = nodes.stream().map(FlowGraph::line);
        Stream<String> edgeLines = edges.stream().map(FlowGraph::line);
        return Stream.of(nodeLines, regionLines, edgeLines)
                .flatMap(lines -> lines)
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static String line(Region region) {
        return "region " + region.id() + " \"" + region.name() + "\"" + inside(region.parent());
    }

    private static String line(Node node) {
        String source = node.source() == null ? "" : " " + node.source();
        String effects = node.effects().isEmpty() ? "" : " " + node.effects();
        return node.kind() + " " + node.id() + " \"" + node.name() + "\"" + source + effects + inside(node.parent());
    }

    private static String line(Edge edge) {
        String label = edge.label().isEmpty() ? "" : " \"" + edge.label() + "\"";
        String kind = edge.kind() == EdgeKind.NORMAL ? "" : " (" + edge.kind().word() + ")";
        return edge.from() + " -> " + edge.to() + label + kind;
    }

    private static String inside(@Nullable String parent) {
        return parent == null ? "" : " in " + parent;
    }
}
