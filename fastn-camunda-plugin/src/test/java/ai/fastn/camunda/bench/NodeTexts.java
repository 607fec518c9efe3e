package ai.fastn.camunda.bench;

import ai.fastn.camunda.bpmn.FastnBpmn;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.EndEvent;
import org.camunda.bpm.model.bpmn.instance.ExclusiveGateway;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.ReceiveTask;
import org.camunda.bpm.model.bpmn.instance.ScriptTask;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.SubProcess;

/**
 * The ids of the nodes of a process by the nodes' own texts: what is executed in a task, asked at a gateway. A gateway
 * where ways meet is known by the node at which they parted, an end by what is done last before it, an event of a try
 * by the try.
 */
final class NodeTexts {

    /** What tells a variable from others of its name, or the compiler's own from each other. */
    private static final Pattern NUMBER = Pattern.compile("(\\$[a-z]+)\\d+|\\$\\d+");

    private final Map<String, List<String>> ids = new TreeMap<>();
    private final Partings partings;

    private NodeTexts(BpmnModelInstance model) {
        partings = new Partings(model);
    }

    static NodeTexts of(BpmnModelInstance model) {
        return of(model, UnaryOperator.identity());
    }

    /** @param words gives texts and ids the words that they are compared by */
    static NodeTexts of(BpmnModelInstance model, UnaryOperator<String> words) {
        NodeTexts texts = new NodeTexts(model);
        for (FlowNode node : model.getModelElementsByType(FlowNode.class)) {
            texts.ids
                    .computeIfAbsent(
                            words.apply(NUMBER.matcher(texts.text(node)).replaceAll("$1")), key -> new ArrayList<>())
                    .add(words.apply(node.getId()));
        }
        return texts;
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

    private String text(FlowNode node) {
        String type = node.getElementType().getTypeName();
        if (node instanceof ExclusiveGateway && node.getName() == null) {
            String parted = partings.of(node).map(this::text).orElse("");
            return (partings.isLoop(node) ? "loop behind " : "ways from ") + parted;
        }
        if (node instanceof ScriptTask task) {
            return type + " " + task.getScript().getRawTextContent();
        }
        if (node instanceof ReceiveTask || node instanceof CallActivity) {
            return type + " " + node.getExtensionElements().getTextContent();
        }
        if (node instanceof BoundaryEvent boundary) {
            return type + " of " + text(boundary.getAttachedTo());
        }
        if (node instanceof StartEvent && node.getParentElement() instanceof SubProcess attempt) {
            return type + " of " + text(attempt);
        }
        if (node instanceof EndEvent && !(node.getIncoming().iterator().next().getSource() instanceof SubProcess)) {
            return type + " " + node.getName() + " behind " + last(node);
        }
        String place = node.getAttributeValueNs(FastnBpmn.NAMESPACE, FastnBpmn.KIND);
        return type + " " + Objects.requireNonNullElse(node.getName(), "") + " " + place;
    }

    /** The line that is executed last before a node, where it is the same on all ways. */
    private String last(FlowNode node) {
        FlowNode before = partings.of(node).orElseThrow();
        return before instanceof ScriptTask task
                ? task.getScript().getRawTextContent().strip().lines().reduce("", (line, next) -> next)
                : text(before);
    }
}
