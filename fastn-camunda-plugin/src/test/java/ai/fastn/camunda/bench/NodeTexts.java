package ai.fastn.camunda.bench;

import ai.fastn.camunda.bpmn.FastnBpmn;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.EndEvent;
import org.camunda.bpm.model.bpmn.instance.ExclusiveGateway;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.ScriptTask;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.SubProcess;

/**
 * The ids of the nodes of a process by the nodes' own texts: what is executed in a task, asked at a gateway. An end is
 * known by what it ends, a gateway where ways meet by the nodes it lies between, an event of a try by the try.
 */
final class NodeTexts {

    private final Map<String, List<String>> ids = new TreeMap<>();

    private NodeTexts() {}

    static NodeTexts of(BpmnModelInstance model) {
        NodeTexts texts = new NodeTexts();
        Collection<FlowNode> nodes = model.getModelElementsByType(FlowNode.class);
        for (FlowNode node : nodes) {
            if (isJoin(node)) {
                String from = others(node.getIncoming(), true);
                texts.add("ways from " + from + " to " + others(node.getOutgoing(), false), node);
            } else {
                texts.add(text(node), node);
            }
        }
        return texts;
    }

    private void add(String text, FlowNode node) {
        ids.computeIfAbsent(text, key -> new ArrayList<>()).add(node.getId());
    }

    /** The ids that differ although the node's text and the number of nodes with the same text are the same. */
    Map<String, String> movedIn(NodeTexts edited) {
        Map<String, String> moved = new LinkedHashMap<>();
        ids.forEach((text, before) -> {
            List<String> after = edited.ids.getOrDefault(text, List.of());
            for (int i = 0; i < before.size() && after.size() == before.size(); i++) {
                if (!before.get(i).equals(after.get(i))) {
                    moved.put(before.get(i), after.get(i) + ": " + text);
                }
            }
        });
        return moved;
    }

    /** How many nodes have in both the same text. */
    int commonWith(NodeTexts edited) {
        return ids.entrySet().stream()
                .mapToInt(entry -> Math.min(
                        entry.getValue().size(),
                        edited.ids.getOrDefault(entry.getKey(), List.of()).size()))
                .sum();
    }

    private static boolean isJoin(FlowNode node) {
        return node instanceof ExclusiveGateway && node.getName() == null;
    }

    private static String others(Collection<SequenceFlow> flows, boolean sources) {
        return flows.stream()
                .map(flow -> text(sources ? flow.getSource() : flow.getTarget()))
                .sorted()
                .collect(Collectors.joining(" and "));
    }

    private static String text(FlowNode node) {
        String type = node.getElementType().getTypeName();
        if (node instanceof ScriptTask task) {
            return type + " " + task.getScript().getRawTextContent();
        }
        if (node instanceof BoundaryEvent boundary) {
            return type + " of " + text(boundary.getAttachedTo());
        }
        if (node instanceof StartEvent && node.getParentElement() instanceof SubProcess attempt) {
            return type + " of " + text(attempt);
        }
        if (node instanceof EndEvent && !(node.getIncoming().iterator().next().getSource() instanceof SubProcess)) {
            return type + " " + node.getName() + " behind " + others(node.getIncoming(), true);
        }
        String place = node.getAttributeValueNs(FastnBpmn.NAMESPACE, FastnBpmn.KIND);
        return type + " " + Objects.requireNonNullElse(node.getName(), "") + " " + place;
    }
}
