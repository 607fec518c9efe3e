package ai.fastn.camunda.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A process that judges the files whose names come on its standard input and writes a verdict a line, so that a file
 * can take down this process only.
 */
final class CorpusWorker {

    /** Recursive programs recurse in the plain function on the stack of the worker. */
    private static final long STACK_BYTES = 512L << 20;

    /** The first line: from now on a file takes its own time only. */
    static final String READY = "ready";

    private CorpusWorker() {}

    /** Judges until there are no more names; the arguments: folder, milliseconds a file, crashes a file. */
    public static void main(String[] arguments) throws InterruptedException {
        Path folder = Path.of(arguments[0]);
        CorpusLimits limits =
                new CorpusLimits(Duration.ofMillis(Long.parseLong(arguments[1])), Integer.parseInt(arguments[2]));
        PrintStream verdicts = System.out;
        System.setOut(System.err);
        Thread thread = new Thread(null, () -> work(folder, limits, verdicts), "corpus-worker", STACK_BYTES);
        thread.start();
        thread.join();
        System.exit(0);
    }

    private static void work(Path folder, CorpusLimits limits, PrintStream verdicts) {
        try (CorpusJudge judge = new CorpusJudge(limits);
                BufferedReader names = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            judge.warmUp();
            write(READY, verdicts);
            String name = names.readLine();
            while (name != null) {
                Verdict verdict = judge.judge(CorpusFile.read(folder, name));
                write(verdict.json().toString(), verdicts);
                name = names.readLine();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(String line, PrintStream verdicts) throws IOException {
        verdicts.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        verdicts.flush();
    }
}
