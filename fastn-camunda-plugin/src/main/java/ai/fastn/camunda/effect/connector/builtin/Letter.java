package ai.fastn.camunda.effect.connector.builtin;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.activation.DataHandler;
import jakarta.mail.BodyPart;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * Makes a message of an input. Its Message-ID is the same on every try, so that a mailbox may recognise a repetition.
 */
final class Letter {

    private static final String UTF_8 = StandardCharsets.UTF_8.name();

    private final Input input;

    private Letter(Input input) {
        this.input = input;
    }

    /** CONNECTOR_INPUT for what can stand in no header. */
    static MimeMessage of(Input input, MailServer server, String idempotencyKey, Session session) {
        try {
            return new Letter(input).message(server, idempotencyKey, session);
        } catch (AddressException e) {
            throw Input.wrong("an address does not have the form of one");
        } catch (MessagingException e) {
            throw new IllegalStateException("bug: a message can not be made", e);
        }
    }

    private MimeMessage message(MailServer server, String idempotencyKey, Session session) throws MessagingException {
        String from = input.optionalText("from").orElse(server.from());
        if (from == null) {
            throw Input.notSet("there is no sender: give \"from\", or the operator sets fastn.connectors.email.from");
        }
        InternetAddress sender = address("from", from);
        IdentifiedMessage message = new IdentifiedMessage(session, messageId(idempotencyKey, sender));
        message.setFrom(sender);
        recipients(message, Message.RecipientType.TO, "to");
        recipients(message, Message.RecipientType.CC, "cc");
        recipients(message, Message.RecipientType.BCC, "bcc");
        if (input.members().has("replyTo")) {
            message.setReplyTo(addresses("replyTo"));
        }
        message.setSubject(line("subject", input.text("subject")), UTF_8);
        message.setSentDate(Date.from(Instant.now()));
        content(message);
        message.saveChanges();
        return message;
    }

    private void recipients(MimeMessage message, Message.RecipientType type, String member) throws MessagingException {
        if (input.members().has(member)) {
            message.setRecipients(type, addresses(member));
        }
    }

    private InternetAddress[] addresses(String member) throws AddressException {
        List<String> texts = input.texts(member);
        InternetAddress[] addresses = new InternetAddress[texts.size()];
        for (int i = 0; i < addresses.length; i++) {
            addresses[i] = address(member, texts.get(i));
        }
        return addresses;
    }

    /** Exactly one address, with or without a name: a comma would smuggle in a second one. */
    private static InternetAddress address(String member, String text) throws AddressException {
        InternetAddress[] parsed = InternetAddress.parse(line(member, text), true);
        if (parsed.length != 1 || parsed[0].isGroup()) {
            throw Input.wrong("member \"" + member + "\" holds a text that is not one address");
        }
        parsed[0].validate();
        return parsed[0];
    }

    /** What stands in a header has one line. */
    private static String line(String member, String text) {
        if (text.chars().anyMatch(c -> c < 0x20 || c == 0x7f)) {
            throw Input.wrong("member \"" + member + "\" holds a line break or another control character");
        }
        return text;
    }

    private void content(MimeMessage message) throws MessagingException {
        JsonNode attachments = input.members().path("attachments");
        if (attachments.isEmpty()) {
            setText(message);
            return;
        }
        MimeMultipart mixed = new MimeMultipart("mixed");
        MimeBodyPart text = new MimeBodyPart();
        setText(text);
        mixed.addBodyPart(text);
        for (JsonNode attachment : attachments) {
            mixed.addBodyPart(attached(new Input(attachment)));
        }
        message.setContent(mixed);
    }

    private void setText(jakarta.mail.internet.MimePart part) throws MessagingException {
        String text = input.text("text");
        if (!input.members().has("html")) {
            part.setText(text, UTF_8);
            return;
        }
        String html = input.text("html");
        if (!input.members().has("text")) {
            part.setText(html, UTF_8, "html");
            return;
        }
        MimeMultipart either = new MimeMultipart("alternative");
        either.addBodyPart(textPart(text, "plain"));
        either.addBodyPart(textPart(html, "html"));
        part.setContent(either);
    }

    private static BodyPart textPart(String text, String subtype) throws MessagingException {
        MimeBodyPart part = new MimeBodyPart();
        part.setText(text, UTF_8, subtype);
        return part;
    }

    private static BodyPart attached(Input attachment) throws MessagingException {
        MimeBodyPart part = new MimeBodyPart();
        String type = line("contentType", attachment.optionalText("contentType").orElse("application/octet-stream"));
        part.setDataHandler(new DataHandler(new ByteArrayDataSource(bytes(attachment), type)));
        part.setFileName(line("name", attachment.text("name")));
        return part;
    }

    private static byte[] bytes(Input attachment) {
        if (!attachment.text("encoding").equals("base64")) {
            return attachment.text("content").getBytes(StandardCharsets.UTF_8);
        }
        try {
            return Base64.getDecoder().decode(attachment.text("content"));
        } catch (IllegalArgumentException e) {
            throw Input.wrong("attachment \"" + attachment.text("name") + "\" is not Base64");
        }
    }

    private static String messageId(String idempotencyKey, InternetAddress sender) {
        UUID id = UUID.nameUUIDFromBytes(("mail " + idempotencyKey).getBytes(StandardCharsets.UTF_8));
        return "<" + id + "@" + sender.getAddress().replaceFirst(".*@", "") + ">";
    }

    /** A message with a Message-ID that was given, not made up. */
    private static final class IdentifiedMessage extends MimeMessage {

        private final String id;

        IdentifiedMessage(Session session, String id) {
            super(session);
            this.id = Objects.requireNonNull(id);
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", id);
        }
    }
}
