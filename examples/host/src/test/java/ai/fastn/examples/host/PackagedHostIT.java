package ai.fastn.examples.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.util.LinkedMultiValueMap;

/** The packaged host on the oldest and the newest Java of this machine. */
class PackagedHostIT {

    private static final Pattern ACCOUNT = Pattern.compile("x-fastn-account-id: (acc_\\w+)");
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path data;

    /**
     * The first host is killed while Gamma works on the deck: the second one, on another Java, waits on and ends the
     * run.
     */
    @Test
    void aRunSurvivesAKillAndGoesOnUnderAnotherJava() throws Exception {
        int port = freePort();
        String execution;
        try (PackagedHost host = PackagedHost.start(Path.of(System.getProperty("java.home")), data, port)) {
            assertThat(orderCheck(host)).isEqualTo("ship");
            execution = startOfDeck(host);
            await().untilAsserted(() ->
                    assertThat(runsWaitingAt(host, "wait_POLL_INTERVAL_MS")).doesNotContain("\"count\":0"));
            host.kill();
        }
        try (PackagedHost host = PackagedHost.start(PackagedHost.newestJavaHome(), data, port)) {
            assertThat(orderCheck(host)).isEqualTo("ship");
            await().atMost(Duration.ofMinutes(2))
                    .untilAsserted(() -> assertThat(ask(host, "/executions/" + execution)
                                    .path("status")
                                    .asText())
                            .isEqualTo("Completed"));
            assertThat(ask(host, "/executions/" + execution)
                            .at("/result/deckUrl")
                            .asText())
                    .contains("proposal-for");
            assertThat(host.end()).doesNotContain(" WARN ", " ERROR ");
        }
    }

    private String orderCheck(PackagedHost host) throws IOException {
        return execute(host, "order-check", "{\"orderId\": \"1001\"}")
                .at("/data/decision")
                .asText();
    }

    private String startOfDeck(PackagedHost host) throws IOException {
        String event =
                "[{\"objectId\": 9005, \"propertyName\": \"dealstage\", \"propertyValue\": \"presentationscheduled\"}]";
        return execute(host, "hubspot-deal-to-gamma-deck", event)
                .at("/data/executionId")
                .asText();
    }

    private JsonNode execute(PackagedHost host, String slug, String input) throws IOException {
        String answer = host.http()
                .post()
                .uri("/fastn/api/v1/workflows/" + slug + "/execute")
                .headers(this::identify)
                .header("x-fastn-account-id", account(host))
                .contentType(MediaType.APPLICATION_JSON)
                .body("{\"input\": " + input + "}")
                .retrieve()
                .body(String.class);
        return JSON.readTree(answer);
    }

    private JsonNode ask(PackagedHost host, String path) throws IOException {
        return JSON.readTree(host.http()
                .get()
                .uri("/fastn/api/v1" + path)
                .headers(this::identify)
                .header("x-fastn-account-id", account(host))
                .retrieve()
                .body(String.class));
    }

    private void identify(HttpHeaders headers) {
        try {
            headers.set(
                    "x-fastn-access-key",
                    Files.readString(data.resolve("demo-key")).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String account(PackagedHost host) {
        Matcher found = ACCOUNT.matcher(host.output());
        assertThat(found.find()).as(host.output()).isTrue();
        return found.group(1);
    }

    /** Whether the engine waits at a node, as its own REST API says. */
    private static String runsWaitingAt(PackagedHost host, String activity) {
        return String.valueOf(host.http()
                .get()
                .uri("/engine-rest/process-instance/count?activityIdIn=" + activity)
                .headers(headers -> headers.setBasicAuth("demo", "demo"))
                .retrieve()
                .body(String.class));
    }

    @Test
    void whatIsDeployedSurvivesAKillAndAnotherJava() throws Exception {
        int port = freePort();
        try (PackagedHost host = PackagedHost.start(Path.of(System.getProperty("java.home")), data, port)) {
            deployBeside(host);
            assertThat(processesNamedBeside(host)).contains("\"count\":1");
            host.kill();
        }
        Path newest = PackagedHost.newestJavaHome();
        try (PackagedHost host = PackagedHost.start(newest, data, port)) {
            assertThat(host.output()).contains("(Java " + PackagedHost.feature(newest) + ")");
            assertThat(processesNamedBeside(host)).contains("\"count\":1");
        }
        assertThat(Files.exists(data.resolve("postgresql/postmaster.pid"))).isFalse();
    }

    private static void deployBeside(PackagedHost host) {
        var parts = new LinkedMultiValueMap<String, Object>();
        parts.add("deployment-name", "beside");
        parts.add("data", new ClassPathResource("beside.bpmn"));
        var answer = host.http()
                .post()
                .uri("/engine-rest/deployment/create")
                .headers(headers -> headers.setBasicAuth("demo", "demo"))
                .contentType(MediaType.MULTIPART_FORM_DATA)
                .body(parts)
                .retrieve()
                .toEntity(String.class);
        assertThat(answer.getStatusCode().value()).as(answer.getBody()).isEqualTo(200);
    }

    private static String processesNamedBeside(PackagedHost host) {
        return String.valueOf(host.http()
                .get()
                .uri("/engine-rest/process-definition/count?key=beside")
                .headers(headers -> headers.setBasicAuth("demo", "demo"))
                .retrieve()
                .body(String.class));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
