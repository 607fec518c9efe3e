package ai.fastn.camunda.rest;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.cfg.MutableCoercionConfig;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads request bodies: UTF-8 and JSON to the letter, nothing guessed, nothing converted. */
final class Body {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .withCoercionConfig(LogicalType.Textual, Body::refuseOtherShapes)
            .build();

    private Body() {}

    private static void refuseOtherShapes(MutableCoercionConfig text) {
        text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
    }

    /**
     * The text of a body.
     *
     * @throws FastnException BODY_NOT_JSON where it is no UTF-8
     */
    static String text(byte[] body) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new FastnException(ErrorCode.BODY_NOT_JSON, "body is no UTF-8 text: JSON in UTF-8 is expected", e);
        }
    }

    /**
     * Reads a JSON object.
     *
     * @throws FastnException BODY_NOT_JSON with line and column, or REQUEST_FIELD naming the member
     */
    static <T> T read(byte @Nullable [] body, Class<T> form) {
        if (body == null || body.length == 0) {
            throw new FastnException(ErrorCode.BODY_NOT_JSON, "body is empty: a JSON object is expected");
        }
        try {
            T value = MAPPER.readValue(text(body), form);
            if (value == null) {
                throw new FastnException(ErrorCode.BODY_NOT_JSON, "body is null: a JSON object is expected");
            }
            return value;
        } catch (JsonProcessingException e) {
            throw refused(e);
        }
    }

    /**
     * The headers that the Test panel sends, as sent.
     *
     * @throws FastnException REQUEST_FIELD where a value is no text
     */
    static Map<String, String> headers(String json) {
        try {
            JsonNode object = MAPPER.readTree(json);
            if (!object.isObject()) {
                throw new FastnException(ErrorCode.REQUEST_FIELD, "member \"headers\" is not a JSON object");
            }
            Map<String, String> headers = new LinkedHashMap<>();
            object.properties().forEach(each -> headers.put(each.getKey(), header(each.getKey(), each.getValue())));
            return headers;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("bug: text that was read once can not be read again", e);
        }
    }

    private static String header(String name, JsonNode value) {
        if (!value.isTextual()) {
            throw new FastnException(ErrorCode.REQUEST_FIELD, "member \"headers." + name + "\" is not a string");
        }
        return value.textValue();
    }

    static JsonParser parser(String text) {
        try {
            return MAPPER.createParser(text);
        } catch (IOException e) {
            throw new UncheckedIOException("bug: a text can always be parsed", e);
        }
    }

    /** What the caller is told; the words of the JSON library where they are about JSON, ours where about Java. */
    static FastnException refused(JsonProcessingException e) {
        if (e instanceof UnrecognizedPropertyException unknown) {
            return new FastnException(
                    ErrorCode.REQUEST_FIELD,
                    "member \"" + path(unknown) + "\" is not known; known here: "
                            + unknown.getKnownPropertyIds().stream()
                                    .map(String::valueOf)
                                    .sorted()
                                    .collect(Collectors.joining(", ")),
                    e);
        }
        if (e instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null) {
            return new FastnException(
                    mismatch.getPath().isEmpty() ? ErrorCode.BODY_NOT_JSON : ErrorCode.REQUEST_FIELD,
                    (mismatch.getPath().isEmpty() ? "body" : "member \"" + path(mismatch) + "\"") + " is not "
                            + wordOf(mismatch.getTargetType()),
                    e);
        }
        return new FastnException(
                ErrorCode.BODY_NOT_JSON,
                "body is no JSON" + place(e) + ": " + e.getOriginalMessage().replaceAll(", from `[^`]*`", ""),
                e);
    }

    private static String place(JsonProcessingException e) {
        return e.getLocation() == null
                ? ""
                : " at line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr();
    }

    private static String path(JsonMappingException e) {
        return e.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
                .collect(Collectors.joining("."));
    }

    private static String wordOf(Class<?> type) {
        if (type == String.class) {
            return "a string";
        }
        if (type == Boolean.class) {
            return "true or false";
        }
        if (type == Integer.class || type == Long.class) {
            return "an integer";
        }
        return type == Double.class ? "a number" : "a JSON object";
    }
}
