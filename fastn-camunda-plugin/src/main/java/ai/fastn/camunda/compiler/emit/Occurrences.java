package ai.fastn.camunda.compiler.emit;

import ai.fastn.camunda.compiler.slice.Place;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Counts how often something is meant: by the places in the source, and at each place by the copies that a helper's
 * calls make of it. The second place gets {@code _2}, the second copy {@code _copy_2}. All is added before the first id
 * is asked for.
 */
final class Occurrences {

    /**
     * Something that is meant once or more.
     *
     * @param place where; none for what the author did not write
     */
    private record Site(String meaning, Optional<Place> place) {}

    private final Map<String, SortedSet<Place>> places = new HashMap<>();
    private final Map<Site, SortedSet<Integer>> copies = new HashMap<>();

    /** How many places or copies come before each; counted once, for a long workflow has thousands of equal ones. */
    private final Map<Object, Map<Object, Integer>> ranks = new HashMap<>();

    /** What counts although nothing is called after it. */
    void add(String meaning, Place place) {
        places.computeIfAbsent(meaning, any -> new TreeSet<>()).add(place);
    }

    /** @param order the rank among the copies */
    void add(String meaning, Optional<Place> place, int order) {
        place.ifPresent(where -> add(meaning, where));
        copies.computeIfAbsent(new Site(meaning, place), any -> new TreeSet<>()).add(order);
    }

    /** What leads to something that is asked again and again has as many copies, of ranks of their own. */
    void addWaysInto(String meaning, Place place, int order) {
        add(meaning, place);
        copies.computeIfAbsent(waysInto(meaning, place), any -> new TreeSet<>()).add(order);
    }

    String id(String meaning, Optional<Place> place, int order) {
        return id(meaning, new Site(meaning, place), order);
    }

    String idOfWaysInto(String meaning, Place place, int order) {
        return id(meaning, waysInto(meaning, place), order);
    }

    private static Site waysInto(String meaning, Place place) {
        return new Site("ways into " + meaning, Optional.of(place));
    }

    private String id(String meaning, Site site, int order) {
        int copy = rank(site, copies.getOrDefault(site, new TreeSet<>()), order);
        if (site.place().isEmpty()) {
            return numbered(meaning, "_", copy);
        }
        int earlier = rank(
                meaning,
                places.getOrDefault(meaning, new TreeSet<>()),
                site.place().get());
        return numbered(numbered(meaning, "_", earlier), "_copy_", copy);
    }

    private int rank(Object of, SortedSet<?> all, Object wanted) {
        return ranks.computeIfAbsent(of, any -> ranks(all)).getOrDefault(wanted, 0);
    }

    private static Map<Object, Integer> ranks(SortedSet<?> all) {
        Map<Object, Integer> ranks = new HashMap<>();
        all.forEach(each -> ranks.put(each, ranks.size()));
        return ranks;
    }

    private static String numbered(String id, String link, int earlier) {
        return earlier == 0 ? id : id + link + (earlier + 1);
    }
}
