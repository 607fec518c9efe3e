package ai.fastn.camunda.effect.connector.builtin;

import ai.fastn.camunda.effect.connector.Credentials;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The server that takes mail.
 *
 * @param host absent: no mail is sent
 * @param port absent: 587 for STARTTLS, 465 for SSL, 25 for NONE
 * @param tls STARTTLS when absent
 * @param username absent: the server asks for none
 * @param from sender when a call names none
 */
public record MailServer(
        @Nullable String host,
        @Nullable Integer port,
        @Nullable Tls tls,
        @Nullable String username,
        @Nullable String password,
        @Nullable String from) {

    /** How the connection is protected. */
    public enum Tls {
        STARTTLS(587),
        SSL(465),
        NONE(25);

        private final int port;

        Tls(int port) {
            this.port = port;
        }
    }

    /** What a connection says; CONNECTION_INCOMPLETE for what can not be used. */
    static MailServer of(Credentials connection) {
        Map<String, String> settings = connection.settings();
        Map<String, String> fields = connection.fields();
        return new MailServer(
                settings.get("host"),
                port(settings.get("port")),
                tls(settings.get("tls")),
                fields.get("username"),
                fields.get("password"),
                settings.get("from"));
    }

    private static @Nullable Integer port(@Nullable String text) {
        if (text != null && !text.matches("[0-9]{1,5}")) {
            throw Input.incomplete("setting \"port\" of the connection is not a number");
        }
        return text == null ? null : Integer.valueOf(text);
    }

    private static @Nullable Tls tls(@Nullable String text) {
        if (text == null) {
            return null;
        }
        return Arrays.stream(Tls.values())
                .filter(each -> each.name().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> Input.incomplete(
                        "setting \"tls\" of the connection is \"" + text + "\"; allowed are starttls, ssl, none"));
    }

    Tls protection() {
        return Optional.ofNullable(tls).orElse(Tls.STARTTLS);
    }

    int usedPort() {
        return Optional.ofNullable(port).orElse(protection().port);
    }

    @Override
    public String toString() {
        return "mail server";
    }
}
