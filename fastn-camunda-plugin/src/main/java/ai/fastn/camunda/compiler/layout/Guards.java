package ai.fastn.camunda.compiler.layout;

import java.util.BitSet;
import java.util.List;

/**
 * Guards: forks of which one side soon ends. The next fork or merge of the other side stands behind that end, so that a
 * row of guards has its ends in one row below instead of a staircase.
 */
final class Guards {

    /** Longer sides hang deeper and leave the line as short as it is. */
    private static final int SHORT = 3;

    private final Plan plan;
    private final BitSet back;

    Guards(Plan plan, BitSet back) {
        this.plan = plan;
        this.back = back;
    }

    /** Adds to each cell the cells that stand behind it without a flow between them. */
    void addFollowers(List<BitSet> followers) {
        for (Cell cell : plan.cells()) {
            List<Link> links = plan.outgoing().get(cell.index()).stream()
                    .filter(link -> !link.leavesBorder() && !back.get(link.index()))
                    .toList();
            for (Link side : decidesLoop(cell.index()) ? List.<Link>of() : links) {
                BitSet ending = ending(side.to());
                for (Link other : ending.isEmpty() ? List.<Link>of() : links) {
                    addFollower(followers, ending, next(other));
                }
            }
        }
    }

    /** What follows a loop is no guard: it stands behind the body already. */
    private boolean decidesLoop(int cell) {
        return isHeader(cell) || plan.incoming().get(cell).stream().anyMatch(link -> isHeader(link.from()));
    }

    private boolean isHeader(int cell) {
        return plan.incoming().get(cell).stream().anyMatch(link -> back.get(link.index()));
    }

    private static void addFollower(List<BitSet> followers, BitSet ending, int next) {
        if (next >= 0 && !ending.get(next)) {
            ending.stream().forEach(cell -> followers.get(cell).set(next));
        }
    }

    /** The steps in a row up to an end; empty where they do anything else than end soon. */
    private BitSet ending(int start) {
        BitSet row = new BitSet();
        int cell = start;
        while (row.cardinality() < SHORT && isPlain(cell)) {
            row.set(cell);
            List<Link> outgoing = plan.outgoing().get(cell);
            if (outgoing.isEmpty()) {
                return row;
            }
            cell = outgoing.get(0).to();
        }
        return new BitSet();
    }

    /** The first cell with a way down or up: a fork, a merge, a host of boundary events. */
    private int next(Link link) {
        int cell = link.to();
        while (isPlain(cell)) {
            List<Link> outgoing = plan.outgoing().get(cell);
            if (outgoing.isEmpty() || back.get(outgoing.get(0).index())) {
                return -1;
            }
            cell = outgoing.get(0).to();
        }
        return back.get(link.index()) ? -1 : cell;
    }

    private boolean isPlain(int cell) {
        return plan.outgoing().get(cell).size() <= 1
                && plan.incoming().get(cell).size() <= 1
                && plan.bordersOf().get(cell).isEmpty();
    }
}
