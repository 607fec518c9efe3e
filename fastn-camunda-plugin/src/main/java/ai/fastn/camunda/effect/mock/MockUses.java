package ai.fastn.camunda.effect.mock;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Which calls of a run each rule was for, and which it has answered. What a call gets depends on the calls before it
 * only, in the order in which the code made them: it is the same whenever and wherever it is asked.
 */
public final class MockUses {

    private final Map<Integer, List<Long>> matched = new HashMap<>();
    private final Map<Integer, List<Long>> answered = new HashMap<>();

    /** What is known of a call already. */
    public void add(int epoch, int ordinal, MockUse use) {
        long place = place(epoch, ordinal);
        use.rules().forEach(rule -> add(matched, rule, place));
        use.answeredBy().ifPresent(rule -> add(answered, rule, place));
    }

    /** How many calls before this one a rule was for. */
    int matchesBefore(int rule, int epoch, int ordinal) {
        return before(matched, rule, place(epoch, ordinal));
    }

    /** How many calls before this one a rule has answered. */
    int answersBefore(int rule, int epoch, int ordinal) {
        return before(answered, rule, place(epoch, ordinal));
    }

    OptionalInt winner(List<Integer> candidates, Mocks mocks, int epoch, int ordinal) {
        return candidates.stream()
                .mapToInt(Integer::intValue)
                .filter(rule -> {
                    int nth = mocks.rules().get(rule).nth();
                    return nth == 0 || nth == matchesBefore(rule, epoch, ordinal) + 1;
                })
                .findFirst();
    }

    /** A retry makes calls anew, after all others: it has a higher epoch. */
    private static long place(int epoch, int ordinal) {
        return ((long) epoch << Integer.SIZE) + ordinal;
    }

    private static void add(Map<Integer, List<Long>> uses, int rule, long place) {
        List<Long> places = uses.computeIfAbsent(rule, any -> new ArrayList<>());
        int found = Collections.binarySearch(places, place);
        if (found < 0) {
            places.add(-found - 1, place);
        }
    }

    private static int before(Map<Integer, List<Long>> uses, int rule, long place) {
        List<Long> places = uses.getOrDefault(rule, List.of());
        int found = Collections.binarySearch(places, place);
        return found < 0 ? -found - 1 : found;
    }
}
