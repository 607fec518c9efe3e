package ai.fastn.examples.host.demo;

import java.util.List;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What {@link SmtpSink} has received, for people with a browser: no key is asked for. */
@RestController
@RequestMapping("/demo/inbox")
class SmtpInbox {

    private final DemoStore store;

    SmtpInbox(DemoStore store) {
        this.store = store;
    }

    /** The newest hundred. */
    @GetMapping
    List<Map<String, Object>> messages() {
        return store.sql("""
                        SELECT sender AS "from", recipients AS "to", subject, body, message_id AS "messageId", deliveries,
                               received_at AS "receivedAt"
                        FROM demo.smtp_message ORDER BY received_at DESC, message_id LIMIT 100""").query().listOfRows();
    }
}
