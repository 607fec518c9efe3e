package ai.fastn.camunda.compiler.layout;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The loops of a graph: for each header the nodes that lead back to it. */
final class Loops {

    /** Innermost first. */
    private final List<Loop> loops;

    /** The loops a cell is in, innermost first. */
    private final Map<Integer, List<Loop>> around = new HashMap<>();

    private final BitSet back;

    private record Loop(int header, BitSet body) {}

    private Loops(List<Loop> loops, BitSet back) {
        this.loops = loops;
        this.back = back;
        for (Loop loop : loops) {
            loop.body().stream()
                    .forEach(cell -> around.computeIfAbsent(cell, inside -> new ArrayList<>())
                            .add(loop));
        }
    }

    static Loops of(Plan plan, BitSet back) {
        Map<Integer, BitSet> bodies = new TreeMap<>();
        for (Link link : plan.links()) {
            if (back.get(link.index())) {
                BitSet body = bodies.computeIfAbsent(link.to(), header -> only(header));
                collect(plan, link.from(), body);
            }
        }
        List<Loop> loops = new ArrayList<>();
        bodies.forEach((header, body) -> loops.add(new Loop(header, body)));
        loops.sort(Comparator.comparingInt(loop -> loop.body().cardinality()));
        return new Loops(loops, back);
    }

    private static BitSet only(int header) {
        BitSet set = new BitSet();
        set.set(header);
        return set;
    }

    private static void collect(Plan plan, int end, BitSet body) {
        Deque<Integer> stack = new ArrayDeque<>(List.of(end));
        while (!stack.isEmpty()) {
            int cell = stack.pop();
            if (!body.get(cell)) {
                body.set(cell);
                plan.incoming().get(cell).forEach(link -> stack.push(link.from()));
            }
        }
    }

    /**
     * The flows that may stay on the line: of a loop's own decision those that leave the loop, anywhere else in a loop
     * those that stay in it.
     */
    List<Link> preferred(Plan plan, int cell, List<Link> links) {
        List<Link> preferred = links;
        for (Loop loop : around.getOrDefault(cell, List.of())) {
            List<Link> wanted = filter(preferred, loop, !decides(plan, loop, cell));
            preferred = wanted.isEmpty() ? preferred : wanted;
        }
        return preferred;
    }

    /** Whether a cell is the place where a loop is entered or left: its header, or the node behind its merge. */
    private static boolean decides(Plan plan, Loop loop, int cell) {
        return cell == loop.header()
                || plan.incoming().get(cell).stream().anyMatch(link -> link.from() == loop.header());
    }

    /**
     * For each cell the cells that stand behind it without a flow between them: what follows a loop, behind its body.
     */
    List<BitSet> followers(Plan plan) {
        List<BitSet> followers = new ArrayList<>();
        plan.cells().forEach(cell -> followers.add(new BitSet()));
        for (Loop loop : loops) {
            BitSet exits = new BitSet();
            loop.body().stream()
                    .filter(cell -> decides(plan, loop, cell))
                    .forEach(cell -> plan.outgoing().get(cell).stream()
                            .filter(link -> !loop.body().get(link.to()))
                            .filter(link -> !back.get(link.index()) && !link.leavesBorder())
                            .forEach(link -> exits.set(link.to())));
            loop.body().stream().forEach(cell -> followers.get(cell).or(exits));
        }
        return followers;
    }

    private static List<Link> filter(List<Link> links, Loop loop, boolean inside) {
        return links.stream()
                .filter(link -> loop.body().get(link.to()) == inside)
                .toList();
    }
}
