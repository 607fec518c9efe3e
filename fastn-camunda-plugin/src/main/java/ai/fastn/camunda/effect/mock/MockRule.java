package ai.fastn.camunda.effect.mock;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * Answers some calls.
 *
 * @param call name of the function; {@code fetch} means each method
 * @param arguments what the arguments must hold; a missing node: whatever they are
 * @param nth which of the calls with this name and these arguments, from 1; 0: each of them
 * @param answers in the order of the calls; the last one repeats
 */
record MockRule(String call, JsonNode arguments, int nth, List<MockAnswer> answers) {

    MockRule {
        answers = List.copyOf(answers);
    }

    /** Whether it is for such a call, whichever of them. */
    boolean isFor(MockedCall made) {
        return made.isNamed(call)
                && (arguments.isMissingNode()
                        || JsonPart.isIn(arguments, made.arguments())
                        || JsonPart.isIn(arguments, made.shown()));
    }

    /** @param position how many calls it has answered before */
    MockAnswer answer(int position) {
        return answers.get(Math.min(position, answers.size() - 1));
    }
}
