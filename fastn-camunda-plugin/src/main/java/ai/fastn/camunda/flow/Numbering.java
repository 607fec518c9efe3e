package ai.fastn.camunda.flow;

import ai.fastn.camunda.flow.Line.Entry;
import ai.fastn.camunda.flow.Line.Turn;
import ai.fastn.camunda.flow.Sequence.Jump;
import ai.fastn.camunda.flow.Sequence.Step;
import ai.fastn.camunda.flow.Sequence.Way;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Gives the steps their numbers, and then the jumps the numbers of the steps they lead to. */
final class Numbering {

    private final SequenceReader.Result read;
    private final Map<String, FlowGraph.Node> nodes;
    private final Map<String, FlowGraph.Region> regions;
    private final Set<String> leftBehind = new HashSet<>();

    /** The number of each node; regions have entries of their own. */
    private final Map<String, String> numbers = new HashMap<>();

    /** Position of each node in the list. */
    private final Map<String, Integer> positions = new HashMap<>();

    Numbering(FlowGraph flow, SequenceReader.Result read) {
        this.read = read;
        this.nodes = flow.nodes().stream().collect(Collectors.toMap(FlowGraph.Node::id, Function.identity()));
        this.regions = flow.regions().stream().collect(Collectors.toMap(FlowGraph.Region::id, Function.identity()));
        flow.edges().stream()
                .filter(edge -> edge.kind() == FlowGraph.EdgeKind.NORMAL)
                .forEach(edge -> leftBehind.add(edge.from()));
    }

    Sequence sequence() {
        number(read.steps(), "");
        int ways = read.steps().entries.size();
        number(read.always(), "", ways);
        return new Sequence(steps(read.steps(), "", null), ways(read.always(), "", ways, "", null));
    }

    private void number(Line line, String prefix) {
        int count = 0;
        for (Entry entry : line.entries) {
            String number = prefix + ++count;
            if (nodes.containsKey(entry.id)) {
                numbers.put(entry.id, number);
                positions.put(entry.id, positions.size());
            }
            number(entry.inside, number + ".");
            number(entry.turns, number + ".", entry.inside.entries.size());
        }
    }

    private void number(List<Turn> turns, String prefix, int before) {
        int count = before;
        for (Turn turn : turns) {
            number(turn.line(), prefix + ++count + ".");
        }
    }

    /** @param after the node that comes behind the line */
    private List<Step> steps(Line line, String prefix, @Nullable String after) {
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < line.entries.size(); i++) {
            Entry entry = line.entries.get(i);
            String following = i + 1 < line.entries.size() ? line.entries.get(i + 1).begin : after;
            steps.add(step(entry, prefix + (i + 1), following));
        }
        return steps;
    }

    private Step step(Entry entry, String number, @Nullable String following) {
        String after = entry.target == null ? following : entry.target;
        FlowGraph.Node node = nodes.get(entry.id);
        return new Step(
                number,
                entry.id,
                node == null ? null : node.kind(),
                node == null ? regionName(entry.id) : node.name(),
                node == null ? null : node.source(),
                node == null ? List.of() : node.effects(),
                steps(entry.inside, number + ".", after),
                ways(entry.turns, number + ".", entry.inside.entries.size(), entry.begin, after),
                jump(entry.begin, entry.target, following),
                node != null && !leftBehind.contains(node.id()));
    }

    private String regionName(String id) {
        FlowGraph.Region region = regions.get(id);
        return region == null || region.name().isEmpty() ? id : region.name();
    }

    private List<Way> ways(List<Turn> turns, String prefix, int before, String from, @Nullable String after) {
        List<Way> ways = new ArrayList<>();
        for (Turn turn : turns) {
            String number = prefix + (before + ways.size() + 1);
            ways.add(new Way(
                    number,
                    turn.edge().id(),
                    turn.label(),
                    turn.edge().kind(),
                    steps(turn.line(), number + ".", after),
                    jump(from, turn.line().target(), after)));
        }
        return ways;
    }

    private @Nullable Jump jump(String from, @Nullable String target, @Nullable String following) {
        if (target == null || target.equals(following) || !numbers.containsKey(target)) {
            return null;
        }
        boolean back = positions.getOrDefault(target, 0) <= positions.getOrDefault(from, Integer.MAX_VALUE);
        return new Jump(target, numbers.getOrDefault(target, ""), back);
    }
}
