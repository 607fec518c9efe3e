package ai.fastn.camunda.rest;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.nio.charset.StandardCharsets;

/** JSON in and out of the REST API, independent of how the host application sets up its own. */
final class Json {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .addModule(new Jdk8Module())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            // a number of the author keeps its spelling on its way through us
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private Json() {}

    static byte[] write(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("bug: a reply can not be written as JSON", e);
        }
    }

    static String text(JsonNode node) {
        return new String(write(node), StandardCharsets.UTF_8);
    }

    /** Text of ours that is JSON already. */
    static JsonNode parsed(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("bug: stored JSON can not be read", e);
        }
    }

    /**
     * Reads a request body.
     *
     * @throws FastnException BODY_NOT_JSON with line and column, or naming the member that is not known
     */
    static <T> T read(byte[] body, Class<T> form) {
        try {
            T value = MAPPER.readValue(body, form);
            if (value == null) {
                throw new FastnException(ErrorCode.BODY_NOT_JSON, "body is null: a JSON object is expected");
            }
            return value;
        } catch (JsonProcessingException e) {
            String place = e.getLocation() == null
                    ? ""
                    : " at line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr();
            throw new FastnException(
                    ErrorCode.BODY_NOT_JSON, "body can not be read" + place + ": " + e.getOriginalMessage(), e);
        } catch (java.io.IOException e) {
            throw new FastnException(ErrorCode.BODY_NOT_JSON, "body can not be read: it ends too early", e);
        }
    }
}
