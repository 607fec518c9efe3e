package ai.fastn.camunda.compiler.layout;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Where everything but the edges is.
 *
 * @param line v of each cell's line
 * @param cells box of each cell
 * @param borders box of each boundary event
 * @param lanes v of the lines kept free for edges, by the link
 */
record Places(List<Double> line, List<Box> cells, List<Box> borders, Map<Integer, Double> lanes) {

    /** v of the line that begins at the first node nothing leads to. */
    static final double MAIN_LINE = 0;

    private static final double LABEL_ROOM = 24;

    static Places of(Plan plan) {
        Columns columns = Columns.of(plan);
        Rows.Placed rows = Rows.of(plan, columns);
        double[] width = widths(plan, columns);
        double[] left = lefts(plan, columns, width);
        List<Box> cells = new ArrayList<>();
        for (Cell cell : plan.cells()) {
            int column = columns.begin(cell.index());
            double slack = columns.span().get(cell.index()) == 1 ? width[column] - cell.along() : 0;
            cells.add(cell.box(left[column] + slack / 2, rows.line().get(cell.index())));
        }
        List<Box> borders = new ArrayList<>();
        for (Border border : plan.borders()) {
            List<Border> siblings = plan.bordersOf().get(border.host());
            borders.add(border.box(cells.get(border.host()), siblings));
        }
        return new Places(rows.line(), cells, borders, rows.lanes());
    }

    private static double[] widths(Plan plan, Columns columns) {
        double[] width = new double[columns.count()];
        Arrays.fill(width, Spacing.LEAST_COLUMN);
        for (Cell cell : plan.cells()) {
            if (columns.span().get(cell.index()) == 1) {
                int column = columns.begin(cell.index());
                width[column] = Math.max(width[column], cell.along());
            }
        }
        return width;
    }

    private static double[] lefts(Plan plan, Columns columns, double[] width) {
        double[] gap = gaps(plan, columns);
        double[] left = new double[columns.count() + 1];
        Iterator<Cell> cells = columns.order().stream().map(plan.cells()::get).iterator();
        int column = 0;
        while (cells.hasNext()) {
            Cell cell = cells.next();
            int begin = columns.begin(cell.index());
            for (; column <= begin; column++) {
                left[column + 1] = Math.max(left[column + 1], left[column] + width[column] + gap[column]);
            }
            int end = columns.end(cell.index());
            left[end + 1] = Math.max(left[end + 1], left[begin] + cell.along() + gap[end]);
            placeHandlers(plan, cell, left, begin);
        }
        for (; column < width.length; column++) {
            left[column + 1] = Math.max(left[column + 1], left[column] + width[column] + gap[column]);
        }
        return left;
    }

    /** A handler begins to the right of its boundary event. */
    private static void placeHandlers(Plan plan, Cell cell, double[] left, int column) {
        List<Border> borders = plan.bordersOf().get(cell.index());
        for (Border border : borders) {
            int handler = column + 1 + border.position();
            double begin = left[column] + border.centre(cell.along(), borders) + Spacing.COLUMN_GAP;
            left[handler] = Math.max(left[handler], begin);
        }
    }

    /** Behind a fork there is room for the label of the flow that goes on. */
    private static double[] gaps(Plan plan, Columns columns) {
        double[] gap = new double[columns.count()];
        Arrays.fill(gap, Spacing.COLUMN_GAP);
        for (Link link : plan.links()) {
            if (!link.label().isNone() && !link.leavesBorder()) {
                int column = columns.end(link.from());
                gap[column] = Math.max(gap[column], link.label().along() + LABEL_ROOM);
            }
        }
        return gap;
    }
}
