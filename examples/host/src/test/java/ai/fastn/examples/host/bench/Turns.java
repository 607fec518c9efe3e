package ai.fastn.examples.host.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Times actions that take turns, so that a slow moment of the machine slows all of them. */
final class Turns {

    private final int count;
    private final List<Timed> actions = new ArrayList<>();

    /** @param count how often each action is timed, after half as many that are not */
    Turns(int count) {
        this.count = count;
    }

    Turns with(String name, Runnable action) {
        actions.add(new Timed(name, action, new ArrayList<>()));
        return this;
    }

    /** The median time of each action in microseconds. */
    Map<String, Double> medianMicros() {
        for (int i = -count / 2; i < count; i++) {
            for (Timed timed : actions) {
                long start = System.nanoTime();
                timed.action.run();
                if (i >= 0) {
                    timed.micros.add((System.nanoTime() - start) / 1_000.0);
                }
            }
        }
        Map<String, Double> medians = new LinkedHashMap<>();
        actions.forEach(timed -> medians.put(timed.name, Round.median(timed.micros)));
        return medians;
    }

    /** An action and its times. */
    private record Timed(String name, Runnable action, List<Double> micros) {}
}
