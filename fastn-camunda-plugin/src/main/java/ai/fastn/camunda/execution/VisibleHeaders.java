package ai.fastn.camunda.execution;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What of a request's headers becomes {@code ctx.headers}: names in lower case, in alphabetical order, and none that
 * lets somebody in. A header that occurs in several spellings is joined by a comma, as HTTP does.
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

    private static boolean isCredential(String name) {
        String letters = name.toLowerCase(Locale.ROOT).replaceAll("[-_.]", "");
        return CREDENTIALS.stream().anyMatch(letters::contains);
    }
}
