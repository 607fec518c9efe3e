package ai.fastn.camunda.bench.generate;

import java.util.ArrayList;
import java.util.List;

/**
 * Where something is generated.
 *
 * @param awaits whether code may await
 * @param yields whether code may yield
 * @param returns whether code may return
 * @param guarded whether a {@code try} around catches what is thrown here
 * @param depth how deep it is nested
 * @param times how often it runs at most, as far as its own function decides it
 * @param breaks labels of what can be left; empty text for the innermost
 * @param continues labels of loops that can go on; empty text for the innermost
 */
record Place(
        Scope scope,
        boolean awaits,
        boolean yields,
        boolean returns,
        boolean guarded,
        int depth,
        int times,
        List<String> breaks,
        List<String> continues) {

    static Place module(Scope scope) {
        return new Place(scope, false, false, false, false, 0, 1, List.of(), List.of());
    }

    /** Inside a block. */
    Place block() {
        return new Place(new Scope(scope), awaits, yields, returns, guarded, depth + 1, times, breaks, continues);
    }

    /** An operand of the expression here. */
    Place operand() {
        return new Place(scope, awaits, yields, returns, guarded, depth + 1, times, breaks, continues);
    }

    /** The same without effects. */
    Place quiet() {
        return new Place(scope, false, false, returns, guarded, depth, times, breaks, continues);
    }

    /** The body of an async arrow function that is called here. */
    Place asyncArrow() {
        return new Place(new Scope(scope), true, false, true, guarded, depth + 1, times, List.of(), List.of());
    }

    Place guard() {
        return new Place(scope, awaits, yields, returns, true, depth, times, breaks, continues);
    }

    /** Inside a loop that runs some times. */
    Place loop(String label, int rounds) {
        return new Place(
                new Scope(scope),
                awaits,
                yields,
                returns,
                guarded,
                depth + 1,
                times * rounds,
                with(breaks, "", label),
                with(continues, "", label));
    }

    /** Inside something that {@code break} leaves, by a label or without one. */
    Place breakable(String label) {
        return new Place(
                new Scope(scope), awaits, yields, returns, guarded, depth + 1, times, with(breaks, label), continues);
    }

    /** The body of a function. */
    Place function(boolean async, boolean generator) {
        return new Place(new Scope(scope), async, generator, true, false, depth + 1, 1, List.of(), List.of());
    }

    private static List<String> with(List<String> labels, String... more) {
        List<String> all = new ArrayList<>(labels);
        for (String label : more) {
            if (!all.contains(label)) {
                all.add(label);
            }
        }
        return all;
    }
}
