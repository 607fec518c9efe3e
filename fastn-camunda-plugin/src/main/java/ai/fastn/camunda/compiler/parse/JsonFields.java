package ai.fastn.camunda.compiler.parse;

import ai.fastn.camunda.diagnostic.SourceSpan;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The fields of one node of the parser's JSON. */
record JsonFields(JsonNode json) {

    String type() {
        return json.path("type").asText();
    }

    SourceSpan span() {
        return new SourceSpan(json.path("start").asInt(), json.path("end").asInt());
    }

    String text(String field) {
        return json.path(field).asText();
    }

    @Nullable String textOrNull(String field) {
        return json.hasNonNull(field) ? json.get(field).asText() : null;
    }

    boolean is(String field) {
        return json.path(field).asBoolean();
    }

    boolean has(String field) {
        return json.hasNonNull(field);
    }

    JsonFields sub(String field) {
        return new JsonFields(json.path(field));
    }

    <T> T one(String field, Function<JsonFields, T> reader) {
        return reader.apply(sub(field));
    }

    <T> @Nullable T oneOrNull(String field, Function<JsonFields, T> reader) {
        return has(field) ? one(field, reader) : null;
    }

    <T> List<T> many(String field, Function<JsonFields, T> reader) {
        return many(field, reader, end -> {
            throw unknown("null in " + field);
        });
    }

    /** A list in which null stands for a missing element; {@code hole} gets the offset where it is missing. */
    <T> List<T> many(String field, Function<JsonFields, T> reader, Function<Integer, T> hole) {
        List<T> items = new ArrayList<>();
        int end = span().start() + 1;
        for (JsonNode element : json.path(field)) {
            if (element.isNull()) {
                items.add(hole.apply(end));
            } else {
                items.add(reader.apply(new JsonFields(element)));
                end = element.path("end").asInt();
            }
        }
        return items;
    }

    IllegalStateException unknown(String what) {
        return new IllegalStateException("bug: " + what + " in a " + type() + " at offset " + span().start());
    }
}
