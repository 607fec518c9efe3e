package ai.fastn.examples.host.demo;

import jakarta.annotation.PreDestroy;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.subethamail.smtp.MessageContext;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.server.SMTPServer;

/**
 * A mail server on a real SMTP port of this machine, which delivers to its own table only and refuses every address at
 * {@code bounce.example}. Like a mailbox, it shows a message once that comes twice under one Message-ID.
 */
@Component
class SmtpSink {

    private static final int MAILBOX_UNAVAILABLE = 550;
    private static final int LARGEST_MESSAGE = 20 * 1024 * 1024;

    private final DemoStore store;
    private final SMTPServer server;

    SmtpSink(DemoStore store, @Value("${fastn.host.smtp-port}") int port) {
        this.store = store;
        this.server = SMTPServer.port(port)
                .bindAddress(InetAddress.getLoopbackAddress())
                .maxMessageSize(LARGEST_MESSAGE)
                .messageHandlerFactory(Receiving::new)
                .build();
        server.start();
    }

    @PreDestroy
    void close() {
        server.stop();
    }

    private void keep(String sender, List<String> recipients, MimeMessage message)
            throws MessagingException, IOException {
        store.sql("""
                        INSERT INTO demo.smtp_message (message_id, sender, recipients, subject, body)
                        VALUES (?, ?, ?, ?, ?)
                        ON CONFLICT (message_id) DO UPDATE SET deliveries = smtp_message.deliveries + 1""")
                .params(
                        message.getMessageID(),
                        sender,
                        String.join(", ", recipients),
                        String.valueOf(message.getSubject()),
                        text(message))
                .update();
    }

    /** The first part that is text, as people read it. */
    private static String text(Part part) throws MessagingException, IOException {
        Object content = part.getContent();
        if (content instanceof Multipart parts) {
            return parts.getCount() == 0 ? "" : text(parts.getBodyPart(0));
        }
        return content instanceof String text ? text.strip().replace("\r\n", "\n") : "";
    }

    /** One message that comes in. */
    private final class Receiving implements MessageHandler {

        private final List<String> recipients = new ArrayList<>();
        private String sender = "";

        Receiving(MessageContext connection) {}

        @Override
        public void from(String from) {
            sender = from;
        }

        @Override
        public void recipient(String recipient) throws RejectException {
            if (recipient.endsWith("@bounce.example")) {
                throw new RejectException(MAILBOX_UNAVAILABLE, "mailbox " + recipient + " does not exist");
            }
            recipients.add(recipient);
        }

        @Override
        public String data(InputStream data) throws RejectException, IOException {
            try {
                keep(sender, recipients, new MimeMessage(Session.getInstance(new Properties()), data));
                return "stored";
            } catch (MessagingException e) {
                throw new RejectException(MAILBOX_UNAVAILABLE, "the message can not be read");
            }
        }

        @Override
        public void done() {}
    }
}
