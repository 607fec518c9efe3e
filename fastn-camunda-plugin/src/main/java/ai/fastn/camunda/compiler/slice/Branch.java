package ai.fastn.camunda.compiler.slice;

import java.util.List;
import java.util.Optional;

/**
 * A way on from a step.
 *
 * @param label answer to the question of a decision, else empty
 * @param condition expression that opens the way; none: the way taken otherwise
 * @param target number of the next step
 * @param words where the author says to go this way: the label of a case, a jump, the head of an endless loop
 */
public record Branch(String label, Optional<String> condition, int target, List<Place> words) {

    public Branch {
        words = List.copyOf(words);
    }
}
