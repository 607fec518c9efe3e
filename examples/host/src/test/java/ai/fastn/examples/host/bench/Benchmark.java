package ai.fastn.examples.host.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Runs both peers on one PostgreSQL with fsync on, each in a JVM of its own (the stock one needs GraalJS as a JSR-223
 * engine, which the host must not have), prints ratios and writes them as JSON. Both peers measure the same process
 * with a Java delegate: it is the unit in which the two JVMs are compared, so that a noisy machine hits both sides.
 */
public final class Benchmark {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private Benchmark() {}

    public static void main(String[] args) throws IOException, InterruptedException, SQLException {
        Path work = Files.createTempDirectory("fastn-bench");
        try (EmbeddedPostgres server = EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .start()) {
            Figures fastn = peer(FastnPeer.class, server, work, "");
            Figures stock =
                    peer(StockPeer.class, server, work, File.pathSeparator + System.getProperty("bench.stock.jar"));
            report(fastn, stock);
        }
    }

    private static Figures peer(Class<?> main, EmbeddedPostgres server, Path work, String moreClassPath)
            throws IOException, InterruptedException, SQLException {
        String name = main.getSimpleName().toLowerCase(Locale.ROOT);
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        }
        Path figures = work.resolve(name + ".json");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-Dlogback.configurationFile=bench/logback.xml",
                "-Dpolyglot.engine.WarnInterpreterOnly=false",
                "-Dpolyglotimpl.AttachLibraryFailureAction=ignore",
                "-Dbench.runs=" + Integer.getInteger("bench.runs", 1_000),
                "-Dbench.url=" + server.getJdbcUrl("postgres", name),
                "-Dbench.figures=" + figures,
                "-Dbench.work=" + work.resolve(name),
                "-classpath",
                System.getProperty("java.class.path") + moreClassPath,
                main.getName()));
        int exit = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (exit != 0) {
            throw new IllegalStateException(main.getSimpleName() + " ended with " + exit);
        }
        return JSON.readValue(figures.toFile(), Figures.class);
    }

    private static void report(Figures fastn, Figures stock) throws IOException {
        double fastnUnit = fastn.delegateMicros();
        double stockUnit = stock.delegateMicros();
        Map<String, Double> ratios = new LinkedHashMap<>();
        ratios.put("instantTimeAgainstJavaDelegate", rounded(fastn.instantMicros() / fastnUnit));
        ratios.put("stockScriptTimeAgainstJavaDelegate", rounded(stock.instantMicros() / stockUnit));
        ratios.put(
                "instantTimeAgainstStockScript",
                rounded(fastn.instantMicros() / fastnUnit / (stock.instantMicros() / stockUnit)));
        ratios.put(
                "standardThroughputAgainstStockAsync", rounded(fastn.standardPerSecond() / stock.standardPerSecond()));
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("java", Runtime.version().toString());
        report.put("processors", Runtime.getRuntime().availableProcessors());
        report.put("fastn", fastn);
        report.put("stock", stock);
        report.put("ratios", ratios);
        Path file = Path.of(System.getProperty("bench.report", "target/benchmark.json"));
        JSON.writeValue(file.toFile(), report);
        System.out.printf(
                Locale.ROOT,
                "Instant, no effect, median time of a run (unit: a hand-made Java delegate process in the same JVM)%n"
                        + "  Java delegate          1.00   (%.0f us beside Fastn, %.0f us beside stock)%n"
                        + "  Fastn                  %.2f%n  stock JavaScript task  %.2f%n"
                        + "Standard, five effects, runs per second against stock asynchronous script tasks%n"
                        + "  stock                  1.00   (%.1f/s)%n  Fastn                  %.2f%nWritten to %s%n",
                fastnUnit,
                stockUnit,
                ratios.get("instantTimeAgainstJavaDelegate"),
                ratios.get("stockScriptTimeAgainstJavaDelegate"),
                stock.standardPerSecond(),
                ratios.get("standardThroughputAgainstStockAsync"),
                file);
    }

    private static double rounded(double ratio) {
        return Math.round(ratio * 100) / 100.0;
    }
}
