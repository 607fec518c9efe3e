package ai.fastn.camunda.flow;

import ai.fastn.camunda.bpmn.FastnBpmn;
import ai.fastn.camunda.flow.FlowGraph.Edge;
import ai.fastn.camunda.flow.Line.Entry;
import ai.fastn.camunda.flow.Line.Turn;
import ai.fastn.camunda.workflow.StepKind;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Lays the steps of a graph in lines. Behind a fork the line goes on where most of its ways meet again, else with the
 * longest of them; what lies on the others stands below the fork. Works on any graph, structured or not.
 */
final class SequenceReader {

    private final FlowGraph flow;
    private final Ways ways;
    private final Set<String> placed = new HashSet<>();
    private final Set<String> decisions;

    SequenceReader(FlowGraph flow) {
        this.flow = flow;
        this.ways = new Ways(flow);
        this.decisions = flow.nodes().stream()
                .filter(node -> node.kind() == StepKind.DECISION)
                .map(FlowGraph.Node::id)
                .collect(Collectors.toSet());
    }

    /** All steps, and what can happen at any time. */
    record Result(Line steps, List<Turn> always) {}

    Result read() {
        Line all = new Line();
        List<String> ids = flow.nodes().stream().map(FlowGraph.Node::id).toList();
        // What stands in no region comes first: a region is read with everything in it.
        Comparator<String> outside = Comparator.comparing(id -> ways.parent(id) != null);
        ids.stream().filter(id -> !ways.isEntered(id)).sorted(outside).forEach(id -> begin(all, id));
        List<Turn> always = ways.outgoing(FastnBpmn.BODY).stream()
                .map(edge -> turn(edge, false, null, Set.of()))
                .toList();
        ids.forEach(id -> begin(all, id));
        return new Result(all, always);
    }

    private void begin(Line all, String node) {
        if (!placed.contains(node)) {
            all.append(line(node, null, Set.of()));
        }
    }

    /** Steps from a node on, until the way leaves the region or comes to what stands elsewhere. */
    private Line line(String from, @Nullable String region, Set<String> later) {
        Line line = new Line();
        @Nullable String at = from;
        while (at != null) {
            if (!isFree(at, region, later)) {
                line.leadsTo(at);
                return line;
            }
            String inner = innerRegion(at, region);
            at = inner == null ? addNode(line, at, region, later) : addRegion(line, inner, at, region, later);
        }
        return line;
    }

    private boolean isFree(String node, @Nullable String region, Set<String> later) {
        return !placed.contains(node) && !later.contains(node) && ways.isInside(node, region);
    }

    /** The region directly inside another that a node lies in; null when it lies in the other itself. */
    private @Nullable String innerRegion(String node, @Nullable String outer) {
        String inner = null;
        for (String at = ways.parent(node); at != null && !at.equals(outer); at = ways.parent(at)) {
            inner = at;
        }
        return inner;
    }

    private @Nullable String addNode(Line line, String node, @Nullable String region, Set<String> later) {
        placed.add(node);
        Entry entry = line.add(node, node);
        List<Edge> onward = ways.onward(node);
        boolean forks = onward.size() > 1;
        String next = forks
                ? meeting(onward, region, later)
                : onward.stream().map(Edge::to).findFirst().orElse(null);
        Set<String> elsewhere = with(later, next);
        if (forks) {
            boolean parallel = !decisions.contains(node);
            onward.forEach(edge -> entry.turns.add(turn(edge, parallel, region, elsewhere)));
        }
        ways.caught(node).forEach(edge -> entry.turns.add(turn(edge, false, region, elsewhere)));
        return next;
    }

    private @Nullable String addRegion(
            Line line, String inner, String begin, @Nullable String outer, Set<String> later) {
        Entry entry = line.add(inner, begin);
        List<Edge> leaving = leaving(inner);
        List<Edge> caught = ways.caught(inner);
        String next = meeting(leaving.isEmpty() ? caught : leaving, outer, later);
        if (next == null) {
            next = leaving.stream().map(Edge::to).findFirst().orElse(null);
        }
        Set<String> elsewhere = with(later, next);
        entry.inside.append(line(begin, inner, Set.of()));
        flow.nodes().stream()
                .map(FlowGraph.Node::id)
                .filter(id -> !placed.contains(id) && ways.isInside(id, inner))
                .sorted(Comparator.comparing(ways::isEntered))
                .forEach(id -> {
                    if (!placed.contains(id)) {
                        entry.inside.append(line(id, inner, Set.of()));
                    }
                });
        caught.forEach(edge -> entry.turns.add(turn(edge, false, outer, elsewhere)));
        return next;
    }

    private List<Edge> leaving(String region) {
        return flow.nodes().stream()
                .filter(node -> ways.isInside(node.id(), region))
                .flatMap(node -> ways.outgoing(node.id()).stream())
                .filter(edge -> !ways.isInside(edge.to(), region))
                .toList();
    }

    private Turn turn(Edge edge, boolean parallel, @Nullable String region, Set<String> later) {
        String label = edge.label().isEmpty() && parallel ? "in parallel" : edge.label();
        return new Turn(edge, label, line(edge.to(), region, later));
    }

    private Set<String> with(Set<String> later, @Nullable String next) {
        if (next == null) {
            return later;
        }
        Set<String> all = new HashSet<>(later);
        all.addAll(ways.reach(next));
        return all;
    }

    /** Where a line goes on behind several ways. */
    private @Nullable String meeting(List<Edge> edges, @Nullable String region, Set<String> later) {
        Set<String> targets = new LinkedHashSet<>();
        edges.stream()
                .filter(edge -> isFree(edge.to(), region, later)
                        && !ways.isBack(edge.from(), edge.to())
                        && !ways.isLoop(edge.from(), edge.to()))
                .forEach(edge -> targets.add(edge.to()));
        if (targets.size() == 1 && isAside(targets.iterator().next(), edges, region)) {
            return null;
        }
        Map<String, Integer> counts = new HashMap<>();
        targets.forEach(target -> ways.reach(target).stream()
                .filter(node -> isFree(node, region, later))
                .forEach(node -> counts.merge(node, 1, Integer::sum)));
        Optional<String> common = counts.keySet().stream()
                .filter(node -> counts.getOrDefault(node, 0) > 1)
                .min(Comparator.<String, Integer>comparing(node -> -counts.getOrDefault(node, 0))
                        .thenComparing(ways::position));
        return common.or(() -> longest(targets.stream(), region, later)).orElse(null);
    }

    /** Whether a way ends in its region while another one leads out of it: that one is the line's. */
    private boolean isAside(String target, List<Edge> edges, @Nullable String region) {
        return edges.stream().anyMatch(edge -> !ways.isInside(edge.to(), region))
                && ways.reach(target).stream()
                        .filter(node -> ways.isInside(node, region))
                        .flatMap(node -> ways.onward(node).stream())
                        .allMatch(edge -> ways.isInside(edge.to(), region));
    }

    /** Of equally long ones the last: the default flow is written last. */
    private Optional<String> longest(Stream<String> targets, @Nullable String region, Set<String> later) {
        return targets.reduce((one, other) -> length(other, region, later) >= length(one, region, later) ? other : one);
    }

    private long length(String node, @Nullable String region, Set<String> later) {
        return ways.reach(node).stream().filter(id -> isFree(id, region, later)).count();
    }
}
