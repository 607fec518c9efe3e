package ai.fastn.camunda.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The command {@code ./mvnw -q -Pdifferential -Ddir=<folder>}: judges each workflow of a folder that is no part of this
 * repository and prints a line of JSON for each, and a summary. {@code -Dcrashes=} (300, or {@code all}) limits the
 * crash points tried for a file, {@code -Dseconds=} (60) its time, {@code -Dworkers=} how many are judged at a time.
 */
public final class ForeignCorpus {

    private final Path folder;
    private final CorpusLimits limits;
    private final int workers;

    ForeignCorpus(Path folder, CorpusLimits limits, int workers) {
        this.folder = folder;
        this.limits = limits;
        this.workers = workers;
    }

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(System.getProperty("dir", ""));
        if (System.getProperty("dir", "").isEmpty() || !Files.isDirectory(folder)) {
            System.err.printf("\"%s\" is no folder: name one with -Ddir=<folder>.%n", folder);
            System.exit(2);
        }
        int workers = Integer.getInteger("workers", Runtime.getRuntime().availableProcessors());
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        new ForeignCorpus(folder, CorpusLimits.ofProperties(), workers).judge(out);
    }

    /** Prints the verdicts in the order of the files, each as soon as it and those before it are known. */
    void judge(PrintStream out) throws IOException, InterruptedException, ExecutionException {
        List<String> files = CorpusFile.namesIn(folder);
        CorpusSummary summary = new CorpusSummary();
        LinkedBlockingQueue<WorkerProcess> idle = new LinkedBlockingQueue<>();
        for (int i = 0; i < workers; i++) {
            idle.add(new WorkerProcess(folder, limits));
        }
        ExecutorService threads = Executors.newFixedThreadPool(workers);
        try {
            List<Future<JsonNode>> verdicts = new ArrayList<>();
            files.forEach(file -> verdicts.add(threads.submit(() -> judge(file, idle))));
            for (Future<JsonNode> verdict : verdicts) {
                summary.add(verdict.get());
                out.println(verdict.get());
            }
            out.println(summary.json());
        } finally {
            threads.shutdownNow();
            for (WorkerProcess worker : idle) {
                worker.close();
            }
        }
    }

    private static JsonNode judge(String file, LinkedBlockingQueue<WorkerProcess> idle)
            throws IOException, InterruptedException {
        WorkerProcess worker = idle.take();
        try {
            return worker.judge(file);
        } finally {
            idle.add(worker);
        }
    }
}
