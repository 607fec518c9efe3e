package ai.fastn.camunda.flow;

import ai.fastn.camunda.flow.FlowGraph.EdgeKind;
import ai.fastn.camunda.workflow.StepKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The workflow as a list: numbered steps in the order in which they are taken, with what happens inside a branch, a
 * loop or a region below its step. Every node of the {@link FlowGraph} stands in it once, under the same id.
 *
 * @param steps from the trigger to the end
 * @param ways what can happen at any time: the execution timeout
 */
public record Sequence(List<Step> steps, List<Way> ways) {

    public Sequence {
        steps = List.copyOf(steps);
        ways = List.copyOf(ways);
    }

    /**
     * A step or a region.
     *
     * @param number {@code 4.2.1}
     * @param id a node or region of the graph
     * @param kind null for a region
     * @param source the author's lines, {@code 12:3-14:5}; null without source
     * @param steps what the region holds; empty for a node
     * @param ways the branches of a decision, and what is done on an error or a timeout
     * @param jump where the way goes on; null for the next step in the list
     * @param last whether nothing follows
     */
    public record Step(
            String number,
            String id,
            @Nullable StepKind kind,
            String name,
            @Nullable String source,
            List<String> effects,
            List<Step> steps,
            List<Way> ways,
            @Nullable Jump jump,
            boolean last) {

        public Step {
            effects = List.copyOf(effects);
            steps = List.copyOf(steps);
            ways = List.copyOf(ways);
        }
    }

    /**
     * One of several ways on from a step.
     *
     * @param id an edge of the graph
     * @param label answer or case; {@code in parallel} where all ways are taken at once
     * @param steps empty when the way leads on at once
     * @param jump where a way without steps leads; null for the step behind the one it begins at
     */
    public record Way(
            String number,
            String id,
            String label,
            EdgeKind kind,
            List<Step> steps,
            @Nullable Jump jump) {

        public Way {
            steps = List.copyOf(steps);
        }
    }

    /**
     * A step elsewhere in the list.
     *
     * @param back whether it has been taken already: the way is a loop
     */
    public record Jump(String id, String number, boolean back) {}

    /** Puts the steps of a graph in order. */
    public static Sequence of(FlowGraph flow) {
        return new Numbering(flow, new SequenceReader(flow).read()).sequence();
    }

    /** One line a step and way, indented: the form kept beside each fixture. */
    public String text() {
        StringBuilder text = new StringBuilder();
        steps.forEach(step -> append(text, step, ""));
        ways.forEach(way -> append(text, way, ""));
        return text.toString();
    }

    private static void append(StringBuilder text, Step step, String indent) {
        text.append(indent).append(step.number()).append(' ');
        text.append(step.kind() == null ? "REGION" : step.kind()).append(' ').append(step.id());
        text.append(" \"").append(step.name()).append('"');
        text.append(step.source() == null ? "" : " " + step.source());
        text.append(step.effects().isEmpty() ? "" : " " + step.effects());
        text.append(goesOn(step.jump())).append(step.last() ? " (end)" : "").append('\n');
        step.steps().forEach(inner -> append(text, inner, indent + "  "));
        step.ways().forEach(way -> append(text, way, indent + "  "));
    }

    private static void append(StringBuilder text, Way way, String indent) {
        text.append(indent)
                .append(way.number())
                .append(" \"")
                .append(way.label())
                .append('"');
        text.append(way.kind() == EdgeKind.NORMAL ? "" : " (" + way.kind().word() + ")");
        text.append(goesOn(way.jump())).append('\n');
        way.steps().forEach(step -> append(text, step, indent + "  "));
    }

    private static String goesOn(@Nullable Jump jump) {
        return jump == null ? "" : (jump.back() ? " repeat from " : " go on with ") + jump.number();
    }
}
