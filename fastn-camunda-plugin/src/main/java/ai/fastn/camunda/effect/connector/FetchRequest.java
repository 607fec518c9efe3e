package ai.fastn.camunda.effect.connector;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.message.BasicHeader;
import org.apache.hc.core5.net.PercentCodec;

/**
 * One request of {@code fetch}, as the guest gives it.
 *
 * @param redirect follow, error or manual
 * @param timeout what {@code AbortSignal.timeout} says; empty where it says nothing
 */
record FetchRequest(
        String method,
        URI url,
        List<Header> headers,
        Optional<byte[]> body,
        String redirect,
        Optional<Duration> timeout) {

    /** What a URL of the web may hold and a URI of Java may not. */
    private static final Pattern NOT_IN_URI = Pattern.compile("[^A-Za-z0-9._~:/?\\[\\]@!$&'()*+,;=%-]");

    /** Headers that belong to the connection: dropped, as browsers do. */
    private static final Set<String> OF_THE_CONNECTION = Set.of(
            "host",
            "connection",
            "keep-alive",
            "content-length",
            "transfer-encoding",
            "te",
            "trailer",
            "upgrade",
            "expect",
            "proxy-authorization",
            "proxy-connection",
            "accept-encoding");

    /** Headers that are meant for one host only. */
    private static final Set<String> CONFIDENTIAL = Set.of("authorization", "cookie");

    static FetchRequest of(JsonNode arguments) {
        JsonNode timeout = arguments.path("timeoutMs");
        return new FetchRequest(
                arguments.path("method").asText(),
                uri(arguments.path("url").asText()),
                headers(arguments.path("headers")),
                body(arguments.path("body")),
                arguments.path("redirect").asText(),
                timeout.isNumber() ? Optional.of(Duration.ofMillis(Math.max(1, timeout.asLong()))) : Optional.empty());
    }

    private static URI uri(String text) {
        int fragment = text.indexOf('#');
        String plain = fragment < 0 ? text : text.substring(0, fragment);
        try {
            return new URI(NOT_IN_URI
                    .matcher(plain)
                    .replaceAll(match -> PercentCodec.encode(match.group(), StandardCharsets.UTF_8)));
        } catch (URISyntaxException e) {
            throw new FastnException(ErrorCode.FETCH_FAILED, "the address is not a URL", e);
        }
    }

    private static List<Header> headers(JsonNode pairs) {
        List<Header> headers = new ArrayList<>();
        for (JsonNode pair : pairs) {
            String name = pair.path(0).asText();
            if (!OF_THE_CONNECTION.contains(name)) {
                headers.add(new BasicHeader(name, pair.path(1).asText()));
            }
        }
        return headers;
    }

    private static Optional<byte[]> body(JsonNode body) {
        if (body.has("text")) {
            return Optional.of(body.path("text").asText().getBytes(StandardCharsets.UTF_8));
        }
        return body.has("bytes")
                ? Optional.of(Base64.getDecoder().decode(body.path("bytes").asText()))
                : Optional.empty();
    }

    boolean has(String header) {
        return headers.stream().anyMatch(each -> each.getName().equalsIgnoreCase(header));
    }

    /** What is asked for at another place, after an answer with that status has named it. */
    FetchRequest redirected(int status, URI next) {
        boolean asGet = status == 303 ? !isReading() : (status == 301 || status == 302) && method.equals("POST");
        List<Header> kept = headers.stream()
                .filter(header ->
                        !asGet || !header.getName().toLowerCase(Locale.ROOT).startsWith("content-"))
                .filter(header -> isSameOrigin(next)
                        || !CONFIDENTIAL.contains(header.getName().toLowerCase(Locale.ROOT)))
                .toList();
        return new FetchRequest(asGet ? "GET" : method, next, kept, asGet ? Optional.empty() : body, redirect, timeout);
    }

    private boolean isReading() {
        return method.equals("GET") || method.equals("HEAD");
    }

    private boolean isSameOrigin(URI other) {
        return url.getScheme().equalsIgnoreCase(other.getScheme())
                && url.getHost().equalsIgnoreCase(other.getHost())
                && EgressGuard.portOf(url) == EgressGuard.portOf(other);
    }
}
