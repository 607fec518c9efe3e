package ai.fastn.camunda.bench;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.SubProcess;

/** Where the ways of a process part that meet again: the last node through which all ways to a node lead. */
final class Partings {

    private final List<FlowNode> nodes;
    private final Map<String, Integer> numbers = new HashMap<>();

    /** For each node all those through which every way to it leads, itself too. */
    private final List<BitSet> through = new ArrayList<>();

    Partings(BpmnModelInstance model) {
        nodes = List.copyOf(model.getModelElementsByType(FlowNode.class));
        nodes.forEach(node -> numbers.put(node.getId(), numbers.size()));
        List<List<Integer>> before = nodes.stream()
                .map(node -> before(node).map(this::number).toList())
                .toList();
        before.forEach(earlier -> through.add(all()));
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int node = 0; node < nodes.size(); node++) {
                changed |= narrow(node, before.get(node));
            }
        }
    }

    private boolean narrow(int node, List<Integer> before) {
        BitSet common = before.isEmpty() ? new BitSet() : all();
        before.forEach(earlier -> common.and(through.get(earlier)));
        common.set(node);
        return !common.equals(through.set(node, common));
    }

    private BitSet all() {
        BitSet all = new BitSet();
        all.set(0, nodes.size());
        return all;
    }

    private int number(FlowNode node) {
        return Objects.requireNonNull(numbers.get(node.getId()));
    }

    private static Stream<FlowNode> before(FlowNode node) {
        if (node instanceof BoundaryEvent boundary) {
            return Stream.of(boundary.getAttachedTo());
        }
        if (node instanceof StartEvent && node.getParentElement() instanceof SubProcess around) {
            return Stream.of(around);
        }
        return sources(node.getIncoming());
    }

    private static Stream<FlowNode> sources(Collection<SequenceFlow> flows) {
        return flows.stream().map(SequenceFlow::getSource);
    }

    /** The node at which the ways to a node parted; none where a process begins. */
    Optional<FlowNode> of(FlowNode node) {
        BitSet earlier = (BitSet) through.get(number(node)).clone();
        earlier.clear(number(node));
        return earlier.stream()
                .filter(last -> earlier.stream().allMatch(through.get(last)::get))
                .mapToObj(nodes::get)
                .findFirst();
    }

    /** Whether a way leads back to a node. */
    boolean isLoop(FlowNode node) {
        return sources(node.getIncoming())
                .anyMatch(from -> through.get(number(from)).get(number(node)));
    }
}
