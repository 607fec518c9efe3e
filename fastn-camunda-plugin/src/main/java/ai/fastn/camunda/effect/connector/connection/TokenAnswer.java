package ai.fastn.camunda.effect.connector.connection;

import ai.fastn.camunda.effect.connector.GuardedRequests;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The answer of a token endpoint, whatever it says it is: JSON or a form; some say {@code ok: false} with status 200,
 * others leave out the token type or write numbers as text.
 */
record TokenAnswer(int status, JsonNode body) {

    private static final ObjectMapper JSON = new ObjectMapper();

    static TokenAnswer of(GuardedRequests.Answer answer) {
        return new TokenAnswer(answer.status(), parsed(answer.text().strip()));
    }

    /** Whether it is worth asking again later. */
    boolean isTransient() {
        return status == 408 || status == 429 || status >= 500;
    }

    /** Why there is no token: an error code that may be shown; empty: there is one. */
    Optional<String> error(String tokenPath) {
        boolean good = status >= 200 && status < 300 && !isFalse(body.path("ok"));
        if (good && text(tokenPath).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(text("error")
                .filter(code -> code.matches("[A-Za-z0-9_.-]{1,60}"))
                .orElse(good ? "an answer without a token" : "status " + status));
    }

    /** A member by its path, as text. */
    Optional<String> text(String path) {
        JsonNode node = body;
        for (String name : path.split("\\.", -1)) {
            node = node.path(name);
        }
        return node.isValueNode() && !node.isNull() && !node.asText().isBlank()
                ? Optional.of(node.asText())
                : Optional.empty();
    }

    /** A member that stands beside the token, or else at the top. */
    Optional<String> beside(String tokenPath, String name) {
        int end = tokenPath.lastIndexOf('.');
        return end < 0
                ? text(name)
                : text(tokenPath.substring(0, end + 1) + name).or(() -> text(name));
    }

    /** What it gives; only where there is no error. */
    Tokens tokens(String tokenPath, Optional<String> accountPath, Optional<Duration> usualLifetime) {
        return new Tokens(
                text(tokenPath).orElseThrow(),
                beside(tokenPath, "refresh_token"),
                beside(tokenPath, "expires_in").flatMap(TokenAnswer::seconds).or(() -> usualLifetime),
                beside(tokenPath, "scope")
                        .map(text -> Arrays.stream(text.split("[ ,]+", -1))
                                .filter(scope -> !scope.isBlank())
                                .toList()),
                accountPath.flatMap(this::text));
    }

    private static Optional<Duration> seconds(String text) {
        return text.matches("[0-9]{1,10}(\\.[0-9]+)?") && !text.matches("0+(\\.0+)?")
                ? Optional.of(Duration.ofSeconds((long) Double.parseDouble(text)))
                : Optional.empty();
    }

    private static boolean isFalse(JsonNode node) {
        return node.isBoolean() && !node.booleanValue();
    }

    private static JsonNode parsed(String text) {
        if (text.startsWith("{")) {
            try {
                return JSON.readTree(text);
            } catch (JsonProcessingException e) {
                return MissingNode.getInstance();
            }
        }
        return text.contains("=") && !text.startsWith("<")
                ? form(List.of(text.split("&", -1)))
                : MissingNode.getInstance();
    }

    private static JsonNode form(List<String> pairs) {
        ObjectNode body = JSON.createObjectNode();
        for (String pair : pairs) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                body.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
            }
        }
        return body;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    @Override
    public String toString() {
        return "answer " + status;
    }
}
