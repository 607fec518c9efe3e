package ai.fastn.camunda.flow;

import ai.fastn.camunda.flow.FlowGraph.Edge;
import ai.fastn.camunda.flow.FlowGraph.EdgeKind;
import ai.fastn.camunda.flow.FlowGraph.Node;
import ai.fastn.camunda.flow.FlowGraph.Region;
import ai.fastn.camunda.workflow.StepKind;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A Flow graph as a Mermaid flowchart. Names of Mermaid's own ({@code end}) never meet ours: ids are numbers. */
final class Mermaid {

    private final FlowGraph flow;
    private final Map<String, String> ids = new HashMap<>();
    private final StringBuilder text = new StringBuilder("flowchart TD\n");

    private Mermaid(FlowGraph flow) {
        this.flow = flow;
        flow.nodes().forEach(node -> ids.put(node.id(), "n" + ids.size()));
        flow.regions().forEach(region -> ids.put(region.id(), "r" + ids.size()));
    }

    static String of(FlowGraph flow) {
        return new Mermaid(flow).write();
    }

    private String write() {
        writeInside(null, "  ");
        flow.edges().forEach(this::write);
        for (StepKind kind : StepKind.values()) {
            Paint paint = Paint.of(kind);
            text.append("  classDef %s fill:%s,stroke:%s,color:%s\n"
                    .formatted(word(kind), paint.fill(), paint.line(), Paint.TEXT));
        }
        return text.toString();
    }

    private void writeInside(@Nullable String region, String indent) {
        for (Node node : flow.nodes()) {
            if (Objects.equals(node.parent(), region)) {
                text.append(indent)
                        .append(shape(node))
                        .append(":::")
                        .append(word(node.kind()))
                        .append('\n');
            }
        }
        for (Region inner : flow.regions()) {
            if (Objects.equals(inner.parent(), region)) {
                String name = inner.name().isEmpty() ? inner.id() : inner.name();
                text.append(indent)
                        .append("subgraph ")
                        .append(id(inner.id()))
                        .append(quoted(name))
                        .append('\n');
                writeInside(inner.id(), indent + "  ");
                text.append(indent).append("end\n");
            }
        }
    }

    private String shape(Node node) {
        String label = quoted(node.name());
        return id(node.id())
                + switch (node.kind()) {
                    case TRIGGER, DONE -> "(" + label + ")";
                    case DECISION -> "{" + label.substring(1, label.length() - 1) + "}";
                    case READ -> "[/" + label.substring(1, label.length() - 1) + "/]";
                    case WRITE -> "[\\" + label.substring(1, label.length() - 1) + "\\]";
                    case PROCESS -> label;
                };
    }

    private void write(Edge edge) {
        String arrow = edge.kind() == EdgeKind.NORMAL ? "-->" : "-.->";
        String quoted = quoted(edge.label());
        String label = edge.label().isBlank() ? "" : "|" + quoted.substring(1, quoted.length() - 1) + "|";
        text.append("  ").append(id(edge.from())).append(' ').append(arrow).append(label);
        text.append(' ').append(id(edge.to())).append('\n');
    }

    private String id(String id) {
        return ids.getOrDefault(id, "n");
    }

    private static String word(StepKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    /**
     * A label in {@code ["..."]}; what Mermaid, its Markdown or HTML could take for markup is written as its number.
     */
    private static String quoted(String name) {
        StringBuilder label = new StringBuilder();
        name.strip().replaceAll("\\s+", " ").codePoints().forEach(c -> {
            boolean plain = Character.isLetterOrDigit(c) || " ,.:?!/()='+-…→×".indexOf(c) >= 0;
            if (plain) {
                label.appendCodePoint(c);
            } else if (!Character.isISOControl(c)) {
                label.append('#').append(c).append(';');
            }
        });
        // A label that begins like a list or with blanks only would be read as Markdown.
        String safe = label.toString().replaceFirst("^(\\d+)\\.", "$1#46;").replaceFirst("^([-+])", "#8203;$1");
        return "[\"" + (safe.isBlank() ? "#160;" : safe) + "\"]";
    }
}
