package ai.fastn.camunda.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** The pieces of code that ran since the base, in order, with the number of the first call each could make. */
final class Path {

    private final List<Passed> entries = new ArrayList<>();
    private final List<Integer> firstCalls = new ArrayList<>();

    /**
     * A path as a checkpoint keeps it.
     *
     * @param epochs the retries that brought the run here; what the journal says of others never came to hold
     */
    record Stored(List<Integer> epochs, List<Passed> entries) {

        static Stored of(String json) {
            JsonNode node = Json.read(json);
            List<Integer> epochs = new ArrayList<>();
            node.path("epochs").forEach(epoch -> epochs.add(epoch.asInt()));
            List<Passed> entries = new ArrayList<>();
            node.path("path").forEach(entry -> entries.add(Passed.of(entry)));
            return new Stored(epochs, entries);
        }
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

    String json(List<Integer> epochs) {
        ObjectNode stored = Json.MAPPER.createObjectNode();
        ArrayNode numbers = stored.putArray("epochs");
        epochs.forEach(numbers::add);
        ArrayNode array = stored.putArray("path");
        entries.forEach(entry -> entry.addTo(array));
        return stored.toString();
    }
}
