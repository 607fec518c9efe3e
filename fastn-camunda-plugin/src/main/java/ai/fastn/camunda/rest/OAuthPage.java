package ai.fastn.camunda.rest;

import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.effect.connector.connection.Connection;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.util.HtmlUtils;

/** The page on which an authorization ends: tells the window that opened it, and says the same to a person. */
final class OAuthPage {

    private static final String PAGE = """
            <!doctype html>
            <html lang="en">
            <head><meta charset="utf-8"><title>Fastn</title></head>
            <body>
            <p>%s</p>
            <p>%s</p>
            <script nonce="%s">
            const told = %s;
            if (window.opener) {
              window.opener.postMessage(told, window.location.origin);
              if (!told.error) window.close();
            }
            </script>
            </body>
            </html>
            """;

    private OAuthPage() {}

    static ResponseEntity<byte[]> connected(Connection connection) {
        return page(
                HttpStatus.OK,
                "Connected: " + connection.label(),
                "This window can be closed.",
                Map.of("type", "fastn-oauth", "connectionId", connection.id()));
    }

    static ResponseEntity<byte[]> failed(HttpStatus status, FastnException e, String description) {
        return page(
                status,
                "Not connected: " + e.getMessage() + " (" + e.code().code() + ")",
                description,
                Map.of(
                        "type",
                        "fastn-oauth",
                        "error",
                        e.getMessage(),
                        "code",
                        e.code().code()));
    }

    /** The address holds a code; nobody may learn it from a referrer, and nothing here may load anything. */
    private static ResponseEntity<byte[]> page(
            HttpStatus status, String title, String text, Map<String, String> message) {
        String nonce = UUID.randomUUID().toString();
        String json = new String(Json.write(message), StandardCharsets.UTF_8)
                .replace("<", "\\u003c")
                .replace("\u2028", "\\u2028")
                .replace("\u2029", "\\u2029");
        String html = PAGE.formatted(HtmlUtils.htmlEscape(title), HtmlUtils.htmlEscape(text), nonce, json);
        return ResponseEntity.status(status)
                .contentType(MediaType.parseMediaType("text/html;charset=UTF-8"))
                .header("Content-Security-Policy", "default-src 'none'; script-src 'nonce-" + nonce + "'")
                .header("Referrer-Policy", "no-referrer")
                .header("Cache-Control", "no-store")
                .header("X-Content-Type-Options", "nosniff")
                .body(html.getBytes(StandardCharsets.UTF_8));
    }
}
