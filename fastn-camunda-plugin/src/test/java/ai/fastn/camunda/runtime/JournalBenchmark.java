package ai.fastn.camunda.runtime;

import ai.fastn.camunda.autoconfigure.SchemaMigrations;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.ToIntBiFunction;

/**
 * Lines per second of runs that write at the same time, in groups against one transaction a line; both in turns on the
 * same PostgreSQL with fsync on. {@code java -cp ... ai.fastn.camunda.runtime.JournalBenchmark}
 */
public final class JournalBenchmark {

    private static final int LINES = 400;
    private static final int ROUNDS = 5;

    private JournalBenchmark() {}

    public static void main(String[] args) throws IOException {
        try (EmbeddedPostgres server = EmbeddedPostgres.builder()
                        .setServerConfig("fsync", "on")
                        .setServerConfig("synchronous_commit", "on")
                        .start();
                HikariDataSource pool = pool(server)) {
            new SchemaMigrations(pool).apply();
            JdbcJournal journal = new JdbcJournal(pool);
            for (int threads : new int[] {1, 4, 16, 32}) {
                List<Double> alone = new ArrayList<>();
                List<Double> grouped = new ArrayList<>();
                for (int round = 0; round < ROUNDS; round++) {
                    alone.add(perSecond(pool, threads, journal::appendAlone));
                    grouped.add(perSecond(pool, threads, journal::append));
                }
                double ratio = median(grouped) / median(alone);
                System.out.printf(
                        "%2d runs at once: alone %6.0f/s, in groups %6.0f/s, ratio %.2f%n",
                        threads, median(alone), median(grouped), ratio);
            }
        }
    }

    private static HikariDataSource pool(EmbeddedPostgres server) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(server.getJdbcUrl("postgres", "postgres"));
        config.setUsername("postgres");
        config.setMaximumPoolSize(10);
        return new HikariDataSource(config);
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    private static double perSecond(
            HikariDataSource pool, int threads, ToIntBiFunction<Owner, List<JournalLine>> append) {
        PersistedRuns runs = new PersistedRuns(pool);
        long began = System.nanoTime();
        List<CompletableFuture<Void>> writers = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            RunScope scope = TestEngine.scope("{}");
            runs.begin(scope);
            Owner owner = new JdbcJournal(pool).take(scope.execution(), 0).owner();
            writers.add(CompletableFuture.runAsync(() -> write(owner, append), task -> new Thread(task).start()));
        }
        writers.forEach(CompletableFuture::join);
        return threads * LINES / ((System.nanoTime() - began) / 1e9);
    }

    private static void write(Owner owner, ToIntBiFunction<Owner, List<JournalLine>> append) {
        for (int ordinal = 0; ordinal < LINES; ordinal++) {
            JournalLine line = new JournalLine(0, JournalLine.Kind.OUTCOME, ordinal, "e", "d", ordinal, new byte[200]);
            if (append.applyAsInt(owner, List.of(line)) != 1) {
                throw new IllegalStateException("line " + ordinal + " was there");
            }
        }
    }
}
