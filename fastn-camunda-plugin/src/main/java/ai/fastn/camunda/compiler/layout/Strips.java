package ai.fastn.camunda.compiler.layout;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Things by where they stand along the flow, so that a question about a place looks only at what is near. */
final class Strips<T> {

    /** About a column: few things share a strip, and few reach over many. */
    private static final double WIDTH = 200;

    private final Map<Integer, List<T>> strips = new HashMap<>();

    void add(double from, double to, T thing) {
        for (int strip = strip(from); strip <= strip(to); strip++) {
            strips.computeIfAbsent(strip, number -> new ArrayList<>()).add(thing);
        }
    }

    /** Whether something that reaches into a range passes a test. */
    boolean any(double from, double to, Predicate<T> test) {
        for (int strip = strip(from); strip <= strip(to); strip++) {
            for (T thing : strips.getOrDefault(strip, List.of())) {
                if (test.test(thing)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static int strip(double at) {
        return (int) Math.floor(at / WIDTH);
    }
}
