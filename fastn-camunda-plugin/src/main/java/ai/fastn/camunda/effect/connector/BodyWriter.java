package ai.fastn.camunda.effect.connector;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Writes the body of a request as its action says. */
final class BodyWriter {

    private BodyWriter() {}

    /**
     * The body.
     *
     * @param value an object for forms and parts
     * @throws ai.fastn.camunda.diagnostic.FastnException CONNECTOR_INPUT where the value can not be written so
     */
    static RequestBody write(BodyFormat format, JsonNode value) {
        return switch (format.kind()) {
            case JSON -> text(format, "application/json; charset=utf-8", value.toString());
            case TEXT -> text(format, "text/plain; charset=utf-8", ConnectorInput.text("body", value));
            case BINARY ->
                new RequestBody(format.contentType().orElse("application/octet-stream"), bytes("body", value));
            case FORM -> text(format, "application/x-www-form-urlencoded", form(format, object(value)));
            case MULTIPART -> MultipartBody.write(format, object(value));
        };
    }

    /** The bytes that a value stands for: base64 as a text, or as member {@code base64} of an object. */
    static byte[] bytes(String name, JsonNode value) {
        JsonNode base64 = value.isObject() ? value.path("base64") : value;
        if (!base64.isTextual()) {
            throw ConnectorInput.wrong("input member \"" + name + "\" is not base64: a text is expected");
        }
        try {
            return Base64.getDecoder().decode(base64.textValue());
        } catch (IllegalArgumentException e) {
            throw ConnectorInput.wrong("input member \"" + name + "\" is not base64");
        }
    }

    private static RequestBody text(BodyFormat format, String usual, String text) {
        return new RequestBody(format.contentType().orElse(usual), text.getBytes(StandardCharsets.UTF_8));
    }

    private static String form(BodyFormat format, JsonNode members) {
        List<String> pairs = new ArrayList<>();
        members.properties()
                .forEach(member -> format.field(member.getKey())
                        .style()
                        .pairs(member.getKey(), member.getValue())
                        .forEach(pair ->
                                pairs.add(pair.encoded(text -> URLEncoder.encode(text, StandardCharsets.UTF_8)))));
        return String.join("&", pairs);
    }

    private static JsonNode object(JsonNode value) {
        if (!value.isObject()) {
            throw ConnectorInput.wrong("the body is not an object, so it has no fields to send");
        }
        return value;
    }
}
