package ai.fastn.camunda.engine;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How many places of a tenant are held: in all, of each workflow, with each key. */
final class PlaceCounts {

    private final int perTenant;
    private final Map<List<String>, Integer> held = new HashMap<>();

    /** @param perTenant 0 = no limit */
    PlaceCounts(int perTenant) {
        this.perTenant = perTenant;
    }

    /** @param awaited whether other runs wait for these, which do not count for the tenant then */
    void add(String slug, @Nullable String key, boolean awaited, int runs) {
        held.merge(List.of(), awaited ? 0 : runs, Integer::sum);
        held.merge(List.of(slug), runs, Integer::sum);
        if (key != null) {
            held.merge(List.of(slug, key), runs, Integer::sum);
        }
    }

    /** Counts one more run if none of its limits is reached. */
    boolean admit(
            String slug, @Nullable String key, @Nullable Integer ofWorkflow, @Nullable Integer ofKey, boolean awaited) {
        boolean room = (perTenant == 0 || awaited || count(List.of()) < perTenant)
                && (ofWorkflow == null || count(List.of(slug)) < ofWorkflow)
                && (ofKey == null || key == null || count(List.of(slug, key)) < ofKey);
        if (room) {
            add(slug, key, awaited, 1);
        }
        return room;
    }

    private int count(List<String> what) {
        return held.getOrDefault(what, 0);
    }
}
