package ai.fastn.camunda.rest;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** JSON replies. */
final class Replies {

    private Replies() {}

    static ResponseEntity<byte[]> ok(Object value) {
        return of(HttpStatus.OK, value);
    }

    static ResponseEntity<byte[]> of(HttpStatus status, Object value) {
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_JSON)
                .body(Json.write(value));
    }
}
