package ai.fastn.camunda.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;

/**
 * Who gets the places that are free: the tenant that holds fewest, of those the one whose last turn is longest ago. One
 * place more than there are is for a tenant that holds none, so that nobody waits for another tenant's long job.
 */
final class Turns {

    /** Places beyond the agreed number. */
    static final int SPARE = 1;

    private final int places;
    private final Map<String, Integer> held;
    private final Map<String, Long> lastTurn;
    private int used;

    /**
     * @param held places by tenant
     * @param lastTurn number of the last turn by tenant
     */
    Turns(int places, Map<String, Integer> held, Map<String, Long> lastTurn) {
        this.places = places;
        this.held = new HashMap<>(held);
        this.lastTurn = lastTurn;
        this.used = held.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** How many may still get a place. */
    int room() {
        return Math.max(0, places + SPARE - used);
    }

    /** Takes the first of each queue in turn, as long as there is a place for it. */
    <T, Q extends Queue<T>> List<T> take(Map<String, Q> byTenant) {
        List<T> taken = new ArrayList<>();
        for (var next = next(byTenant); next.isPresent(); next = next(byTenant)) {
            taken.add(next.get().getValue().remove());
            held.merge(next.get().getKey(), 1, Integer::sum);
            used++;
        }
        return taken;
    }

    private <T, Q extends Queue<T>> Optional<Map.Entry<String, Q>> next(Map<String, Q> byTenant) {
        return byTenant.entrySet().stream()
                .filter(each -> !each.getValue().isEmpty() && admits(each.getKey()))
                .min(Comparator.<Map.Entry<String, Q>>comparingInt(each -> heldBy(each.getKey()))
                        .thenComparingLong(each -> lastTurnOf(each.getKey())));
    }

    private boolean admits(String tenant) {
        return used < places || (used < places + SPARE && heldBy(tenant) == 0);
    }

    private int heldBy(String tenant) {
        return held.getOrDefault(tenant, 0);
    }

    private long lastTurnOf(String tenant) {
        return lastTurn.getOrDefault(tenant, 0L);
    }
}
