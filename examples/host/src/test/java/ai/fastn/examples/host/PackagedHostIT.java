package ai.fastn.examples.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.MediaType;
import org.springframework.util.LinkedMultiValueMap;

class PackagedHostIT {

    @TempDir
    Path data;

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
