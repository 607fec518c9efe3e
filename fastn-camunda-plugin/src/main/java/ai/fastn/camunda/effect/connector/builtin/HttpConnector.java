package ai.fastn.camunda.effect.connector.builtin;

import ai.fastn.camunda.effect.connector.ActionCall;
import ai.fastn.camunda.effect.connector.CallTimeout;
import ai.fastn.camunda.effect.connector.ConnectorDefinition;
import ai.fastn.camunda.effect.connector.Credentials;
import ai.fastn.camunda.effect.connector.CredentialsRefusedException;
import ai.fastn.camunda.effect.connector.HttpErrorException;
import ai.fastn.camunda.effect.connector.HttpRequests;
import ai.fastn.camunda.effect.connector.JavaAction;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
            throws IOException, InterruptedException, HttpErrorException, CredentialsRefusedException {
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
        HttpTarget target = HttpTarget.of(input, call.credentials());
        target.headers().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
        HttpRequests.Request request = new HttpRequests.Request(
                method,
                target.url(),
                headers,
                body.map(text -> text.getBytes(StandardCharsets.UTF_8)),
                times(input, call));
        try {
            return result(requests.send(request));
        } catch (HttpErrorException e) {
            if (target.isOfConnection() && e.status() == 401) {
                throw refused(request, e);
            }
            throw e;
        }
    }

    private static CredentialsRefusedException refused(HttpRequests.Request request, HttpErrorException e) {
        return new CredentialsRefusedException(
                new Credentials.Rejected(request.method(), request.url(), e.challenge()), e);
    }

    private static CallTimeout times(Input input, ActionCall call) {
        Duration total = input.timeout(LONGEST, call.scope().remaining());
        CallTimeout usual = CallTimeout.of(total);
        return input.members().has("connectTimeoutMs")
                ? new CallTimeout(Duration.ofMillis(input.number("connectTimeoutMs", 0)), total)
                : usual;
    }

    private static JsonNode result(HttpRequests.Answer answer) {
        ObjectNode result = JSON.createObjectNode().put("status", answer.status());
        result.put("contentType", answer.contentType().orElse(null));
        result.set("headers", headers(answer));
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

    /** Cookies hold commas, so that only they are a list. */
    private static ObjectNode headers(HttpRequests.Answer answer) {
        ObjectNode headers = JSON.createObjectNode();
        answer.headers().forEach((name, values) -> {
            if (name.equals("set-cookie")) {
                values.forEach(headers.withArray(name)::add);
            } else {
                headers.put(name, String.join(", ", values));
            }
        });
        return headers;
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
}
