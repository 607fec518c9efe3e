package ai.fastn.camunda.bench;

import ai.fastn.camunda.effect.EffectOutcome;
import java.util.List;

/**
 * What the outside world answered in a run: the plain function is given the same.
 *
 * @param outcomes by call, in the order in which the code made the calls
 * @param order in which outcomes reached the code, as indexes of {@code outcomes}
 */
record Answers(List<EffectOutcome> outcomes, List<Integer> order) {

    Answers {
        outcomes = List.copyOf(outcomes);
        order = List.copyOf(order);
    }

    EffectOutcome outcome(int index) {
        return index < outcomes.size()
                ? outcomes.get(index)
                : new EffectOutcome.Failed("NoSuchCall", "the process makes no call " + index, java.util.Map.of());
    }

    /** Which of the open calls is answered next. */
    int next(List<Integer> open) {
        return open.stream()
                .filter(index -> !order.contains(index))
                .findFirst()
                .orElseGet(
                        () -> order.stream().filter(open::contains).findFirst().orElseThrow());
    }
}
