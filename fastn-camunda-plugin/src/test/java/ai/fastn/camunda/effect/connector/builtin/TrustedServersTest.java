package ai.fastn.camunda.effect.connector.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.fastn.camunda.effect.connector.BuiltIns;
import ai.fastn.camunda.effect.connector.EgressGuard;
import ai.fastn.camunda.effect.connector.TrustedCertificates;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.subethamail.smtp.server.SMTPServer;

/** Servers whose certificate no public authority has signed, and mail that goes by STARTTLS only. */
class TrustedServersTest {

    private static final String PASSWORD = "password-of-store";
    private static final String MESSAGE = "{'to': 'ada@example.com', 'subject': 'Order', 'text': 'protected'}";
    private static final List<String> RECEIVED = new CopyOnWriteArrayList<>();

    @TempDir
    static Path folder;

    private static Path certificate;
    private static SMTPServer mail;
    private static HttpsServer web;

    @BeforeAll
    static void start() throws Exception {
        Path store = folder.resolve("server.p12");
        certificate = folder.resolve("server.pem");
        keytool(store, "-genkeypair", "-keyalg", "EC", "-dname", "CN=localhost", "-ext", "SAN=dns:localhost");
        keytool(store, "-exportcert", "-rfc", "-file", certificate.toString());
        SSLContext tls = context(store);
        mail = SMTPServer.port(0)
                .bindAddress(InetAddress.getLoopbackAddress())
                .requireTLS()
                .startTlsSocketFactory(tls)
                .messageHandler((context, from, to, data) ->
                        RECEIVED.add(from + " " + new String(data, java.nio.charset.StandardCharsets.UTF_8)))
                .build();
        mail.start();
        web = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        web.setHttpsConfigurator(new HttpsConfigurator(tls));
        web.createContext("/", exchange -> exchange.sendResponseHeaders(204, -1));
        web.start();
    }

    @AfterAll
    static void stop() {
        mail.stop();
        web.stop(0);
    }

    @Test
    void mailArrivesByStartTlsAtAServerThatTheOperatorTrusts() {
        RECEIVED.clear();
        try (BuiltIns calls = calls("localhost", guard().trusting(TrustedCertificates.with(certificate)))) {
            calls.call("email.send", MESSAGE);
            calls.connect(
                    "email",
                    "own",
                    Map.of(
                            "host", "localhost",
                            "port", String.valueOf(mail.getPortAllocated()),
                            "from", "own@example.com"),
                    Map.of());
            calls.callBy("own", "email.send", MESSAGE);
        }

        assertThat(RECEIVED).hasSize(2).allMatch(text -> text.contains("protected"));
        assertThat(RECEIVED.get(0)).startsWith("shop@example.com ");
        assertThat(RECEIVED.get(1)).startsWith("own@example.com ");
    }

    @Test
    void mailDoesNotGoToAServerThatShowsAnothersOrNobodysCertificate() {
        RECEIVED.clear();
        try (BuiltIns untrusted = calls("localhost", guard());
                BuiltIns otherName = calls("127.0.0.1", guard().trusting(TrustedCertificates.with(certificate)))) {
            assertThat(untrusted.failure("email.send", MESSAGE).message())
                    .isEqualTo("email.send: no trusted TLS connection to the mail server");
            assertThat(otherName.failure("email.send", MESSAGE).fields()).containsEntry("retryable", false);
        }

        assertThat(RECEIVED).isEmpty();
    }

    @Test
    void callsTrustTheSameServers() {
        String url = "{'url': 'https://localhost:" + web.getAddress().getPort() + "/x'}";
        try (BuiltIns trusting = calls("localhost", guard().trusting(TrustedCertificates.with(certificate)));
                BuiltIns untrusted = calls("localhost", guard())) {
            assertThat(trusting.call("http.get", url).path("status").asInt()).isEqualTo(204);
            assertThat(untrusted.failure("http.get", url).message())
                    .isEqualTo("http.get: no trusted TLS connection to the service");
        }
    }

    @Test
    void aFileWithoutCertificatesEndsTheStart() throws IOException {
        Path empty = Files.writeString(folder.resolve("empty.pem"), "nothing");

        assertThatThrownBy(() -> TrustedCertificates.with(empty))
                .hasMessage("fastn.egress.trusted-certificates: file \"" + empty
                        + "\" can not be read as certificates in PEM");
    }

    private static EgressGuard guard() {
        return EgressGuard.allowing(
                "localhost:" + mail.getPortAllocated() + ",localhost:" + web.getAddress().getPort());
    }

    private static BuiltIns calls(String host, EgressGuard guard) {
        return new BuiltIns(
                new BuiltInConnectors.Settings(
                        Map.of(),
                        List.of(),
                        new MailServer(host, mail.getPortAllocated(), null, null, null, "Shop <shop@example.com>"),
                        Map.of(),
                        List.of()),
                guard);
    }

    private static void keytool(Path store, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(Arrays.asList(arguments));
        command.addAll(List.of("-alias", "server", "-storetype", "PKCS12"));
        command.addAll(List.of("-keystore", store.toString(), "-storepass", PASSWORD));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    private static SSLContext context(Path store) throws GeneralSecurityException, IOException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream stream = Files.newInputStream(store)) {
            keys.load(stream, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }
}
