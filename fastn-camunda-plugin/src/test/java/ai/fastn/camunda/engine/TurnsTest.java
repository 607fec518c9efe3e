package ai.fastn.camunda.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/** Who gets the places that are free. */
class TurnsTest {

    private final Map<String, Queue<String>> waiting = new LinkedHashMap<>();

    @Test
    void oneTenantAloneGetsAllPlacesAndNotTheSpareOne() {
        queue("big", "1", "2", "3", "4", "5");

        assertThat(turns(3, Map.of(), Map.of())).containsExactly("1", "2", "3");
    }

    @Test
    void tenantsTakeTurns() {
        queue("big", "b1", "b2", "b3", "b4");
        queue("small", "s1", "s2");

        assertThat(turns(4, Map.of(), Map.of())).containsExactly("b1", "s1", "b2", "s2");
    }

    @Test
    void whoHoldsFewestIsNext() {
        queue("big", "b1");
        queue("small", "s1", "s2");

        assertThat(turns(5, Map.of("big", 2), Map.of())).containsExactly("s1", "s2", "b1");
    }

    @Test
    void betweenEqualsTheOneWhoseTurnIsLongestAgoIsNext() {
        queue("big", "b1");
        queue("late", "l1");
        queue("early", "e1");

        assertThat(turns(1, Map.of(), Map.of("big", 9L, "late", 8L, "early", 7L)))
                .containsExactly("e1", "l1");
    }

    @Test
    void theSparePlaceIsForATenantThatHoldsNone() {
        queue("big", "b1");
        queue("small", "s1", "s2");

        assertThat(turns(3, Map.of("big", 3), Map.of())).containsExactly("s1");
    }

    @Test
    void whereTheSparePlaceIsTakenNobodyGetsOne() {
        queue("third", "t1");

        assertThat(turns(3, Map.of("big", 3, "small", 1), Map.of())).isEmpty();
        assertThat(new Turns(3, Map.of("big", 3, "small", 1), Map.of()).room()).isZero();
    }

    private void queue(String tenant, String... jobs) {
        waiting.put(tenant, new ArrayDeque<>(Arrays.asList(jobs)));
    }

    private List<String> turns(int places, Map<String, Integer> held, Map<String, Long> lastTurn) {
        return new Turns(places, held, lastTurn).take(waiting);
    }
}
