package ai.fastn.camunda.compiler.layout;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;

/** Which flow of each node stays on its line: the one that leads furthest, and of two that meet again the default. */
final class MainPath {

    private final Plan plan;
    private final Columns columns;
    private final BitSet[] reached;
    private final int[] height;
    private final boolean[] ends;
    private final Loops loops;

    MainPath(Plan plan, Columns columns) {
        this.plan = plan;
        this.columns = columns;
        this.reached = new BitSet[plan.size()];
        this.height = new int[plan.size()];
        this.ends = new boolean[plan.size()];
        this.loops = Loops.of(plan, columns.back());
        List<Integer> backwards = new ArrayList<>(columns.order());
        Collections.reverse(backwards);
        backwards.forEach(this::measure);
    }

    /** For each cell the index of the link that continues its line, -1 where the line ends. */
    int[] links() {
        int[] main = new int[plan.size()];
        for (Cell cell : plan.cells()) {
            List<Link> forward = forward(cell.index());
            main[cell.index()] = choose(loops.preferred(plan, cell.index(), forward));
        }
        return main;
    }

    private List<Link> forward(int cell) {
        return plan.outgoing().get(cell).stream()
                .filter(link -> !link.leavesBorder() && !columns.back().get(link.index()))
                .toList();
    }

    private void measure(int cell) {
        BitSet all = new BitSet();
        all.set(cell);
        ends[cell] = plan.outgoing().get(cell).isEmpty();
        for (Link link : forward(cell)) {
            all.or(reached[link.to()]);
            height[cell] = Math.max(height[cell], 1 + height[link.to()]);
            ends[cell] |= ends[link.to()];
        }
        reached[cell] = all;
    }

    private int choose(List<Link> links) {
        List<Link> leadingOut = links.stream().filter(link -> ends[link.to()]).toList();
        List<Link> candidates = leadingOut.isEmpty() ? links : leadingOut;
        if (candidates.isEmpty()) {
            return -1;
        }
        Link best = candidates.stream().filter(Link::preferred).findFirst().orElse(candidates.get(0));
        for (Link link : candidates) {
            boolean meetsAgain = reached[link.to()].intersects(reached[best.to()]);
            if (!meetsAgain && height[link.to()] > height[best.to()]) {
                best = link;
            }
        }
        return best.index();
    }
}
