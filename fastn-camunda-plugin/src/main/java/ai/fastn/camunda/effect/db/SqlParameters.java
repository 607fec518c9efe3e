package ai.fastn.camunda.effect.db;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Parameters as texts without a type, so that PostgreSQL gives them the type of the place where they stand, as
 * node-postgres does.
 */
final class SqlParameters {

    private SqlParameters() {}

    /** One text per parameter, empty for null. */
    static List<Optional<String>> texts(JsonNode parameters) {
        if (parameters.isMissingNode() || parameters.isNull()) {
            return List.of();
        }
        if (!parameters.isArray()) {
            throw SqlGate.refused("its parameters are not an array");
        }
        List<Optional<String>> texts = new ArrayList<>();
        for (JsonNode parameter : parameters) {
            Optional<String> text = text(parameter);
            text.ifPresent(value -> SqlGate.requireCharacters(value, "parameter $" + (texts.size() + 1)));
            texts.add(text);
        }
        return texts;
    }

    private static Optional<String> text(JsonNode value) {
        if (value.isNull()) {
            return Optional.empty();
        }
        return Optional.of(value.isArray() ? array(value) : scalar(value));
    }

    private static String scalar(JsonNode value) {
        if (!value.isObject()) {
            return value.asText();
        }
        if (value.has("date")) {
            return value.get("date").asText();
        }
        if (value.has("bigint")) {
            return value.get("bigint").asText();
        }
        if (value.has("bytes")) {
            return "\\x"
                    + HexFormat.of()
                            .formatHex(Base64.getDecoder()
                                    .decode(value.get("bytes").asText()));
        }
        return value.path("json").toString();
    }

    private static String array(JsonNode items) {
        return StreamSupport.stream(items.spliterator(), false)
                .map(SqlParameters::item)
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String item(JsonNode item) {
        if (item.isNull()) {
            return "NULL";
        }
        if (item.isArray()) {
            return array(item);
        }
        return "\"" + scalar(item).replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
