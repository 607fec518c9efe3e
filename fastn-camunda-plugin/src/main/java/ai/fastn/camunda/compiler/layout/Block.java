package ai.fastn.camunda.compiler.layout;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A line of nodes with everything that hangs below it; knows its outline in each column it reaches, relative to its
 * line.
 */
final class Block {

    private static final double NOTHING_ABOVE = Double.POSITIVE_INFINITY;
    private static final double NOTHING_BELOW = Double.NEGATIVE_INFINITY;

    /** Column of the first element of the outline. */
    private int first;

    private double[] top;
    private double[] bottom;
    private final List<Integer> cells = new ArrayList<>();
    private final Map<Integer, Double> lanes = new TreeMap<>();

    /** A block whose line takes the columns up to {@code end}, exclusively; what hangs below may reach further. */
    Block(int first, int end) {
        this.first = first;
        this.top = moved(new double[0], 0, end - first, NOTHING_ABOVE);
        this.bottom = moved(new double[0], 0, end - first, NOTHING_BELOW);
    }

    List<Integer> cells() {
        return cells;
    }

    /** Lines kept free for edges, by the link. */
    Map<Integer, Double> lanes() {
        return lanes;
    }

    void add(int cell) {
        cells.add(cell);
    }

    /** Takes room from one column to another (in any order). */
    void cover(int from, int to, double before, double after) {
        int begin = Math.min(from, to);
        int end = Math.max(from, to) + 1;
        reach(begin, end);
        for (int i = begin - first; i < end - first; i++) {
            top[i] = Math.min(top[i], -before);
            bottom[i] = Math.max(bottom[i], after);
        }
    }

    /** Makes the outline long enough. */
    private void reach(int begin, int end) {
        int newFirst = Math.min(begin, first);
        int newEnd = Math.max(end, first + top.length);
        if (newEnd - newFirst > top.length) {
            top = moved(top, first - newFirst, newEnd - newFirst, NOTHING_ABOVE);
            bottom = moved(bottom, first - newFirst, newEnd - newFirst, NOTHING_BELOW);
            first = newFirst;
        }
    }

    private static double[] moved(double[] values, int by, int length, double nothing) {
        double[] moved = new double[length];
        Arrays.fill(moved, nothing);
        System.arraycopy(values, 0, moved, by, values.length);
        return moved;
    }

    /** Keeps a lane for a link below everything between two columns. */
    void addLane(Link link, int from, int to) {
        double lowest = 0;
        int end = Math.min(Math.max(from, to) + 1, first + bottom.length);
        for (int i = Math.max(Math.min(from, to), first) - first; i < end - first; i++) {
            lowest = Math.max(lowest, bottom[i]);
        }
        double lane = lowest + Spacing.EDGE_GAP;
        lanes.put(link.index(), lane);
        cover(from, to, -lane, lane + Spacing.EDGE_ROOM);
    }

    /** Hangs another block below this one, as near as the outlines allow; returns how far its line was moved. */
    double hang(Block other) {
        reach(other.first, other.first + other.top.length);
        double offset = 0;
        int shift = other.first - first;
        for (int i = 0; i < other.top.length; i++) {
            if (other.top[i] < NOTHING_ABOVE && bottom[i + shift] > NOTHING_BELOW) {
                offset = Math.max(offset, bottom[i + shift] - other.top[i] + Spacing.ROW_GAP);
            }
        }
        for (int i = 0; i < other.top.length; i++) {
            top[i + shift] = Math.min(top[i + shift], other.top[i] + offset);
            bottom[i + shift] = Math.max(bottom[i + shift], other.bottom[i] + offset);
        }
        cells.addAll(other.cells);
        double moved = offset;
        other.lanes.forEach((link, lane) -> lanes.put(link, lane + moved));
        return offset;
    }
}
