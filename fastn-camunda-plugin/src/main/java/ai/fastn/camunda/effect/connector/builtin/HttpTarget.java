package ai.fastn.camunda.effect.connector.builtin;

import ai.fastn.camunda.effect.connector.Credentials;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.regex.Pattern;
import org.apache.hc.core5.net.PercentCodec;
import org.jspecify.annotations.Nullable;

/**
 * Where a call of {@code http} goes, and what it shows there.
 *
 * @param headers that show who calls
 * @param isOfConnection whether this is the host of the connection, which alone sees its credentials
 */
record HttpTarget(URI url, Map<String, String> headers, boolean isOfConnection) {

    private static final Pattern ABSOLUTE = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:.*", Pattern.DOTALL);

    /** CONNECTOR_INPUT for what is no URL, or a relative one without a connection. */
    static HttpTarget of(Input input, Credentials credentials) {
        @Nullable String base = credentials.settings().get("baseUrl");
        URI url = uri(whole(input.text("url"), base), input.members().path("query"));
        if (base == null || !isSameOrigin(URI.create(base), url)) {
            return new HttpTarget(url, Map.of(), false);
        }
        Pairs pairs = new Pairs();
        credentials.query().forEach(pairs::add);
        return new HttpTarget(parsed(url + pairs.after(url.toString())), credentials.headers(), true);
    }

    private static String whole(String url, @Nullable String base) {
        if (ABSOLUTE.matcher(url).matches()) {
            return url;
        }
        if (base == null) {
            throw Input.wrong("url has no scheme, and there is no connection with a baseUrl that it could continue");
        }
        String start = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
        return start + (url.startsWith("/") || url.startsWith("?") ? "" : "/") + url;
    }

    private static URI uri(String url, JsonNode query) {
        Pairs pairs = new Pairs();
        query.properties()
                .forEach(entry -> values(entry.getValue()).forEach(value -> pairs.add(entry.getKey(), value)));
        URI full = parsed(url + pairs.after(url));
        if (full.getRawFragment() != null) {
            throw Input.wrong("url has a part behind \"#\", which is never sent");
        }
        return full;
    }

    private static URI parsed(String url) {
        try {
            return new URI(url);
        } catch (URISyntaxException e) {
            throw Input.wrong("url is not a URL at position " + e.getIndex());
        }
    }

    private static List<String> values(JsonNode value) {
        return value.isArray()
                ? new Input(JsonNodeFactory.instance.objectNode().set("values", value)).texts("values")
                : value.isNull() ? List.of() : List.of(value.asText());
    }

    private static boolean isSameOrigin(URI base, URI url) {
        return base.getScheme().equalsIgnoreCase(url.getScheme())
                && base.getHost().equalsIgnoreCase(url.getHost())
                && port(base) == port(url);
    }

    private static int port(URI url) {
        return url.getPort() >= 0 ? url.getPort() : "https".equalsIgnoreCase(url.getScheme()) ? 443 : 80;
    }

    /** Pairs of a query, encoded. */
    private static final class Pairs {

        private final StringJoiner pairs = new StringJoiner("&");

        void add(String name, String value) {
            pairs.add(encode(name) + "=" + encode(value));
        }

        /** With what stands between a URL and more of its query. */
        String after(String url) {
            return pairs.length() == 0 ? "" : (url.contains("?") ? "&" : "?") + pairs;
        }

        private static String encode(String text) {
            return PercentCodec.encode(text, StandardCharsets.UTF_8);
        }
    }
}
