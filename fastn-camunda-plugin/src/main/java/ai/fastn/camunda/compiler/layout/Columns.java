package ai.fastn.camunda.compiler.layout;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Where each node stands along the flow: behind everything that leads to it. Flows that close a loop do not count.
 *
 * @param column first column of each cell
 * @param span number of columns it takes; a host of boundary events takes those under which its handlers begin
 * @param back which links close a loop
 * @param order the cells, each behind everything that leads to it
 */
record Columns(List<Integer> column, List<Integer> span, BitSet back, List<Integer> order) {

    /** Mean width of a column: says under how many columns a sub-process reaches. */
    private static final double MEAN_COLUMN = Spacing.TASK_WIDTH + Spacing.COLUMN_GAP;

    static Columns of(Plan plan) {
        BitSet back = new BitSet();
        List<BitSet> nothing = new ArrayList<>();
        plan.cells().forEach(cell -> nothing.add(new BitSet()));
        List<Integer> forward = order(plan, back, nothing);
        List<BitSet> followers = Loops.of(plan, back).followers(plan);
        new Guards(plan, back).addFollowers(followers);
        List<Integer> order = order(plan, new BitSet(), followers);
        int[] span = new int[plan.size()];
        int[] rank = new int[plan.size()];
        for (int i = 0; i < forward.size(); i++) {
            rank[forward.get(i)] = i;
        }
        for (Cell cell : plan.cells()) {
            span[cell.index()] = span(plan, back, rank, cell);
        }
        int[] column = new int[plan.size()];
        for (int cell : order) {
            int next = column[cell] + span[cell];
            followers.get(cell).stream().forEach(to -> column[to] = Math.max(column[to], next));
            for (Link link : plan.outgoing().get(cell)) {
                if (!back.get(link.index())) {
                    int begin = link.leavesBorder()
                            ? column[cell]
                                    + 1
                                    + plan.borders().get(link.border()).position()
                            : next;
                    column[link.to()] = Math.max(column[link.to()], begin);
                }
            }
        }
        return settled(plan, column, span);
    }

    /** Whatever the graph is like: a flow closes a loop if and only if it does not lead to a later column. */
    private static Columns settled(Plan plan, int[] column, int[] span) {
        BitSet back = new BitSet();
        for (Link link : plan.links()) {
            int from = column[link.from()];
            int end = link.leavesBorder()
                    ? from + plan.borders().get(link.border()).position()
                    : from + span[link.from()] - 1;
            back.set(link.index(), column[link.to()] <= end);
        }
        List<Integer> order = IntStream.range(0, plan.size())
                .boxed()
                .sorted(Comparator.comparingInt(cell -> column[cell]))
                .toList();
        return new Columns(listed(column), listed(span), back, order);
    }

    private static List<Integer> listed(int[] values) {
        return Arrays.stream(values).boxed().toList();
    }

    int begin(int cell) {
        return column.get(cell);
    }

    int end(int cell) {
        return column.get(cell) + span.get(cell) - 1;
    }

    int count() {
        int count = 1;
        for (int cell = 0; cell < column.size(); cell++) {
            count = Math.max(count, end(cell) + 1);
        }
        return count;
    }

    private static List<Integer> order(Plan plan, BitSet back, List<BitSet> followers) {
        List<Integer> postorder = new ArrayList<>();
        BitSet seen = new BitSet();
        int[] next = new int[plan.size()];
        for (Cell cell : plan.cells()) {
            if (plan.incoming().get(cell.index()).isEmpty()) {
                visit(plan, cell.index(), seen, next, back, followers, postorder);
            }
        }
        for (Cell cell : plan.cells()) {
            visit(plan, cell.index(), seen, next, back, followers, postorder);
        }
        Collections.reverse(postorder);
        return List.copyOf(postorder);
    }

    /** Depth first with a stack of its own: a workflow may have thousands of steps in a row. */
    private static void visit(
            Plan plan,
            int root,
            BitSet seen,
            int[] next,
            BitSet back,
            List<BitSet> followers,
            List<Integer> postorder) {
        BitSet open = new BitSet();
        Deque<Integer> stack = new ArrayDeque<>();
        enter(root, seen, open, stack);
        while (!stack.isEmpty()) {
            int cell = stack.element();
            List<Link> outgoing = plan.outgoing().get(cell);
            int follower = followers.get(cell).stream()
                    .filter(to -> !seen.get(to))
                    .findFirst()
                    .orElse(-1);
            if (follower >= 0) {
                enter(follower, seen, open, stack);
            } else if (next[cell] == outgoing.size()) {
                postorder.add(stack.remove());
                open.clear(cell);
            } else {
                Link link = outgoing.get(next[cell]++);
                back.set(link.index(), open.get(link.to()));
                enter(link.to(), seen, open, stack);
            }
        }
    }

    private static void enter(int cell, BitSet seen, BitSet open, Deque<Integer> stack) {
        if (!seen.get(cell)) {
            seen.set(cell);
            open.set(cell);
            stack.push(cell);
        }
    }

    private static int span(Plan plan, BitSet back, int[] rank, Cell cell) {
        int borders = plan.bordersOf().get(cell.index()).size();
        if (borders == 0) {
            return 1;
        }
        int most = (int) (cell.along() / MEAN_COLUMN);
        return borders + Math.max(1, new Handlers(plan, back, rank).count(cell.index(), most));
    }
}
