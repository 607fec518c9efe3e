package ai.fastn.camunda.effect.connector;

import java.util.Map;
import java.util.Optional;

/**
 * How the body of a request is written.
 *
 * @param contentType empty: the usual one of the kind
 * @param fields of a form or of parts: those that are not written the usual way
 */
record BodyFormat(Kind kind, Optional<String> contentType, Map<String, Field> fields) {

    /** JSON with its usual content type. */
    static final BodyFormat JSON = new BodyFormat(Kind.JSON, Optional.empty(), Map.of());

    /** A field that is written the usual way. */
    static final Field USUAL = new Field(ValueStyle.PLAIN, Optional.empty(), false);

    BodyFormat {
        fields = Map.copyOf(fields);
    }

    Field field(String name) {
        return fields.getOrDefault(name, USUAL);
    }

    /** What kind of text or bytes. */
    enum Kind {
        JSON,
        /** {@code application/x-www-form-urlencoded}. */
        FORM,
        /** {@code multipart/form-data}. */
        MULTIPART,
        TEXT,
        /** Bytes, in the input as base64. */
        BINARY
    }

    /**
     * How one field is written.
     *
     * @param style of a form
     * @param contentType of a part
     * @param binary whether the part is a file, in the input as base64
     */
    record Field(ValueStyle style, Optional<String> contentType, boolean binary) {}
}
