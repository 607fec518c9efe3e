package ai.fastn.camunda.rest;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.DigestUtils;

/** JSON replies. */
final class Replies {

    private Replies() {}

    static ResponseEntity<byte[]> ok(Object value) {
        return of(HttpStatus.OK, value);
    }

    /**
     * A text that changes rarely, with an entity tag made of it.
     *
     * @param known tags of what the caller has ({@code If-None-Match}): it is not sent again
     */
    static ResponseEntity<byte[]> text(String text, MediaType type, @Nullable String known) {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        String tag = '"' + DigestUtils.md5DigestAsHex(body) + '"';
        if (known != null && known.contains(tag)) {
            return ResponseEntity.status(HttpStatus.NOT_MODIFIED).eTag(tag).build();
        }
        return ResponseEntity.ok().eTag(tag).contentType(type).body(body);
    }

    static ResponseEntity<byte[]> of(HttpStatus status, Object value) {
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_JSON)
                .body(Json.write(value));
    }
}
