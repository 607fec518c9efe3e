package ai.fastn.camunda.runtime;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * The one place that says what of a request's headers becomes {@code ctx.headers}: names in lower case, in alphabetical
 * order, and none that lets somebody in. A header that occurs in several spellings is joined by a comma, as HTTP does.
 */
public final class VisibleHeaders {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** A name with one of these in it, hyphens and underscores aside, carries a credential. */
    private static final List<String> CREDENTIALS = List.of(
            "authorization",
            "authentication",
            "cookie",
            "apikey",
            "accesskey",
            "accesstoken",
            "authtoken",
            "sessiontoken",
            "securitytoken",
            "csrftoken",
            "xsrftoken",
            "password",
            "secret");

    private VisibleHeaders() {}

    /** The JSON object for {@code ctx.headers}. */
    public static String json(Map<String, String> headers) {
        Map<String, String> visible = new TreeMap<>();
        headers.forEach((name, value) -> {
            if (!isCredential(name)) {
                visible.merge(name.toLowerCase(Locale.ROOT), value, (one, other) -> one + ", " + other);
            }
        });
        try {
            return JSON.writeValueAsString(visible);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("bug: headers can not be written as JSON", e);
        }
    }

    /**
     * The same of headers that are a JSON object already, as a native start brings them: a value that is no text
     * becomes one.
     */
    public static String json(JsonNode headers) {
        Map<String, String> texts = new LinkedHashMap<>();
        headers.properties().forEach(header -> texts.put(header.getKey(), text(header.getValue())));
        return json(texts);
    }

    private static String text(JsonNode value) {
        if (value.isArray()) {
            return StreamSupport.stream(value.spliterator(), false)
                    .map(VisibleHeaders::text)
                    .collect(Collectors.joining(", "));
        }
        return value.isValueNode() ? value.asText() : value.toString();
    }

    private static boolean isCredential(String name) {
        String letters = name.toLowerCase(Locale.ROOT).replaceAll("[-_.]", "");
        return CREDENTIALS.stream().anyMatch(letters::contains);
    }
}
