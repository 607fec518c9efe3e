package ai.fastn.camunda.effect.connector.builtin;

import static ai.fastn.camunda.effect.EffectCalls.TENANT_A;
import static ai.fastn.camunda.effect.EffectCalls.scope;
import static org.assertj.core.api.Assertions.assertThat;

import ai.fastn.camunda.effect.EffectOutcome;
import ai.fastn.camunda.effect.EffectScope;
import ai.fastn.camunda.effect.connector.BuiltIns;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code fastn.connector.email} with a real mail server. */
class EmailConnectorTest {

    private static final GreenMail SERVER = new GreenMail(new ServerSetup[] {
        new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP),
        new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTPS)
    });
    private static BuiltIns calls;

    @BeforeAll
    static void start() {
        SERVER.start();
        SERVER.setUser("shop@example.com", "shop", "shop-password");
        calls = with(MailServer.Tls.NONE, SERVER.getSmtp().getPort(), "shop-password");
    }

    @AfterAll
    static void stop() {
        calls.close();
        SERVER.stop();
    }

    private static BuiltIns with(MailServer.Tls tls, int port, @Nullable String password) {
        String user = password == null ? null : "shop";
        return new BuiltIns(
                new BuiltInConnectors.Settings(
                        Map.of(),
                        List.of(),
                        new MailServer("127.0.0.1", port, tls, user, password, "Shop <shop@example.com>"),
                        Map.of(),
                        List.of()),
                "");
    }

    @Test
    void aMessageArrivesWithItsParts() throws Exception {
        String id = calls.call("email.send", """
                {"to": ["Ada <ada@example.com>", "grace@example.com"], "cc": "cc@example.com", "bcc": "bcc@example.com",
                 "replyTo": "help@example.com", "subject": "Bestellung für 1001 ✓", "text": "plain ü", "html": "<p>ü</p>",
                 "attachments": [{"name": "a.csv", "content": "aDtp", "encoding": "base64", "contentType": "text/csv"}]}""").path("messageId").asText();

        MimeMessage[] received = withSubject("Bestellung für 1001 ✓");
        assertThat(received).hasSize(4);
        MimeMessage message = received[0];
        assertThat(message.getMessageID()).isEqualTo(id).endsWith("@example.com>");
        assertThat(message.getFrom()[0]).hasToString("Shop <shop@example.com>");
        assertThat(message.getReplyTo()[0]).hasToString("help@example.com");
        assertThat(message.getRecipients(Message.RecipientType.TO)).hasSize(2);
        assertThat(message.getRecipients(Message.RecipientType.BCC)).isNull();
        MimeMultipart parts = (MimeMultipart) message.getContent();
        MimeMultipart either = (MimeMultipart) parts.getBodyPart(0).getContent();
        assertThat(either.getBodyPart(0).getContent()).isEqualTo("plain ü");
        assertThat(either.getBodyPart(1).getContent()).isEqualTo("<p>ü</p>");
        assertThat(parts.getBodyPart(1).getFileName()).isEqualTo("a.csv");
        assertThat(GreenMailUtil.getBody(parts.getBodyPart(1))).isEqualTo("h;i");
    }

    @Test
    void everyAttemptOfARunSendsTheSameMessageId() {
        EffectScope run = scope(TENANT_A);
        String input = "{'to': 'ada@example.com', 'subject': 'Again', 'text': 'x'}";

        assertThat(calls.call("email.send", input, run)).isEqualTo(calls.call("email.send", input, run));
        assertThat(calls.call("email.send", input)).isNotEqualTo(calls.call("email.send", input, run));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"to\": \"a@example.com\", \"subject\": \"x\\r\\nBcc: victim@example.com\" | member \"subject\" holds a line break or another control character",
                "\"to\": \"a@example.com\\nBcc: v@example.com\", \"subject\": \"x\" | member \"to\" holds a line break or another control character",
                "\"to\": \"a@example.com, b@example.com\", \"subject\": \"x\" | member \"to\" holds a text that is not one address",
                "\"to\": \"nobody\", \"subject\": \"x\" | an address does not have the form of one",
                "\"to\": \"a@b@c\", \"subject\": \"x\" | an address does not have the form of one",
                "\"to\": [], \"subject\": \"x\" | the input does not fit: /to: array found, string expected; /to: must have at least 1 items but found 0",
                "\"to\": \"a@example.com\", \"subject\": \"x\", \"attachments\": [{\"name\": \"n\\r\\nX: y\", \"content\": \"\"}] | member \"name\" holds a line break or another control character",
            })
    void whatCanStandInNoHeaderIsRefused(String members, String message) {
        EffectOutcome.Failed error = calls.failure("email.send", "{\"text\": \"x\", " + members + "}");

        assertThat(error.message()).isEqualTo("email.send: " + message);
        assertThat(error.fields()).containsEntry("code", "FASTN-03004").containsEntry("retryable", false);
    }

    @Test
    void aServerThatIsDownIsWorthAnotherTryAndWrongCredentialsAreNot() {
        assertFails(with(MailServer.Tls.NONE, 1, null), "the mail server can not be reached", true);
        assertFails(
                with(MailServer.Tls.NONE, SERVER.getSmtp().getPort(), "wrong-password"),
                "the mail server refuses user or password",
                false);
    }

    @Test
    void mailIsNotSentWithoutTheProtectionThatIsSet() {
        assertFails(
                with(MailServer.Tls.STARTTLS, SERVER.getSmtp().getPort(), null),
                "the mail server does not offer what is expected, such as TLS",
                false);
        // its certificate is signed by nobody
        assertFails(
                with(MailServer.Tls.SSL, SERVER.getSmtps().getPort(), null),
                "no trusted TLS connection to the mail server",
                false);
    }

    @Test
    void aConnectorWithoutServerSaysWhatToSet() {
        try (BuiltIns unset = new BuiltIns(BuiltInConnectors.Settings.NONE, "")) {
            EffectOutcome.Failed error =
                    unset.failure("email.send", "{'to': 'a@example.com', 'subject': 'x', 'text': 'x'}");

            assertThat(error.message())
                    .isEqualTo("email.send: no mail server is set: make a connection, or the operator sets"
                            + " fastn.connectors.email.host");
            assertThat(error.fields()).containsEntry("code", "FASTN-03080");
        }
    }

    private static void assertFails(BuiltIns with, String message, boolean retryable) {
        try (with) {
            EffectOutcome.Failed error =
                    with.failure("email.send", "{'to': 'a@example.com', 'subject': 'Never', 'text': 'x'}");
            assertThat(error.message()).isEqualTo("email.send: " + message);
            assertThat(error.fields()).containsEntry("retryable", retryable);
            assertThat(withSubject("Never")).isEmpty();
        }
    }

    private static MimeMessage[] withSubject(String subject) {
        return Arrays.stream(SERVER.getReceivedMessages())
                .filter(message -> {
                    try {
                        return subject.equals(message.getSubject());
                    } catch (MessagingException e) {
                        throw new AssertionError(e);
                    }
                })
                .toArray(MimeMessage[]::new);
    }
}
