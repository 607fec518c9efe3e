package ai.fastn.camunda.effect.connector.builtin;

import ai.fastn.camunda.effect.connector.ActionCall;
import ai.fastn.camunda.effect.connector.ActionFailedException;
import ai.fastn.camunda.effect.connector.ConnectorDefinition;
import ai.fastn.camunda.effect.connector.EgressGuard;
import ai.fastn.camunda.effect.connector.EgressRefusedException;
import ai.fastn.camunda.effect.connector.UnansweredException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import javax.net.ssl.SSLException;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.jspecify.annotations.Nullable;

/** {@code fastn.connector.email}: mail by SMTP. */
final class EmailConnector {

    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final int CONNECT_MILLIS = 5_000;

    /** Ports of mail servers that a tenant may name. */
    private static final Set<Integer> PORTS = Set.of(25, 465, 587, 2525);

    private final MailServer server;
    private final EgressGuard guard;

    /** @param server where a tenant has no connection */
    EmailConnector(MailServer server, EgressGuard guard) {
        this.server = server;
        this.guard = guard;
    }

    ConnectorDefinition definition() {
        return DefinitionFile.read("email", Map.of("send", this::send));
    }

    private JsonNode send(JsonNode members, ActionCall call) throws IOException, ActionFailedException {
        Input input = new Input(members);
        boolean connected = call.credentials().connection().isPresent();
        MailServer used = connected ? MailServer.of(call.credentials()) : server;
        String host = used.host();
        if (host == null) {
            throw Input.notSet(
                    "no mail server is set: make a connection, or the operator sets" + " fastn.connectors.email.host");
        }
        if (connected) {
            guard.checkPort(host, used.usedPort(), PORTS);
        }
        Duration limit = input.timeout(LONGEST, call.scope().remaining());
        Properties settings = settings(used, Math.toIntExact(limit.toMillis()));
        settings.put("mail.smtp.ssl.socketFactory", new GuardedTls(guard, connected));
        if (connected) {
            settings.put("mail.smtp.socketFactory", new GuardedSockets(guard));
            settings.put("mail.smtp.socketFactory.fallback", "false");
        }
        Session session = Session.getInstance(settings);
        MimeMessage message = Letter.of(input, used, call.scope().idempotencyKey(), session);
        return deliver(used, session, message);
    }

    /** Up to the last line of the message nothing was sent; what breaks then leaves nobody the wiser. */
    private static JsonNode deliver(MailServer server, Session session, MimeMessage message)
            throws IOException, ActionFailedException {
        boolean connected = false;
        try (Transport transport = session.getTransport()) {
            transport.connect(server.host(), server.usedPort(), server.username(), server.password());
            connected = true;
            transport.sendMessage(message, message.getAllRecipients());
            return JsonNodeFactory.instance.objectNode().put("messageId", message.getMessageID());
        } catch (AuthenticationFailedException e) {
            throw new ActionFailedException("the mail server refuses user or password", false, Map.of());
        } catch (SendFailedException e) {
            throw refused(e);
        } catch (MessagingException e) {
            if (!connected) {
                throw unreachable(e);
            }
            throw new UnansweredException("the connection to the mail server broke before it had accepted", e);
        }
    }

    private static ActionFailedException unreachable(MessagingException e) throws IOException {
        if (e.getCause() instanceof EgressRefusedException refused) {
            throw refused;
        }
        if (e.getCause() instanceof SSLException) {
            return new ActionFailedException("no trusted TLS connection to the mail server", false, Map.of());
        }
        return e.getCause() instanceof IOException
                ? new ActionFailedException("the mail server can not be reached", true, Map.of())
                : new ActionFailedException(
                        "the mail server does not offer what is expected, such as TLS", false, Map.of());
    }

    /** The server said no: for now (4xx) or for good (5xx). */
    private static ActionFailedException refused(SendFailedException e) {
        int code = code(e);
        boolean passing = code >= 400 && code < 500;
        return new ActionFailedException(
                "the mail server refused " + (isAboutAddress(e) ? "an address" : "the message")
                        + (code > 0 ? " with code " + code : ""),
                passing,
                code > 0 ? Map.of("smtpCode", code) : Map.of());
    }

    private static int code(@Nullable Exception e) {
        for (Exception next = e;
                next != null;
                next = next instanceof MessagingException m ? m.getNextException() : null) {
            if (next instanceof SMTPAddressFailedException address) {
                return address.getReturnCode();
            }
            if (next instanceof SMTPSenderFailedException sender) {
                return sender.getReturnCode();
            }
            if (next instanceof SMTPSendFailedException failed && failed.getNextException() == null) {
                return failed.getReturnCode();
            }
        }
        return 0;
    }

    private static boolean isAboutAddress(SendFailedException e) {
        return e.getNextException() instanceof SMTPAddressFailedException
                || e.getNextException() instanceof SMTPSenderFailedException;
    }

    private static Properties settings(MailServer server, int limitMillis) {
        Properties settings = new Properties();
        settings.put("mail.transport.protocol", "smtp");
        settings.put("mail.smtp.auth", server.username() == null ? "false" : "true");
        settings.put("mail.smtp.starttls.enable", server.protection() == MailServer.Tls.STARTTLS ? "true" : "false");
        settings.put("mail.smtp.starttls.required", server.protection() == MailServer.Tls.STARTTLS ? "true" : "false");
        settings.put("mail.smtp.ssl.enable", server.protection() == MailServer.Tls.SSL ? "true" : "false");
        settings.put("mail.smtp.ssl.checkserveridentity", "true");
        settings.put("mail.smtp.connectiontimeout", String.valueOf(Math.min(CONNECT_MILLIS, limitMillis)));
        settings.put("mail.smtp.timeout", String.valueOf(limitMillis));
        settings.put("mail.smtp.writetimeout", String.valueOf(limitMillis));
        return settings;
    }
}
