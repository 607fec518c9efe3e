package ai.fastn.camunda.effect.connector;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;

/**
 * One POST request that logs in and gives a token.
 *
 * @param url may mention settings of the connection
 * @param form whether the body is sent as a form; otherwise as JSON
 * @param body whose texts may hold {@code {name}}: a secret field or a setting of the connection
 * @param headers whose texts may too
 * @param tokenPath where the token is in the answer: {@code data.token}
 * @param header that carries the token, after the prefix
 * @param lifetime of the token; empty: until the service answers 401
 */
public record LoginRecipe(
        UrlTemplate url,
        boolean form,
        ObjectNode body,
        Map<String, String> headers,
        String tokenPath,
        String header,
        String prefix,
        Optional<Duration> lifetime) {

    public LoginRecipe {
        headers = Map.copyOf(headers);
    }

    /** The fields that body and headers mention. */
    Set<String> names() {
        Set<String> names = new TreeSet<>();
        collect(body, names);
        headers.values().forEach(text -> addNames(text, names));
        return names;
    }

    /** The body with values in it. */
    public ObjectNode body(Map<String, String> values) {
        return (ObjectNode) replaced(body, text -> filled(text, values));
    }

    /** The headers with values in them. */
    public Map<String, String> headers(Map<String, String> values) {
        Map<String, String> filled = new LinkedHashMap<>();
        headers.forEach((name, text) -> filled.put(name, filled(text, values)));
        return filled;
    }

    private static String filled(String text, Map<String, String> values) {
        return UrlTemplate.PLACE
                .matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement(values.getOrDefault(match.group(1), "")));
    }

    private static JsonNode replaced(JsonNode node, UnaryOperator<String> change) {
        if (node instanceof ObjectNode object) {
            ObjectNode copy = object.objectNode();
            object.properties().forEach(each -> copy.set(each.getKey(), replaced(each.getValue(), change)));
            return copy;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode copy = array.arrayNode();
            array.forEach(each -> copy.add(replaced(each, change)));
            return copy;
        }
        return node.isTextual() ? TextNode.valueOf(change.apply(node.textValue())) : node;
    }

    private static void collect(JsonNode node, Set<String> names) {
        if (node.isTextual()) {
            addNames(node.textValue(), names);
        }
        node.forEach(each -> collect(each, names));
    }

    private static void addNames(String text, Set<String> names) {
        UrlTemplate.PLACE.matcher(text).results().forEach(match -> names.add(match.group(1)));
    }
}
