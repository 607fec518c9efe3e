package ai.fastn.camunda.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What must hold for the views of any BPMN file, whoever has drawn it. */
final class AnyBpmn {

    private AnyBpmn() {}

    /** Reads every view and gives the graph. */
    static FlowGraph check(String name, String bpmn) {
        FlowGraph flow = FlowGraph.read(bpmn);
        Set<String> ids = new HashSet<>();
        flow.nodes()
                .forEach(node -> assertThat(ids.add(node.id()))
                        .as(name + " " + node.id())
                        .isTrue());
        Set<String> ends = new HashSet<>(ids);
        flow.regions().forEach(region -> ends.add(region.id()));
        flow.edges().forEach(edge -> {
            assertThat(ends).as(name).contains(edge.from());
            assertThat(ids).as(name).contains(edge.to());
        });
        assertThat(flow.nodes()).as(name).noneMatch(node -> node.name().isBlank());
        Sequence sequence = Sequence.of(flow);
        List<String> listed = Stream.concat(
                        sequence.steps().stream().flatMap(AnyBpmn::ids),
                        sequence.ways().stream()
                                .flatMap(way -> way.steps().stream())
                                .flatMap(AnyBpmn::ids))
                .toList();
        assertThat(listed).as(name).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(ids);
        String page = WorkflowDocs.read(bpmn, List.of()).markdown(flow);
        assertThat(page).as(name).startsWith("# ").contains("## Flow");
        assertThat(flow.mermaid()).as(name).startsWith("flowchart TD\n");
        assertThat(Diagram.read(bpmn).svg()).as(name).endsWith("</svg>\n");
        assertThat(ProcessDiff.between(bpmn, bpmn).nodes()).as(name).isEmpty();
        SourceMap.of(flow);
        return flow;
    }

    private static Stream<String> ids(Sequence.Step step) {
        return Stream.of(
                        step.kind() == null ? Stream.<String>empty() : Stream.of(step.id()),
                        step.steps().stream().flatMap(AnyBpmn::ids),
                        step.ways().stream()
                                .flatMap(way -> way.steps().stream())
                                .flatMap(AnyBpmn::ids))
                .flatMap(ids -> ids);
    }
}
