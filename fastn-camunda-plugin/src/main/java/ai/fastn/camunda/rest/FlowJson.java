package ai.fastn.camunda.rest;

import ai.fastn.camunda.flow.FlowGraph;
import java.util.LinkedHashMap;
import java.util.Map;

/** The JSON form of a Flow graph. */
final class FlowJson {

    private FlowJson() {}

    static Map<String, Object> of(FlowGraph flow) {
        return Map.of(
                "nodes", flow.nodes().stream().map(FlowJson::node).toList(),
                "regions", flow.regions().stream().map(FlowJson::region).toList(),
                "edges", flow.edges().stream().map(FlowJson::edge).toList());
    }

    private static Map<String, Object> node(FlowGraph.Node node) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("id", node.id());
        members.put("kind", node.kind().name());
        members.put("name", node.name());
        members.put("source", node.source());
        members.put("effects", node.effects());
        members.put("parent", node.parent());
        return members;
    }

    private static Map<String, Object> region(FlowGraph.Region region) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("id", region.id());
        members.put("name", region.name());
        members.put("parent", region.parent());
        return members;
    }

    private static Map<String, Object> edge(FlowGraph.Edge edge) {
        return Map.of(
                "id", edge.id(),
                "from", edge.from(),
                "to", edge.to(),
                "label", edge.label(),
                "kind", edge.kind().word());
    }
}
