package ai.fastn.camunda.flow;

import ai.fastn.camunda.bpmn.FastnBpmn;
import ai.fastn.camunda.flow.FlowGraph.Edge;
import ai.fastn.camunda.flow.FlowGraph.EdgeKind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which steps follow which: forward ways, ways back, and regions, of a {@link FlowGraph}. */
final class Ways {

    private final Map<String, @Nullable String> parents = new HashMap<>();
    private final Map<String, List<Edge>> outgoing = new HashMap<>();
    private final Set<String> entered = new HashSet<>();
    private final Map<String, Set<String>> successors = new LinkedHashMap<>();

    /** A node and one that leads back to it. */
    private final Map<String, Set<String>> backTo = new HashMap<>();

    private final Map<String, Integer> order = new HashMap<>();
    private final Map<String, Set<String>> reached = new HashMap<>();

    Ways(FlowGraph flow) {
        flow.regions().forEach(region -> parents.put(region.id(), shown(region.parent())));
        flow.nodes().forEach(node -> parents.put(node.id(), shown(node.parent())));
        for (Edge edge : flow.edges()) {
            outgoing.computeIfAbsent(edge.from(), id -> new ArrayList<>()).add(edge);
            entered.add(edge.to());
        }
        flow.nodes().forEach(node -> successors.put(node.id(), successors(node.id())));
        Deque<String> finished = new ArrayDeque<>();
        flow.nodes().stream()
                .map(FlowGraph.Node::id)
                .filter(id -> !isEntered(id))
                .forEach(id -> visit(id, finished));
        flow.nodes().forEach(node -> visit(node.id(), finished));
        int position = 0;
        for (String id : finished) {
            order.put(id, position++);
        }
    }

    /** The body is the whole workflow, so it is no region in a list of its steps. */
    private static @Nullable String shown(@Nullable String region) {
        return FastnBpmn.BODY.equals(region) ? null : region;
    }

    private Set<String> successors(String node) {
        Set<String> next = new LinkedHashSet<>();
        outgoing(node).forEach(edge -> next.add(edge.to()));
        for (String region = parents.get(node); region != null; region = parents.get(region)) {
            outgoing(region).forEach(edge -> next.add(edge.to()));
        }
        next.removeIf(id -> !parents.containsKey(id));
        return next;
    }

    private void visit(String from, Deque<String> finished) {
        if (order.containsKey(from)) {
            return;
        }
        Map<String, Iterator<String>> path = new LinkedHashMap<>();
        Deque<String> stack = new ArrayDeque<>();
        enter(from, path, stack);
        while (!stack.isEmpty()) {
            String at = stack.element();
            Iterator<String> next = path.getOrDefault(at, List.<String>of().iterator());
            if (!next.hasNext()) {
                path.remove(at);
                finished.push(stack.pop());
                continue;
            }
            String to = next.next();
            if (path.containsKey(to)) {
                backTo.computeIfAbsent(to, id -> new HashSet<>()).add(at);
            } else if (!order.containsKey(to)) {
                enter(to, path, stack);
            }
        }
    }

    private void enter(String node, Map<String, Iterator<String>> path, Deque<String> stack) {
        order.put(node, 0);
        path.put(node, successors.getOrDefault(node, Set.of()).iterator());
        stack.push(node);
    }

    List<Edge> outgoing(String id) {
        return outgoing.getOrDefault(id, List.of());
    }

    /** The ways on when nothing goes wrong. */
    List<Edge> onward(String id) {
        return outgoing(id).stream()
                .filter(edge -> edge.kind() == EdgeKind.NORMAL)
                .toList();
    }

    /** The ways on after an error or a timeout. */
    List<Edge> caught(String id) {
        return outgoing(id).stream()
                .filter(edge -> edge.kind() != EdgeKind.NORMAL)
                .toList();
    }

    boolean isEntered(String node) {
        return entered.contains(node);
    }

    @Nullable String parent(String id) {
        return parents.get(id);
    }

    /** Whether a node lies in a region; every node lies in none. */
    boolean isInside(String node, @Nullable String region) {
        String at = node;
        while (at != null && !at.equals(region)) {
            at = parents.get(at);
        }
        return region == null || at != null;
    }

    /** Position in an order in which every forward way leads to a later node. */
    int position(String node) {
        return order.getOrDefault(node, 0);
    }

    /** Whether a way leads back to a node that is on the way to its beginning. */
    boolean isBack(String from, String to) {
        return backTo.getOrDefault(to, Set.of()).contains(from);
    }

    /** What can be reached by forward ways, the node itself included. */
    Set<String> reach(String node) {
        return reached.computeIfAbsent(node, this::findReach);
    }

    private Set<String> findReach(String node) {
        Set<String> found = new HashSet<>(Set.of(node));
        Deque<String> open = new ArrayDeque<>(found);
        while (!open.isEmpty()) {
            String at = open.pop();
            for (String next : successors.getOrDefault(at, Set.of())) {
                if (!isBack(at, next) && found.add(next)) {
                    open.push(next);
                }
            }
        }
        return found;
    }

    /** Whether a way from a node leads into the loop that begins with this node. */
    boolean isLoop(String header, String to) {
        Set<String> ends = backTo.getOrDefault(header, Set.of());
        return ends.contains(header) && header.equals(to) || ends.stream().anyMatch(reach(to)::contains);
    }
}
