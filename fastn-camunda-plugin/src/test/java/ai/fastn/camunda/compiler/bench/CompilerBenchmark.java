package ai.fastn.camunda.compiler.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How long compiling takes: each measurement in a JVM of its own, so that none warms up for another. Prints a table
 * with the promised figures beside the measured ones and writes both as JSON.
 */
public final class CompilerBenchmark {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private CompilerBenchmark() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        Path work = Files.createTempDirectory("fastn-compiler-bench");
        Map<String, Double> figures = new LinkedHashMap<>();
        for (CompilerMeasurement measurement : CompilerMeasurement.values()) {
            figures.putAll(measured(measurement, work));
        }
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("java", Runtime.version().toString());
        report.put("processors", Runtime.getRuntime().availableProcessors());
        report.put("figures", figures);
        Path file = Path.of(System.getProperty("bench.report", "target/benchmark.json"));
        JSON.writeValue(file.toFile(), report);
        print(figures, file);
    }

    private static Map<String, Double> measured(CompilerMeasurement measurement, Path work)
            throws IOException, InterruptedException {
        Path figures = work.resolve(measurement.name() + ".json");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-Dpolyglotimpl.AttachLibraryFailureAction=ignore",
                "-classpath",
                System.getProperty("java.class.path"),
                CompilerMeasurement.class.getName(),
                measurement.name(),
                figures.toString()));
        int exit = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (exit != 0) {
            throw new IllegalStateException(measurement + " ended with " + exit);
        }
        Map<String, Double> read = new LinkedHashMap<>();
        JSON.readTree(figures.toFile())
                .properties()
                .forEach(field -> read.put(field.getKey(), field.getValue().asDouble()));
        return read;
    }

    private static void print(Map<String, Double> figures, Path file) {
        System.out.printf(Locale.ROOT, "%-58s %10s %12s%n", "Compiler", "measured", "promised");
        figures.forEach((name, value) -> {
            Double most = CompilerMeasurement.PROMISED.get(name);
            System.out.printf(
                    Locale.ROOT,
                    "%-58s %10.2f %12s%s%n",
                    name,
                    value,
                    most == null ? "" : String.format(Locale.ROOT, "<= %.2f", most),
                    most != null && value > most ? "  MISSED" : "");
        });
        System.out.println("Written to " + file);
    }
}
