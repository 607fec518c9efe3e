package ai.fastn.camunda.runtime;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** The pieces of code that ran since the base, in order, with the number of the first call each could make. */
final class Path {

    private final List<Passed> entries = new ArrayList<>();
    private final List<Integer> firstCalls = new ArrayList<>();

    static List<Passed> read(String json) {
        List<Passed> entries = new ArrayList<>();
        Json.read(json).forEach(node -> entries.add(Passed.of(node)));
        return entries;
    }

    void add(Passed entry, int firstCall) {
        entries.add(entry);
        firstCalls.add(firstCall);
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    void clear() {
        cut(0);
    }

    /** Forgets the entries from an index on. */
    void cut(int length) {
        entries.subList(length, entries.size()).clear();
        firstCalls.subList(length, firstCalls.size()).clear();
    }

    /** Index of the entry that made a call. */
    OptionalInt indexOfCall(int ordinal) {
        for (int i = firstCalls.size() - 1; i >= 0; i--) {
            if (firstCalls.get(i) <= ordinal) {
                return OptionalInt.of(i);
            }
        }
        return OptionalInt.empty();
    }

    Passed get(int index) {
        return entries.get(index);
    }

    String json() {
        ArrayNode array = Json.MAPPER.createArrayNode();
        entries.forEach(entry -> entry.addTo(array));
        return array.toString();
    }
}
