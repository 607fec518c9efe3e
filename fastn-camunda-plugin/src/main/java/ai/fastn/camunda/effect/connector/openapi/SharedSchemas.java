package ai.fastn.camunda.effect.connector.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;

/** Names what references lead to, and remembers what of it is still to be converted. */
final class SharedSchemas {

    private static final String COMPONENTS = "#/components/schemas/";

    private final ApiDocument document;
    private final Warnings warnings;
    private final Map<String, String> names = new HashMap<>();
    private final Set<String> taken = new HashSet<>();
    private final Queue<Waiting> waiting = new ArrayDeque<>();

    SharedSchemas(ApiDocument document, Warnings warnings) {
        this.document = document;
        this.warnings = warnings;
    }

    /** A schema that something refers to and that is not converted yet. */
    record Waiting(String name, JsonNode schema, String place) {}

    /** The name of the schema that a reference leads to in the end; empty, with a warning, where there is none. */
    Optional<String> nameOf(String reference, String place) {
        String known = names.get(reference);
        if (known != null) {
            return Optional.of(known);
        }
        JsonNode schema = document.target(reference);
        try {
            document.resolve(schema, place);
        } catch (NotCarriedException e) {
            warnings.add(place, "is not described: " + e.getMessage());
            return Optional.empty();
        }
        if (!schema.isObject() && !schema.isBoolean()) {
            warnings.add(place, "is not described: it refers to \"" + reference + "\", which is not a schema");
            return Optional.empty();
        }
        String name = unique(reference);
        names.put(reference, name);
        waiting.add(new Waiting(
                name, schema, reference.substring(1).replaceFirst("^/", "").replace('/', '.')));
        return Optional.of(name);
    }

    Optional<Waiting> next() {
        return Optional.ofNullable(waiting.poll());
    }

    private String unique(String reference) {
        String path = reference.startsWith(COMPONENTS)
                ? reference.substring(COMPONENTS.length())
                : reference.replaceFirst("^#/?", "");
        String wanted = path.replaceAll("[^A-Za-z0-9._-]+", "_");
        String name = wanted.isEmpty() ? "document" : wanted;
        for (int number = 2; !taken.add(name); number++) {
            name = wanted + "_" + number;
        }
        return name;
    }
}
