package ai.fastn.examples.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Starts that are refused; a start that succeeds has a JVM of its own in {@link PackagedHostIT}. */
@ExtendWith(OutputCaptureExtension.class)
class HostStartTest {

    @TempDir
    Path data;

    @Test
    void aPortInUseEndsTheStartWithOneSentence(CapturedOutput output) throws IOException {
        try (ServerSocket occupied = new ServerSocket(0)) {
            int port = occupied.getLocalPort();

            assertThatThrownBy(() -> start("" + port)).isInstanceOf(StartRefusedException.class);

            assertThat(output.getErr())
                    .isEqualToIgnoringNewLines("Port " + port
                            + " is in use: stop what listens there or start with -Dserver.port=" + (port + 1));
        }
    }

    @Test
    void aDataFolderOfARunningHostEndsTheStartWithOneSentence(CapturedOutput output) throws IOException {
        try (DataFolder running = DataFolder.open(data)) {
            assertThat(running.resolve("x").getParent()).isEqualTo(data);

            assertThatThrownBy(() -> start("0")).isInstanceOf(StartRefusedException.class);

            assertThat(output.getErr())
                    .isEqualToIgnoringNewLines("Data folder " + data
                            + " is used by another running host: stop that one or start with"
                            + " -Dfastn.host.data=<another folder>");
        }
    }

    @Test
    void secretsOfTheInstallationStayTheSame() throws IOException {
        String made;
        try (DataFolder folder = DataFolder.open(data)) {
            made = folder.secret("master-key");
        }
        try (DataFolder folder = DataFolder.open(data)) {
            assertThat(folder.secret("master-key")).isEqualTo(made);
            assertThat(folder.secret("other")).isNotEqualTo(made);
        }
        assertThat(Files.getPosixFilePermissions(data.resolve("master-key"))).hasSize(2);
    }

    @Test
    void connectorDefinitionsAreUnpackedAndThoseOfTheOperatorStay() throws IOException {
        try (DataFolder folder = DataFolder.open(data)) {
            Path connectors = Files.createDirectories(data.resolve("connectors"));
            Files.writeString(connectors.resolve("own.yaml"), "slug: own");

            ConnectorFolder.unpack(folder);

            assertThat(connectors.resolve("hubspot-crm.yaml")).isNotEmptyFile();
            assertThat(connectors.resolve("tenants/default/gamma.yaml")).isNotEmptyFile();
            assertThat(connectors.resolve("own.yaml")).hasContent("slug: own");
        }
    }

    private void start(String port) {
        new SpringApplication(HostApplication.class).run("--server.port=" + port, "--fastn.host.data=" + data);
    }
}
