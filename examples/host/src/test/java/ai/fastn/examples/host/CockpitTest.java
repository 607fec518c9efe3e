package ai.fastn.examples.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;

/** Cockpit in Chromium; {@code src/test/e2e/cockpit.mjs} says what is clicked. */
class CockpitTest extends RunningHost {

    private static final Path SCREENSHOTS = Path.of("target/screenshots").toAbsolutePath();

    @Autowired
    CockpitTest(@Value("${fastn.host.url}") String url) {
        super(url);
    }

    @Test
    void demoLogsIn() throws Exception {
        journey("login");

        assertThat(SCREENSHOTS.resolve("login-dashboard.png")).isNotEmptyFile();
    }

    @Test
    void demoOpensTheHubspotWorkflowRunsItAndSeesTheResult() throws Exception {
        journey("run");

        assertThat(SCREENSHOTS.resolve("run-result.png")).isNotEmptyFile();
    }

    private void journey(String what) throws IOException, InterruptedException {
        Path output = Files.createTempFile("cockpit-" + what, ".log");
        int exit = new ProcessBuilder("node", "cockpit.mjs", what, url(), SCREENSHOTS.toString())
                .directory(Path.of("src/test/e2e").toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start()
                .waitFor();
        assertThat(exit).as(Files.readString(output, StandardCharsets.UTF_8)).isZero();
    }
}
