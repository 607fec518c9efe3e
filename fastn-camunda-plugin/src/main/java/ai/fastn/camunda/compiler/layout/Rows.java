package ai.fastn.camunda.compiler.layout;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Where each node stands across the flow: the main path on one line, every branch on a line of its own below, the last
 * fork's branch nearest, so that branches of a structured program never cross.
 */
final class Rows {

    private static final int OPEN = -1;

    private final Plan plan;
    private final Columns columns;
    private final int[] main;
    private final double[] line;

    /** Which chain a cell belongs to, {@link #OPEN} before it has one. */
    private final int[] chainOf;

    private int chains;

    private Rows(Plan plan, Columns columns) {
        this.plan = plan;
        this.columns = columns;
        this.main = new MainPath(plan, columns).links();
        this.line = new double[plan.size()];
        this.chainOf = new int[plan.size()];
        Arrays.fill(chainOf, OPEN);
    }

    /**
     * The rows of a graph.
     *
     * @param line v of each cell's line; the first node's is 0
     * @param lanes v of the lines kept free for edges, by the link
     */
    record Placed(List<Double> line, Map<Integer, Double> lanes) {}

    static Placed of(Plan plan, Columns columns) {
        return new Rows(plan, columns).place();
    }

    private Placed place() {
        Block all = new Block(0, 1);
        for (int cell : firstCells()) {
            if (chainOf[cell] == OPEN) {
                hang(all, block(cell));
            }
        }
        return new Placed(Arrays.stream(line).boxed().toList(), all.lanes());
    }

    /** Nodes without incoming flow in the order of the document, then whatever only a loop leads to. */
    private List<Integer> firstCells() {
        List<Integer> first = new ArrayList<>();
        for (Cell cell : plan.cells()) {
            if (plan.incoming().get(cell.index()).isEmpty()) {
                first.add(cell.index());
            }
        }
        first.addAll(columns.order());
        return first;
    }

    private Block block(int head) {
        List<Integer> chain = claimChain(head);
        int free = columns.begin(head);
        Block block = new Block(free, Math.max(free, columns.end(chain.get(chain.size() - 1))) + 1);
        for (int cell : chain) {
            block.add(cell);
            block.cover(free, columns.begin(cell), Spacing.EDGE_ROOM, Spacing.EDGE_ROOM);
            block.cover(columns.begin(cell), columns.end(cell), before(cell), after(cell));
            free = columns.end(cell);
        }
        coverEdgeBehind(block, chain.get(chain.size() - 1));
        for (int i = chain.size() - 1; i >= 0; i--) {
            addLoopLanes(block, chain.get(i));
            hangBranches(block, chain.get(i));
        }
        addLanesBackOut(block, chain);
        return block;
    }

    private List<Integer> claimChain(int head) {
        List<Integer> chain = new ArrayList<>();
        int number = chains++;
        int cell = head;
        while (chainOf[cell] == OPEN) {
            chainOf[cell] = number;
            chain.add(cell);
            continueOnFreeNode(cell);
            if (main[cell] >= 0) {
                cell = plan.links().get(main[cell]).to();
            }
        }
        return chain;
    }

    /** Where the line would only join another one, a flow to a node that has no place yet takes its turn. */
    private void continueOnFreeNode(int cell) {
        if (main[cell] >= 0 && chainOf[plan.links().get(main[cell]).to()] != OPEN) {
            plan.outgoing().get(cell).stream()
                    .filter(link -> !link.leavesBorder() && chainOf[link.to()] == OPEN)
                    .findFirst()
                    .ifPresent(link -> main[cell] = link.index());
        }
    }

    private double before(int cell) {
        return plan.cells().get(cell).roomBefore();
    }

    private double after(int cell) {
        double room = plan.cells().get(cell).roomAfter();
        for (Border border : plan.bordersOf().get(cell)) {
            room = Math.max(room, plan.cells().get(cell).after() + border.room());
        }
        return room;
    }

    /** The line of a branch goes on as an edge until it meets the column of the node it joins. */
    private void coverEdgeBehind(Block block, int last) {
        if (main[last] >= 0) {
            int to = columns.begin(plan.links().get(main[last]).to());
            block.cover(columns.end(last), to, Spacing.EDGE_ROOM, Spacing.EDGE_ROOM);
        }
    }

    /** Loops that close on this line at a node: below everything inside the loop, above what hangs further left. */
    private void addLoopLanes(Block block, int cell) {
        for (Link link : plan.incoming().get(cell)) {
            if (columns.back().get(link.index()) && chainOf[link.from()] == chainOf[cell]) {
                block.addLane(link, columns.begin(cell), columns.end(link.from()));
            }
        }
    }

    private void addLanesBackOut(Block block, List<Integer> chain) {
        for (int cell : chain) {
            for (Link link : plan.outgoing().get(cell)) {
                if (columns.back().get(link.index()) && chainOf[link.to()] != chainOf[cell]) {
                    block.addLane(link, columns.begin(link.to()), columns.end(cell));
                }
            }
        }
    }

    private void hangBranches(Block block, int cell) {
        List<Border> borders = plan.bordersOf().get(cell);
        for (int i = borders.size() - 1; i >= 0; i--) {
            for (Link link : plan.outgoing().get(cell)) {
                if (link.leavesBorder() && plan.borders().get(link.border()).equals(borders.get(i))) {
                    branch(block, link, columns.begin(cell) + borders.get(i).position());
                }
            }
        }
        for (Link link : plan.outgoing().get(cell)) {
            if (!link.leavesBorder() && link.index() != main[cell]) {
                branch(block, link, columns.end(cell));
            }
        }
    }

    private void branch(Block block, Link link, int from) {
        int to = link.to();
        if (chainOf[to] == OPEN) {
            Block child = block(to);
            child.cover(from, columns.begin(to), Spacing.EDGE_ROOM, Spacing.EDGE_ROOM);
            hang(block, child);
        } else if (!columns.back().get(link.index())) {
            block.addLane(link, from, columns.begin(to));
        }
    }

    private void hang(Block block, Block child) {
        double offset = block.hang(child);
        for (int cell : child.cells()) {
            line[cell] += offset;
        }
    }
}
