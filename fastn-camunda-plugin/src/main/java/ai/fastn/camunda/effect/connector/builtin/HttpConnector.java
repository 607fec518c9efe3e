package ai.fastn.camunda.effect.connector.builtin;

import ai.fastn.camunda.effect.connector.ActionCall;
import ai.fastn.camunda.effect.connector.ConnectorDefinition;
import ai.fastn.camunda.effect.connector.HttpErrorException;
import ai.fastn.camunda.effect.connector.HttpRequests;
import ai.fastn.camunda.effect.connector.JavaAction;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hc.core5.net.PercentCodec;

/** {@code fastn.connector.http}: any URL that the egress guard lets pass. */
final class HttpConnector {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final Duration LONGEST = Duration.ofMinutes(2);
    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
    private static final Set<String> OF_THE_CONNECTION =
            Set.of("host", "connection", "content-length", "transfer-encoding", "te", "trailer", "upgrade", "expect");
    private static final Set<String> READING = Set.of("GET", "HEAD");

    private final HttpRequests requests;

    HttpConnector(HttpRequests requests) {
        this.requests = requests;
    }

    ConnectorDefinition definition() {
        Map<String, JavaAction> actions = Stream.of("get", "head", "post", "put", "patch", "delete")
                .collect(Collectors.toMap(Function.identity(), this::action));
        return DefinitionFile.read("http", actions);
    }

    private JavaAction action(String method) {
        return (input, call) -> send(method.toUpperCase(Locale.ROOT), new Input(input), call);
    }

    private JsonNode send(String method, Input input, ActionCall call)
            throws IOException, InterruptedException, HttpErrorException {
        Optional<String> body = body(input);
        Map<String, String> headers = headers(input);
        body.ifPresent(text -> headers.putIfAbsent(
                "content-type",
                input.members().get("body").isTextual()
                        ? "text/plain; charset=utf-8"
                        : "application/json; charset=utf-8"));
        if (!READING.contains(method)) {
            headers.putIfAbsent("idempotency-key", call.scope().idempotencyKey());
        }
        Duration limit = input.timeout(LONGEST, call.scope().remaining());
        return result(requests.send(new HttpRequests.Request(method, url(input), headers, body, limit)));
    }

    private static JsonNode result(HttpRequests.Answer answer) {
        ObjectNode result = JSON.createObjectNode().put("status", answer.status());
        result.put("contentType", answer.contentType().orElse(null));
        if (answer.text().isEmpty()) {
            return result.putNull("body");
        }
        if (answer.isJson()) {
            try {
                return result.set("body", JSON.readTree(answer.text()));
            } catch (JsonProcessingException e) {
                // Says JSON and is not: shown as the text it is.
                return result.put("body", answer.text());
            }
        }
        return result.put("body", answer.text());
    }

    /** Names in lower case, so that none is sent twice. */
    private static Map<String, String> headers(Input input) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("accept", "application/json, text/plain;q=0.9, */*;q=0.1");
        input.textByName("headers").forEach((name, value) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (!HEADER.matcher(name).matches() || OF_THE_CONNECTION.contains(lower)) {
                throw Input.wrong("header \"" + name + "\" can not be set");
            }
            if (!value.chars().allMatch(c -> c >= 0x20 && c < 0x7f)) {
                throw Input.wrong("value for header \"" + name + "\" holds characters that a header can not carry");
            }
            headers.put(lower, value);
        });
        return headers;
    }

    private static Optional<String> body(Input input) {
        JsonNode body = input.members().path("body");
        if (body.isMissingNode()) {
            return Optional.empty();
        }
        return Optional.of(body.isTextual() ? body.textValue() : body.toString());
    }

    private static URI url(Input input) {
        String url = input.text("url");
        StringJoiner query = new StringJoiner("&", url.contains("?") ? "&" : "?", "").setEmptyValue("");
        input.members()
                .path("query")
                .properties()
                .forEach(entry -> values(entry.getValue())
                        .forEach(value -> query.add(encode(entry.getKey()) + "=" + encode(value))));
        try {
            URI full = new URI(url + query);
            if (full.getRawFragment() != null) {
                throw Input.wrong("url has a part behind \"#\", which is never sent");
            }
            return full;
        } catch (URISyntaxException e) {
            throw Input.wrong("url is not a URL at position " + e.getIndex());
        }
    }

    private static List<String> values(JsonNode value) {
        return value.isArray()
                ? new Input(JSON.createObjectNode().set("values", value)).texts("values")
                : value.isNull() ? List.of() : List.of(value.asText());
    }

    private static String encode(String text) {
        return PercentCodec.encode(text, java.nio.charset.StandardCharsets.UTF_8);
    }
}
