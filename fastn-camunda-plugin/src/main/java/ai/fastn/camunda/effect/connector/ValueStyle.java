package ai.fastn.camunda.effect.connector;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * How a member of the input becomes {@code name=value} pairs of a query or a form, in OpenAPI's words.
 *
 * @param explode whether a list is several pairs, and an object one pair for each of its properties
 */
record ValueStyle(Form form, boolean explode) {

    /** A list is several pairs of one name, an object is one pair with its JSON. */
    static final ValueStyle PLAIN = new ValueStyle(Form.PLAIN, true);

    /** Which signs separate the parts. */
    enum Form {
        PLAIN(""),
        FORM(","),
        SPACE_DELIMITED(" "),
        PIPE_DELIMITED("|"),
        DEEP_OBJECT(""),
        JSON("");

        private final String separator;

        Form(String separator) {
            this.separator = separator;
        }
    }

    /** One pair; a value of several parts is joined after each part was encoded, by a sign that stays what it is. */
    record Pair(String name, List<String> parts, String separator) {

        /** {@code name=value} for a query. */
        String encoded(UnaryOperator<String> encoding) {
            String between = separator.equals(",") ? "," : encoding.apply(separator);
            return encoding.apply(name) + "=" + parts.stream().map(encoding).collect(Collectors.joining(between));
        }
    }

    /** The pairs of a value; null has none. */
    List<Pair> pairs(String name, JsonNode value) {
        if (value.isMissingNode() || value.isNull()) {
            return List.of();
        }
        return switch (form) {
            case JSON -> List.of(pair(name, value.toString()));
            case PLAIN -> plain(name, value);
            case DEEP_OBJECT -> deep(name, value);
            case FORM, SPACE_DELIMITED, PIPE_DELIMITED -> separated(name, value);
        };
    }

    private static List<Pair> plain(String name, JsonNode value) {
        return value.isArray()
                ? items(name, value).stream().map(item -> pair(name, item)).toList()
                : List.of(pair(name, ConnectorInput.text(name, value)));
    }

    private List<Pair> separated(String name, JsonNode value) {
        if (value.isArray()) {
            return explode ? plain(name, value) : joined(name, items(name, value));
        }
        if (!value.isObject()) {
            return plain(name, value);
        }
        List<Pair> pairs = new ArrayList<>();
        List<String> parts = new ArrayList<>();
        value.properties().forEach(property -> {
            if (!property.getValue().isNull()) {
                String text = ConnectorInput.text(name, property.getValue());
                pairs.add(pair(property.getKey(), text));
                parts.add(property.getKey());
                parts.add(text);
            }
        });
        return explode ? pairs : joined(name, parts);
    }

    private List<Pair> joined(String name, List<String> parts) {
        return parts.isEmpty() ? List.of() : List.of(new Pair(name, parts, form.separator));
    }

    /** {@code filter[price][from]=1}; a list counts: {@code tags[0]=a}. */
    private static List<Pair> deep(String name, JsonNode value) {
        List<Pair> pairs = new ArrayList<>();
        if (value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                pairs.addAll(deep(name + "[" + i + "]", value.get(i)));
            }
        } else if (value.isObject()) {
            value.properties()
                    .forEach(property -> pairs.addAll(deep(name + "[" + property.getKey() + "]", property.getValue())));
        } else if (!value.isNull()) {
            pairs.add(pair(name, ConnectorInput.text(name, value)));
        }
        return pairs;
    }

    private static List<String> items(String name, JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .filter(item -> !item.isNull())
                .map(item -> ConnectorInput.text(name, item))
                .toList();
    }

    private static Pair pair(String name, String value) {
        return new Pair(name, List.of(value), "");
    }
}
