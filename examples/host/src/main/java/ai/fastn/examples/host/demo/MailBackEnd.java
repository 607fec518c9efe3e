package ai.fastn.examples.host.demo;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** A mail server that delivers to its own table only and refuses every address at {@code bounce.example}. */
@RestController
@RequestMapping("/demo/mail/v1/users/{emailAddress}")
class MailBackEnd {

    private final DemoStore store;

    MailBackEnd(DemoStore store) {
        this.store = store;
    }

    /** One message to send. */
    record Message(String to, String subject, String body) {}

    @GetMapping("/profile")
    Map<String, Object> getProfile(@PathVariable String emailAddress) {
        long sent =
                store.sql("SELECT count(*) FROM demo.mail").query(Long.class).single();
        String address = "me".equals(emailAddress) ? "demo@example.com" : emailAddress;
        return Map.of("emailAddress", address, "messagesTotal", sent);
    }

    @PostMapping("/messages/send")
    Map<String, Object> sendMessage(
            @RequestHeader(name = DemoGate.IDEMPOTENCY_KEY, required = false) @Nullable String idempotencyKey,
            @RequestBody Message message) {
        if (message.to().endsWith("@bounce.example")) {
            throw new ResponseStatusException(
                    HttpStatus.UNPROCESSABLE_ENTITY, "mailbox " + message.to() + " does not exist");
        }
        String id = store.sql("""
                        INSERT INTO demo.mail (id, idempotency_key, recipient, subject, body)
                        VALUES (:id, :key, :to, :subject, :body)
                        ON CONFLICT (idempotency_key) DO UPDATE SET idempotency_key = excluded.idempotency_key
                        RETURNING id
                        """)
                .param("id", "msg_" + UUID.randomUUID())
                .param("key", idempotencyKey)
                .param("to", message.to())
                .param("subject", message.subject())
                .param("body", message.body())
                .query(String.class)
                .single();
        return Map.of("id", id);
    }

    @GetMapping("/messages")
    Map<String, Object> listMessages() {
        List<Map<String, Object>> messages = store.sql(
                        "SELECT id, recipient AS \"to\", subject, body FROM demo.mail ORDER BY sent_at, id")
                .query()
                .listOfRows();
        return Map.of("messages", messages);
    }
}
