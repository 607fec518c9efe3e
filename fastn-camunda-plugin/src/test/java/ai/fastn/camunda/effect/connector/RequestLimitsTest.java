package ai.fastn.camunda.effect.connector;

import static ai.fastn.camunda.effect.EffectCalls.NO_RECORD;
import static ai.fastn.camunda.effect.EffectCalls.TENANT_A;
import static ai.fastn.camunda.effect.EffectCalls.failed;
import static ai.fastn.camunda.effect.EffectCalls.scope;
import static ai.fastn.camunda.effect.EffectCalls.succeeded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.fastn.camunda.effect.EffectDatabases;
import ai.fastn.camunda.effect.EffectOutcome;
import ai.fastn.camunda.effect.EffectRequest;
import ai.fastn.camunda.effect.connector.builtin.BuiltInConnectors;
import ai.fastn.camunda.effect.secret.MasterKey;
import ai.fastn.camunda.effect.secret.Sealing;
import ai.fastn.camunda.effect.secret.SecretStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How much a call may send, and how long connecting may take. */
class RequestLimitsTest {

    private static final String LARGE = "the body of the request has 1001 bytes; at most 1000 are sent";

    private final FakeService service = new FakeService();
    private final EgressGuard guard =
            EgressGuard.allowing("localhost:" + service.port()).upTo(1000);

    @AfterEach
    void close() {
        service.close();
    }

    @Test
    void aBodyThatIsTooLargeIsNotSentByAConnector() {
        service.answer("/x", 200, "text/plain", "ok");
        try (ConnectorCalls calls = calls(service.port(), "10s", guard)) {
            EffectOutcome.Failed error = failed(post(calls, "\"" + "x".repeat(999) + "\""));

            assertThat(error.message()).isEqualTo("api.post: " + LARGE);
            assertThat(error.fields()).containsEntry("code", "FASTN-03082").containsEntry("retryable", false);
            assertThat(service.received).isEmpty();
            succeeded(post(calls, "\"" + "x".repeat(998) + "\""));
        }
    }

    @Test
    void norByTheConnectorForAnyUrlNorByFetch() {
        try (BuiltIns calls = new BuiltIns(BuiltInConnectors.Settings.NONE, guard);
                FetchCalls fetch = new FetchCalls(guard, FetchHosts.of("*"))) {
            String url = "http://localhost:" + service.port() + "/x";
            assertThat(calls.failure("http.post", "{'url': '" + url + "', 'body': '" + "x".repeat(1001) + "'}")
                            .fields())
                    .containsEntry("code", "FASTN-03082");
            EffectOutcome.Failed error = failed(fetch.perform(
                    new EffectRequest(
                            "fetch.POST",
                            "{\"url\": \"" + url
                                    + "\", \"method\": \"POST\", \"headers\": [], \"redirect\": \"follow\","
                                    + " \"body\": {\"text\": \"" + "x".repeat(1001) + "\"}}"),
                    scope(TENANT_A),
                    NO_RECORD));
            assertThat(error.message()).contains(LARGE);
            assertThat(service.received).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {connect: 100ms, total: 20s} |
            {connect: 100ms}             |
            20s                          | timeout: {connect: 100ms}
            """)
    void connectingHasATimeOfItsOwn(String timeout, String ofConnector) throws IOException {
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            List<Socket> waiting = fill(full);
            EgressGuard there = EgressGuard.allowing("localhost:" + full.getLocalPort());
            try (ConnectorCalls calls = calls(full.getLocalPort(), timeout, ofConnector, there)) {
                long start = System.nanoTime();
                EffectOutcome.Failed error = failed(post(calls, "1"));

                assertThat(error.message()).isEqualTo("api.post: the service can not be reached");
                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
            }
            for (Socket socket : waiting) {
                socket.close();
            }
        }
    }

    /** Takes all places of those who wait to be accepted, so that a further one hears nothing. */
    private static List<Socket> fill(ServerSocket server) throws IOException {
        List<Socket> waiting = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Socket socket = new Socket();
            waiting.add(socket);
            try {
                socket.connect(new InetSocketAddress(server.getInetAddress(), server.getLocalPort()), 100);
            } catch (java.net.SocketTimeoutException e) {
                return waiting;
            }
        }
        return waiting;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {connect: 0s}   | actions.post.timeout.connect is "0s"; it is a time such as 500ms, 30s or 2m, at most 10m
            {total: 11m}    | actions.post.timeout.total is "11m"; it is a time such as 500ms, 30s or 2m, at most 10m
            {read: 1s}      | actions.post.timeout has an unknown field "read"; allowed are connect, total
            soon            | actions.post.timeout is "soon"; it is a time such as 500ms, 30s or 2m, at most 10m
            """)
    void timesThatMakeNoSenseAreRefused(String timeout, String message) {
        assertThatThrownBy(() -> calls(1, timeout, guard)).hasMessage("connector definition api.yaml: " + message);
    }

    private static EffectOutcome post(ConnectorCalls calls, String json) {
        return calls.perform(
                new EffectRequest("connector.api.post", "{\"input\": {\"a\": " + json + "}}"),
                scope(TENANT_A),
                NO_RECORD);
    }

    private static ConnectorCalls calls(int port, String timeout, EgressGuard guard) {
        return calls(port, timeout, null, guard);
    }

    private static ConnectorCalls calls(
            int port, String timeout, @org.jspecify.annotations.Nullable String ofConnector, EgressGuard guard) {
        DataSource plugin = EffectDatabases.plugin();
        String yaml = """
                slug: api
                title: API
                baseUrl: http://localhost:%d
                %s
                actions:
                  post: {method: POST, path: /x, body: {member: a}, %s}
                """.formatted(
                        port,
                        ofConnector == null ? "" : ofConnector,
                        ofConnector == null ? "timeout: " + timeout : "title: Post");
        return new ConnectorCalls(
                new ConnectorRegistry(List.of(new ConnectorFiles(text -> text).parse("api.yaml", yaml)), Map.of()),
                new SecretStore(plugin, new Sealing(plugin, MasterKey.random()), Clock.systemUTC()),
                guard);
    }
}
