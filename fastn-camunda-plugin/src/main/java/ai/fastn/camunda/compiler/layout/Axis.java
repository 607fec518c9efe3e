package ai.fastn.camunda.compiler.layout;

import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/** The coordinates in one direction at which edges may run. */
final class Axis {

    /** Two parallel edges nearer than this read as one. */
    private static final double LEAST_DISTANCE = 8;

    private final double[] values;

    /**
     * Joins coordinates.
     *
     * @param needed the middles of shapes, where edges dock
     * @param wanted further ones, left out where they come too near to others
     */
    Axis(List<Double> needed, List<Double> wanted) {
        TreeSet<Double> all = new TreeSet<>(needed);
        for (double value : wanted) {
            Double below = all.floor(value);
            Double above = all.ceiling(value);
            if ((below == null || value - below >= LEAST_DISTANCE)
                    && (above == null || above - value >= LEAST_DISTANCE)) {
                all.add(value);
            }
        }
        values = all.stream().mapToDouble(Double::doubleValue).toArray();
    }

    int size() {
        return values.length;
    }

    double at(int index) {
        return values[index];
    }

    /** Index of the first coordinate at or behind a value. */
    int from(double value) {
        int index = Arrays.binarySearch(values, value);
        return index >= 0 ? index : -index - 1;
    }

    /** Index of the last coordinate at or before a value. */
    int to(double value) {
        int index = Arrays.binarySearch(values, value);
        return index >= 0 ? index : -index - 2;
    }
}
