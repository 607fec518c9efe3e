package ai.fastn.camunda.compiler.layout;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The loops of a graph: for each header the nodes that lead back to it. */
final class Loops {

    /** Innermost first. */
    private final List<Loop> loops;

    private final BitSet back;

    private record Loop(int header, BitSet body) {}

    private Loops(List<Loop> loops, BitSet back) {
        this.loops = loops;
        this.back = back;
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
        for (Loop loop : loops) {
            if (loop.body().get(cell)) {
                boolean decision = decides(plan, loop, cell);
                List<Link> staying = filter(preferred, loop, true);
                List<Link> leaving = filter(preferred, loop, false);
                List<Link> wanted = decision ? leaving : staying;
                preferred = wanted.isEmpty() ? preferred : wanted;
            }
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
            for (Link link : plan.links()) {
                boolean leaves = loop.body().get(link.from()) && !loop.body().get(link.to());
                if (leaves && !back.get(link.index()) && !link.leavesBorder() && decides(plan, loop, link.from())) {
                    exits.set(link.to());
                }
            }
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
