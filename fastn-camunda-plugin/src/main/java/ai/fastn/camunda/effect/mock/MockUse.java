package ai.fastn.camunda.effect.mock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * That rules were for a call, as it is on record.
 *
 * @param rules their numbers, from 0
 * @param answeredBy the one that answers
 * @param due when the code gets the answer, where it has to wait
 */
public record MockUse(List<Integer> rules, OptionalInt answeredBy, Optional<Instant> due) {

    public MockUse {
        rules = List.copyOf(rules);
    }

    /** Reads what {@link #text} has written. */
    public static MockUse of(String text) {
        JsonNode node = MockJson.read(text);
        List<Integer> rules = new ArrayList<>();
        node.path("rules").forEach(rule -> rules.add(rule.intValue()));
        return new MockUse(
                rules,
                node.has("by") ? OptionalInt.of(node.path("by").intValue()) : OptionalInt.empty(),
                node.has("due")
                        ? Optional.of(Instant.ofEpochMilli(node.path("due").longValue()))
                        : Optional.empty());
    }

    public String text() {
        ObjectNode node = MockJson.MAPPER.createObjectNode();
        rules.forEach(node.withArray("rules")::add);
        answeredBy.ifPresent(rule -> node.put("by", rule));
        due.ifPresent(time -> node.put("due", time.toEpochMilli()));
        return MockJson.write(node);
    }
}
