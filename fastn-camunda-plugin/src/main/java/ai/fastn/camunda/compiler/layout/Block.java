package ai.fastn.camunda.compiler.layout;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A line of nodes with everything that hangs below it; knows its outline in each column, relative to its line. */
final class Block {

    private final double[] top;
    private final double[] bottom;
    private final List<Integer> cells = new ArrayList<>();
    private final Map<Integer, Double> lanes = new TreeMap<>();

    Block(int columns) {
        top = new double[columns];
        bottom = new double[columns];
        Arrays.fill(top, Double.POSITIVE_INFINITY);
        Arrays.fill(bottom, Double.NEGATIVE_INFINITY);
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
        for (int column = Math.min(from, to); column <= Math.max(from, to); column++) {
            top[column] = Math.min(top[column], -before);
            bottom[column] = Math.max(bottom[column], after);
        }
    }

    /** Keeps a lane for a link below everything between two columns. */
    void addLane(Link link, int from, int to) {
        double lowest = 0;
        for (int column = Math.min(from, to); column <= Math.max(from, to); column++) {
            lowest = Math.max(lowest, bottom[column]);
        }
        double lane = lowest + Spacing.EDGE_GAP;
        lanes.put(link.index(), lane);
        cover(from, to, -lane, lane + Spacing.EDGE_ROOM);
    }

    /** Hangs another block below this one, as near as the outlines allow; returns how far its line was moved. */
    double hang(Block other) {
        double offset = 0;
        for (int column = 0; column < top.length; column++) {
            if (other.top[column] < Double.POSITIVE_INFINITY && bottom[column] > Double.NEGATIVE_INFINITY) {
                offset = Math.max(offset, bottom[column] - other.top[column] + Spacing.ROW_GAP);
            }
        }
        for (int column = 0; column < top.length; column++) {
            top[column] = Math.min(top[column], other.top[column] + offset);
            bottom[column] = Math.max(bottom[column], other.bottom[column] + offset);
        }
        cells.addAll(other.cells);
        double moved = offset;
        other.lanes.forEach((link, lane) -> lanes.put(link, lane + moved));
        return offset;
    }
}
