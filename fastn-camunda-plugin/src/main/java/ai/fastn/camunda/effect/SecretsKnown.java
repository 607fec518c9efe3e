package ai.fastn.camunda.effect;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The secrets that a run has read, in clear and in memory only: any value it makes may carry them. What is stored of
 * such a value is sealed and has the secrets with it, so that whoever reads it knows what must not leave.
 */
public record SecretsKnown(List<Entry> entries) {

    /** Of a run that has read none. */
    public static final SecretsKnown NONE = new SecretsKnown(List.of());

    private static final ObjectMapper JSON = new ObjectMapper();

    /** One secret: its name, and its value as {@code secrets.get} gave it, which is JSON. */
    public record Entry(String name, String json) {

        @Override
        public String toString() {
            return "secret " + name;
        }
    }

    public SecretsKnown {
        entries = List.copyOf(entries);
    }

    public boolean isEmpty() {
        return entries.isEmpty();
    }

    /** These and those, each once. */
    public SecretsKnown and(SecretsKnown others) {
        return others.isEmpty()
                ? this
                : new SecretsKnown(Stream.concat(entries.stream(), others.entries.stream())
                        .distinct()
                        .toList());
    }

    /** A value with these secrets as one text, to be sealed. */
    public String with(String json) {
        try {
            List<List<String>> pairs = entries.stream()
                    .map(entry -> List.of(entry.name(), entry.json()))
                    .toList();
            return JSON.writeValueAsString(pairs) + "\n" + json;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("bug: names and texts can not be written as JSON");
        }
    }

    /** Takes apart what {@link #with} has made. */
    public static EffectOutcome.Succeeded parse(String text) {
        int end = text.indexOf('\n');
        try {
            return new EffectOutcome.Succeeded(text.substring(end + 1), of(JSON.readTree(text.substring(0, end))));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("bug: a sealed text holds no secrets");
        }
    }

    /** Secrets written as {@code [[name, value as JSON], ...]}. */
    public static SecretsKnown of(JsonNode pairs) {
        return pairs.isEmpty()
                ? NONE
                : new SecretsKnown(StreamSupport.stream(pairs.spliterator(), false)
                        .map(pair ->
                                new Entry(pair.path(0).asText(), pair.path(1).asText()))
                        .toList());
    }
}
