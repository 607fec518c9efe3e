package ai.fastn.examples.host.bench;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs Fastn and what it is compared with on one PostgreSQL with fsync on, each in a JVM of its own (the stock peer
 * needs GraalJS as a JSR-223 engine, which the host must not have). The peers take turns; ratios are those of one
 * round.
 */
public final class Benchmark {

    private static final int ROUNDS = Integer.getInteger("bench.rounds", 4);

    private static final String ACCESS_RULES = """
            local all postgres trust
            host  all postgres 127.0.0.1/32 trust
            host  all postgres ::1/128      trust
            host  all all      127.0.0.1/32 scram-sha-256
            host  all all      ::1/128      scram-sha-256
            """;

    private final EmbeddedPostgres server;
    private final Path work;
    private final List<Workload> wanted;

    private Benchmark(EmbeddedPostgres server, Path work, List<Workload> wanted) {
        this.server = server;
        this.work = work;
        this.wanted = wanted;
    }

    public static void main(String[] args) throws IOException, SQLException {
        List<Workload> wanted = Arrays.stream(
                        System.getProperty("bench.only", "W1,W2,W3,W9,W8,W4").split(","))
                .map(Workload::valueOf)
                .toList();
        try (EmbeddedPostgres server = EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("password_encryption", "scram-sha-256")
                .start()) {
            askTenantsForPasswords(server);
            Benchmark benchmark = new Benchmark(server, Files.createTempDirectory("fastn-bench"), wanted);
            new Report(benchmark.measure())
                    .publish(Path.of(System.getProperty("bench.report", "target/benchmark.json")));
        }
    }

    /** Fastn refuses a server that lets the roles of tenants in without a password. */
    private static void askTenantsForPasswords(EmbeddedPostgres server) throws SQLException, IOException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet file = statement.executeQuery("SHOW hba_file")) {
            file.next();
            Files.writeString(Path.of(file.getString(1)), ACCESS_RULES);
        }
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_reload_conf()");
        }
    }

    private Map<Workload, List<Round>> measure() throws IOException, SQLException {
        Map<String, PeerProcess> peers = new LinkedHashMap<>();
        try {
            for (String name : List.of("fastn", "stock", "dbos", "soak")) {
                if (wanted.stream().anyMatch(workload -> workload.isMeasuredBy(name))) {
                    createDatabase(name);
                    peers.put(name, new PeerProcess(name, program(name)));
                }
            }
            Map<Workload, List<Round>> measured = new LinkedHashMap<>();
            for (Workload workload : wanted) {
                List<Round> rounds = rounds(workload, peers);
                System.out.println(workload + " " + Round.medians(rounds).figures());
                measured.put(workload, rounds);
            }
            return measured;
        } finally {
            for (PeerProcess peer : peers.values()) {
                peer.close();
            }
        }
    }

    private static List<Round> rounds(Workload workload, Map<String, PeerProcess> peers) throws IOException {
        if (!workload.isRepeated()) {
            return List.of(round(workload, peers));
        }
        round(workload, peers); // does not count: most of what a cold JVM does is compiling itself
        List<Round> rounds = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            rounds.add(round(workload, peers));
        }
        return rounds;
    }

    private static Round round(Workload workload, Map<String, PeerProcess> peers) throws IOException {
        Map<String, Double> figures = new LinkedHashMap<>();
        for (Map.Entry<String, PeerProcess> peer : peers.entrySet()) {
            if (workload.isMeasuredBy(peer.getKey())) {
                figures.putAll(peer.getValue().measure(workload));
            }
        }
        return new Round(figures);
    }

    private void createDatabase(String name) throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
            statement.execute("CREATE DATABASE " + name + "_tenants");
        }
    }

    /** Stock Camunda keeps a JavaScript context for every script it has run: with 1 GB it ran out of memory in W3. */
    private static String heap(String peer) {
        return switch (peer) {
            case "soak" -> "-Xmx512m";
            case "stock" -> "-Xmx5g";
            default -> "-Xmx1g";
        };
    }

    private List<String> program(String peer) {
        List<String> program = new ArrayList<>(List.of(
                heap(peer),
                "-Dlogback.configurationFile=bench/logback.xml",
                "-Dpolyglot.engine.WarnInterpreterOnly=false",
                "-Dpolyglotimpl.AttachLibraryFailureAction=ignore",
                "-Dbench.runs=" + Math.max(1, Integer.getInteger("bench.runs", 1_000) / ROUNDS),
                "-Dbench.soak.steps=" + Integer.getInteger("bench.soak.steps", 1_000_000),
                "-Dbench.url=" + server.getJdbcUrl("postgres", peer),
                "-Dbench.tenants=jdbc:postgresql://localhost:" + server.getPort() + "/" + peer + "_tenants",
                "-Dbench.work=" + work.resolve(peer),
                "-classpath"));
        String own = System.getProperty("java.class.path");
        switch (peer) {
            case "stock" ->
                program.addAll(List.of(
                        own + File.pathSeparator + System.getProperty("bench.stock.jar"), StockPeer.class.getName()));
            case "dbos" ->
                // Started from its source text: what it needs contradicts the class path of the host.
                program.addAll(List.of(
                        System.getProperty("bench.dbos") + File.separator + "*",
                        System.getProperty("bench.dbos.peer")));
            default -> program.addAll(List.of(own, FastnPeer.class.getName()));
        }
        return program;
    }
}
