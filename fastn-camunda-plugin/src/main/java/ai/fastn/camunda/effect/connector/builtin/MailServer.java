package ai.fastn.camunda.effect.connector.builtin;

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
