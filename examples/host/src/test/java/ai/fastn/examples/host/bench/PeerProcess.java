package ai.fastn.examples.host.bench;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A peer that runs: told what to measure over its standard input, answering over its standard output. */
final class PeerProcess implements AutoCloseable {

    private static final TypeReference<Map<String, Double>> FIGURES = new TypeReference<>() {};

    private final String name;
    private final Process process;
    private final BufferedReader answers;
    private final Writer orders;

    /** @param program class path, options and what to start */
    PeerProcess(String name, List<String> program) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(program);
        this.name = name;
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        answers = process.inputReader(StandardCharsets.UTF_8);
        orders = process.outputWriter(StandardCharsets.UTF_8);
        nextAnswer();
    }

    /** The figures of a workload, each as {@code <peer>.<figure>}. */
    Map<String, Double> measure(Workload workload) throws IOException {
        orders.write(workload.name() + "\n");
        orders.flush();
        Map<String, Double> named = new LinkedHashMap<>();
        nextAnswer().forEach((figure, value) -> named.put(name + "." + figure, value));
        return named;
    }

    private Map<String, Double> nextAnswer() throws IOException {
        for (String line = answers.readLine(); line != null; line = answers.readLine()) {
            if (line.startsWith(Peer.FIGURES)) {
                return new ObjectMapper().readValue(line.substring(Peer.FIGURES.length()), FIGURES);
            }
        }
        throw new IllegalStateException("peer " + name + " ended before it answered");
    }

    @Override
    public void close() throws IOException {
        orders.close();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
        }
    }
}
