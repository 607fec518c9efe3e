package ai.fastn.camunda.effect.connector;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes {@code multipart/form-data} as browsers do: names in UTF-8, quotes and line breaks in them as {@code %22},
 * {@code %0D}, {@code %0A}. The boundary follows from the content, so that a repeated call sends the same bytes under
 * its idempotency key.
 */
final class MultipartBody {

    private static final int BOUNDARY_DIGITS = 32;

    private final ByteArrayOutputStream parts = new ByteArrayOutputStream();
    private final String boundary;

    private MultipartBody(String boundary) {
        this.boundary = boundary;
    }

    static RequestBody write(BodyFormat format, JsonNode members) {
        MultipartBody body = new MultipartBody("fastn-" + digest(members.toString()));
        members.properties()
                .forEach(member -> body.field(format.field(member.getKey()), member.getKey(), member.getValue()));
        body.line("--" + body.boundary + "--");
        return new RequestBody("multipart/form-data; boundary=" + body.boundary, body.parts.toByteArray());
    }

    private void field(BodyFormat.Field field, String name, JsonNode value) {
        Iterable<JsonNode> values = value.isArray() ? value : List.of(value);
        for (JsonNode one : values) {
            if (one.isNull()) {
                continue;
            }
            if (field.binary()) {
                file(field, name, one);
            } else {
                plain(field, name, one);
            }
        }
    }

    private void plain(BodyFormat.Field field, String name, JsonNode value) {
        boolean json = value.isObject() || isJson(field);
        Optional<String> type = field.contentType().or(() -> json ? Optional.of("application/json") : Optional.empty());
        String text = isJson(field) ? value.toString() : ConnectorInput.text(name, value);
        part(name, null, type, text.getBytes(StandardCharsets.UTF_8));
    }

    private void file(BodyFormat.Field field, String name, JsonNode value) {
        String type =
                text(value, "contentType").orElseGet(() -> field.contentType().orElse("application/octet-stream"));
        part(name, text(value, "fileName").orElse(name), Optional.of(type), BodyWriter.bytes(name, value));
    }

    private void part(String name, @Nullable String fileName, Optional<String> type, byte[] content) {
        line("--" + boundary);
        line("Content-Disposition: form-data; name=\"" + quoted(name) + "\""
                + (fileName == null ? "" : "; filename=\"" + quoted(fileName) + "\""));
        type.ifPresent(text -> line("Content-Type: " + headerText(name, text)));
        line("");
        parts.writeBytes(content);
        line("");
    }

    private void line(String text) {
        parts.writeBytes((text + "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    private static boolean isJson(BodyFormat.Field field) {
        return field.contentType().filter(type -> type.contains("json")).isPresent();
    }

    private static Optional<String> text(JsonNode value, String member) {
        return Optional.ofNullable(value.path(member).textValue());
    }

    private static String quoted(String text) {
        return text.replace("\"", "%22").replace("\r", "%0D").replace("\n", "%0A");
    }

    private static String headerText(String name, String type) {
        if (!type.chars().allMatch(c -> c >= 0x20 && c < 0x7f)) {
            throw ConnectorInput.wrong(
                    "input member \"" + name + "\" has a content type with characters that a header can not carry");
        }
        return type;
    }

    private static String digest(String content) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, BOUNDARY_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("bug: every JDK has SHA-256", e);
        }
    }
}
