package ai.fastn.camunda.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Clock and random values of one run, equal ones in a row as one: those recorded, and the fresh ones not written yet.
 */
final class RecordedValues {

    private final List<Value> recorded = new ArrayList<>();
    private ArrayNode fresh = Json.MAPPER.createArrayNode();
    private int freshFrom;
    private int read;

    /** Takes a written batch; {@code from} is the number of its first value. */
    void recorded(int from, JsonNode batch) {
        truncate(from);
        for (int i = 0; i + 2 < batch.size(); i += 3) {
            recorded.add(
                    new Value(batch.get(i), batch.get(i + 1), batch.get(i + 2).asInt()));
        }
        freshFrom = count();
    }

    private int count() {
        return recorded.stream().mapToInt(Value::times).sum();
    }

    /** Forgets the values from number {@code length} on. */
    void truncate(int length) {
        int surplus = count() - length;
        while (surplus > 0) {
            Value last = recorded.remove(recorded.size() - 1);
            if (last.times() > surplus) {
                recorded.add(last.times(last.times() - surplus));
            }
            surplus -= last.times();
        }
        freshFrom = count();
    }

    /** The recorded values from number {@code from} on, as {@code [kind, value, times, ...]}. */
    String from(int from) {
        ArrayNode result = Json.MAPPER.createArrayNode();
        int at = 0;
        for (Value value : recorded) {
            int left = Math.min(value.times(), at + value.times() - from);
            if (left > 0) {
                result.add(value.kind()).add(value.value()).add(left);
            }
            at += value.times();
        }
        read = from;
        return result.toString();
    }

    void fresh(JsonNode values, int readInAll) {
        values.forEach(fresh::add);
        read = readInAll;
    }

    /** How many values the run has read in all. */
    int read() {
        return read;
    }

    /** What is not written yet; empties it. */
    Optional<Fresh> takeFresh() {
        if (fresh.isEmpty()) {
            return Optional.empty();
        }
        Fresh taken = new Fresh(freshFrom, fresh.toString());
        fresh = Json.MAPPER.createArrayNode();
        freshFrom = read;
        return Optional.of(taken);
    }

    /** Values to write and the number of the first. */
    record Fresh(int from, String json) {}

    /** One value that was read several times in a row. */
    private record Value(JsonNode kind, JsonNode value, int times) {
        Value times(int other) {
            return new Value(kind, value, other);
        }
    }
}
