package ai.fastn.camunda.effect.state;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.effect.EffectRequest;
import ai.fastn.camunda.effect.EffectScope;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * One checked call of a {@code fastn.state} function.
 *
 * @param function what to do
 * @param execution the run for scope INVOCATION, empty text for ORG
 * @param value JSON text to store; for INCREMENT the number to add
 * @param ttl time to live of a value that is stored anew
 */
record StateCall(Function function, String key, String execution, String value, Optional<Duration> ttl) {

    /** What there is. */
    enum Function {
        GET,
        SET,
        DELETE,
        SET_IF_ABSENT,
        INCREMENT
    }

    static final int LONGEST_KEY = 512;
    static final int LARGEST_VALUE_BYTES = 1_048_576;

    /** Ten years; what lives longer needs no expiry. */
    static final long LONGEST_TTL_SECONDS = 315_360_000;

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    /** Lone surrogates can not be stored as they are. */
    private static final ObjectMapper ASCII =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    /**
     * Reads a call.
     *
     * @throws FastnException STATE_ARGUMENT
     */
    static StateCall of(EffectRequest request, EffectScope scope) {
        Function function = function(request.name());
        JsonNode arguments = parse(request);
        return new StateCall(
                function,
                key(arguments.path("key")),
                execution(arguments.path("scope"), scope),
                valueFor(function, arguments),
                ttl(arguments.path("ttl")));
    }

    static Function function(String name) {
        return switch (name) {
            case "state.get" -> Function.GET;
            case "state.set" -> Function.SET;
            case "state.delete" -> Function.DELETE;
            case "state.setIfAbsent" -> Function.SET_IF_ABSENT;
            case "state.increment" -> Function.INCREMENT;
            default ->
                throw refused(
                        "fastn." + name + " is not a function; there are get, set, delete, setIfAbsent and increment");
        };
    }

    private static JsonNode parse(EffectRequest request) {
        try {
            return JSON.readTree(request.arguments());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("bug: arguments of " + request.name() + " are not JSON", e);
        }
    }

    private static String key(JsonNode key) {
        if (!key.isTextual()) {
            throw refused("key of a state value is not a string");
        }
        String text = key.textValue();
        if (text.isEmpty() || text.length() > LONGEST_KEY) {
            throw refused("key of a state value has " + text.length() + " characters; allowed are 1 to " + LONGEST_KEY);
        }
        if (text.indexOf('\0') >= 0 || !isWellFormed(text)) {
            throw refused("key of a state value holds a NUL character or half a surrogate pair");
        }
        return text;
    }

    private static String execution(JsonNode scope, EffectScope call) {
        if (scope.isMissingNode() || scope.isNull() || scope.asText().equals("ORG")) {
            return "";
        }
        if (scope.asText().equals("INVOCATION")) {
            return call.execution().value();
        }
        throw refused("scope of a state value is neither \"ORG\" nor \"INVOCATION\"");
    }

    private static String valueFor(Function function, JsonNode arguments) {
        return switch (function) {
            case SET, SET_IF_ABSENT -> value(arguments);
            case INCREMENT -> StateNumber.toAdd(arguments.path("value"));
            case GET, DELETE -> "";
        };
    }

    private static String value(JsonNode arguments) {
        JsonNode value = arguments.path("value");
        if (value.isMissingNode()) {
            throw refused("value of state key \"" + arguments.path("key").asText()
                    + "\" is undefined; store null, or call delete");
        }
        String text = write(value);
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > LARGEST_VALUE_BYTES) {
            throw refused("value of state key \"" + arguments.path("key").asText() + "\" has " + bytes
                    + " bytes as JSON; at most " + LARGEST_VALUE_BYTES + " bytes can be stored");
        }
        return text;
    }

    private static String write(JsonNode value) {
        try {
            String text = JSON.writeValueAsString(value);
            return isWellFormed(text) ? text : ASCII.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("bug: a JSON tree can not be written", e);
        }
    }

    private static Optional<Duration> ttl(JsonNode ttl) {
        if (ttl.isMissingNode() || ttl.isNull()) {
            return Optional.empty();
        }
        double seconds = ttl.asDouble(-1);
        if (!ttl.isNumber() || seconds <= 0 || seconds > LONGEST_TTL_SECONDS) {
            throw refused("ttl of a state value is not a number of seconds above 0 and up to " + LONGEST_TTL_SECONDS);
        }
        return Optional.of(Duration.ofMillis(Math.max(1, Math.round(seconds * 1000))));
    }

    private static boolean isWellFormed(String text) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    static FastnException refused(String message) {
        return new FastnException(ErrorCode.STATE_ARGUMENT, message);
    }
}
