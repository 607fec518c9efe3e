package ai.fastn.camunda.compiler.layout;

import java.util.BitSet;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * Counts the cells that only the boundary events of a cell lead to: those before the place where the ways meet again.
 * Goes forward from the cell, always on with the cell that comes first, and stops as soon as both ways have met.
 */
final class Handlers {

    private final Plan plan;
    private final BitSet back;

    private final BitSet normal = new BitSet();
    private final BitSet seen = new BitSet();
    private final PriorityQueue<Integer> open;

    /** Cells in {@link #open} that no normal way has reached so far. */
    private int caught;

    /**
     * For one cell.
     *
     * @param rank place of each cell in an order in which each stands behind all that lead to it without closing a loop
     */
    Handlers(Plan plan, BitSet back, int[] rank) {
        this.plan = plan;
        this.back = back;
        this.open = new PriorityQueue<>(Comparator.comparingInt(cell -> rank[cell]));
    }

    /** The number of such cells, at most {@code most}. */
    int count(int host, int most) {
        for (Link link : plan.outgoing().get(host)) {
            reach(link, !link.leavesBorder());
        }
        int count = 0;
        while (caught > 0 && count < most) {
            int cell = open.remove();
            boolean isNormal = normal.get(cell);
            if (!isNormal) {
                caught--;
                count++;
            }
            plan.outgoing().get(cell).forEach(link -> reach(link, isNormal));
        }
        return count;
    }

    private void reach(Link link, boolean isNormal) {
        int cell = link.to();
        if (back.get(link.index())) {
            return;
        }
        boolean isNew = !seen.get(cell);
        if (isNew) {
            seen.set(cell);
            open.add(cell);
            caught++;
        }
        if (isNormal && !normal.get(cell)) {
            normal.set(cell);
            caught--;
        }
    }
}
