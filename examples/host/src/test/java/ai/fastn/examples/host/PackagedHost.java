package ai.fastn.examples.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.stream.Stream;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

/** The packaged host as its users start it: {@code java -jar host.jar}, a process of its own. */
final class PackagedHost implements AutoCloseable {

    private static final String READY = "  Data ";

    private final Process process;
    private final Path output;
    private final RestClient http;

    private PackagedHost(Process process, Path output, int port) {
        this.process = process;
        this.output = output;
        this.http = RestClient.builder()
                .requestFactory(new JdkClientHttpRequestFactory())
                .baseUrl("http://localhost:" + port)
                .defaultStatusHandler(HttpStatusCode::isError, (request, response) -> {})
                .build();
    }

    /** Starts on this port with this data folder and waits for the greeting. */
    static PackagedHost start(Path javaHome, Path data, int port) throws IOException {
        Path output = Files.createTempFile("packaged-host", ".log");
        Process process = new ProcessBuilder(
                        javaHome.resolve("bin/java").toString(),
                        "-Dserver.port=" + port,
                        "-Dfastn.host.data=" + data,
                        "-jar",
                        System.getProperty("host.jar"))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        PackagedHost host = new PackagedHost(process, output, port);
        await().atMost(Duration.ofMinutes(3))
                .failFast("the host ended", () -> !process.isAlive())
                .untilAsserted(() -> assertThat(host.output()).contains(READY));
        return host;
    }

    /** The newest JDK of this machine, which is the running one where there is no other. */
    static Path newestJavaHome() throws IOException {
        Path running = Path.of(System.getProperty("java.home"));
        Path all = Path.of("/usr/lib/jvm");
        if (!Files.isDirectory(all)) {
            return running;
        }
        try (Stream<Path> installed = Files.list(all)) {
            return installed
                    .filter(home -> Files.isExecutable(home.resolve("bin/java")))
                    .filter(home -> Files.exists(home.resolve("release")))
                    .max(Comparator.comparingInt(PackagedHost::feature))
                    .orElse(running);
        }
    }

    /** Java's feature number, for example 25. */
    static int feature(Path javaHome) {
        try (Stream<String> lines = Files.lines(javaHome.resolve("release"))) {
            return lines.filter(line -> line.startsWith("JAVA_VERSION="))
                    .map(line -> Runtime.Version.parse(
                                    line.substring("JAVA_VERSION=".length()).replace("\"", ""))
                            .feature())
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    RestClient http() {
        return http;
    }

    String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As a power cut would: no hook runs, PostgreSQL stays behind. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** As Ctrl+C does; gives all it has said until then. */
    String end() {
        close();
        return output();
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
