package ai.fastn.camunda.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Has files judged in a process of their own, and a new one after each that the process did not survive. */
final class WorkerProcess implements AutoCloseable {

    private static final Duration TIME_TO_START = Duration.ofMinutes(5);

    /** Beyond the time of a file, for a process ends what hangs by itself. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    private static final String ENDED = "";

    private final Path folder;
    private final CorpusLimits limits;
    private final Duration patience;
    private @Nullable Running running;

    WorkerProcess(Path folder, CorpusLimits limits) {
        this.folder = folder;
        this.limits = limits;
        this.patience = limits.perFile().plus(GRACE);
    }

    /** A process with what it has answered so far; {@link #ENDED} comes last. */
    private record Running(Process process, Path log, Writer names, BlockingQueue<String> answers) {

        /** The answer; {@code null} when there is none in that time. */
        @Nullable String ask(String file, Duration patience) throws InterruptedException {
            try {
                names.write(file + "\n");
                names.flush();
            } catch (IOException e) {
                return ENDED;
            }
            return answers.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
        }

        void end() throws IOException {
            process.destroyForcibly();
            Files.deleteIfExists(log);
        }
    }

    /** The verdict on a file of the folder. */
    JsonNode judge(String file) throws IOException, InterruptedException {
        long began = System.nanoTime();
        Running worker = running == null ? start() : running;
        running = worker;
        String answer = worker.ask(file, patience);
        if (answer != null && !answer.equals(ENDED)) {
            return Replies.read(answer);
        }
        String reason = answer == null
                ? "no end: its process was ended after " + patience.toSeconds() + " s"
                : "its process ended with " + worker.process().waitFor() + ": " + lastLine(worker.log());
        worker.end();
        running = null;
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
        return Verdict.crashed(file, Anatomy.NONE, Verdict.Runs.NONE, millis, reason)
                .json();
    }

    private Running start() throws IOException, InterruptedException {
        Path log = Files.createTempFile("fastn-worker", ".log");
        List<String> command = List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xmx1536m",
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "-Dpolyglotimpl.AttachLibraryFailureAction=ignore",
                "-classpath",
                System.getProperty("java.class.path"),
                CorpusWorker.class.getName(),
                folder.toString(),
                String.valueOf(limits.perFile().toMillis()),
                String.valueOf(limits.crashes()));
        Process process =
                new ProcessBuilder(command).redirectError(log.toFile()).start();
        BlockingQueue<String> answers = new LinkedBlockingQueue<>();
        Thread reader = new Thread(() -> read(process, answers), "answers of worker " + process.pid());
        reader.setDaemon(true);
        reader.start();
        Running worker = new Running(process, log, process.outputWriter(StandardCharsets.UTF_8), answers);
        String first = answers.poll(TIME_TO_START.toSeconds(), TimeUnit.SECONDS);
        if (!CorpusWorker.READY.equals(first)) {
            String last = lastLine(log);
            worker.end();
            throw new IOException("a worker does not start: " + last);
        }
        return worker;
    }

    private static void read(Process process, BlockingQueue<String> answers) {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            lines.lines().forEach(answers::add);
        } catch (IOException | UncheckedIOException e) {
            // the process was ended
        } finally {
            answers.add(ENDED);
        }
    }

    private static String lastLine(Path log) throws IOException {
        String text = new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
        return text.lines().reduce("", (before, line) -> line.isBlank() ? before : line);
    }

    @Override
    public void close() throws IOException {
        if (running != null) {
            running.end();
        }
    }
}
