package ai.fastn.camunda.rest;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/**
 * Replies that are made of a version and so rarely change: with an ETag of their content, so that who has one already
 * is answered 304 Not Modified.
 */
final class Downloads {

    private Downloads() {}

    static ResponseEntity<byte[]> json(Object value) {
        return cached(MediaType.APPLICATION_JSON, Json.write(value));
    }

    static ResponseEntity<byte[]> text(String type, String fileName, String text) {
        return file(MediaType.parseMediaType(type), fileName, text.getBytes(StandardCharsets.UTF_8));
    }

    /** A file that a browser saves rather than shows. */
    static ResponseEntity<byte[]> file(MediaType type, String fileName, byte[] content) {
        return cachedBuilder(type, content)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(fileName)
                                .build()
                                .toString())
                .body(content);
    }

    static ResponseEntity<byte[]> cached(MediaType type, byte[] content) {
        return cachedBuilder(type, content).body(content);
    }

    private static ResponseEntity.BodyBuilder cachedBuilder(MediaType type, byte[] content) {
        return ResponseEntity.ok()
                .contentType(type)
                .cacheControl(CacheControl.noCache().cachePrivate())
                .header("X-Content-Type-Options", "nosniff")
                .eTag(sha256(content));
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("bug: every Java has SHA-256", e);
        }
    }
}
