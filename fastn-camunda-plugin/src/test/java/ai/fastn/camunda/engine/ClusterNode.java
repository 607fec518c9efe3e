package ai.fastn.camunda.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ai.fastn.camunda.host.PluginApplication;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.camunda.bpm.engine.impl.jobexecutor.JobExecutor;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.springframework.context.ApplicationContext;

/** A node that executes jobs: a host in a process of its own, which a test can kill and stop. */
final class ClusterNode implements AutoCloseable {

    private static final String READY = "node is ready: ";
    private static final String LISTENS = "node listens at ";

    private final Process process;
    private final Path log;

    private ClusterNode(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Begins to start a node; {@link #awaitReady} waits for it. */
    static ClusterNode start(Map<String, Object> properties) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Dpolyglot.engine.WarnInterpreterOnly=false",
                "-Dpolyglotimpl.AttachLibraryFailureAction=ignore",
                "-classpath",
                System.getProperty("java.class.path"),
                ClusterNode.class.getName()));
        properties.forEach((name, value) -> command.add("--" + name + "=" + value));
        try {
            Path log = Files.createTempFile("fastn-node", ".log");
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            return new ClusterNode(process, log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** In the node's process. */
    public static void main(String[] arguments) throws IOException {
        Map<String, Object> properties = new LinkedHashMap<>();
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            properties.put(argument.substring(2, equals), argument.substring(equals + 1));
        }
        ApplicationContext context = PluginApplication.start(properties, initialized -> {});
        JobExecutor executor = context.getBean(JobExecutor.class);
        System.out.println(LISTENS + context.getEnvironment().getProperty("local.server.port"));
        System.out.println(READY + executor.getLockOwner());
        while (executor.isActive()) {
            executor.jobWasAdded(); // the host that starts the runs executes no jobs and tells nobody
            if (System.in.available() > 0) {
                ClockUtil.offset(Duration.ofHours((byte) System.in.read()).toMillis());
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
    }

    ClusterNode awaitReady() {
        await().atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(50))
                .failFast(() -> assertThat(process.isAlive()).as(log()).isTrue())
                .untilAsserted(() -> assertThat(log()).contains(READY));
        return this;
    }

    /** What its locks on jobs carry. */
    String lockOwner() {
        return said(READY);
    }

    /** Of its REST API. */
    int port() {
        return Integer.parseInt(said(LISTENS));
    }

    private String said(String begin) {
        return log().lines()
                .filter(line -> line.startsWith(begin))
                .findFirst()
                .orElseThrow()
                .substring(begin.length());
    }

    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As a power cut: {@code kill -9}. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** As a machine that is suspended. */
    void stop() {
        signal("-STOP");
    }

    /** And goes on. */
    void goOn() {
        signal("-CONT");
    }

    /** Its clock is so many hours wrong from now on. */
    void setClock(int hours) {
        try {
            process.getOutputStream().write(hours);
            process.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** In good order; returns when it has gone. */
    void terminate() {
        signal("-TERM");
        process.onExit().orTimeout(1, TimeUnit.MINUTES).join();
    }

    private void signal(String name) {
        try {
            int exit = new ProcessBuilder("kill", name, Long.toString(process.pid()))
                    .start()
                    .waitFor();
            assertThat(exit).isZero();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        kill();
        try {
            Files.deleteIfExists(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
