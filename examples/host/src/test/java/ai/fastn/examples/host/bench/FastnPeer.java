package ai.fastn.examples.host.bench;

import ai.fastn.examples.host.HostApplication;
import java.nio.file.Path;
import java.util.Map;
import org.camunda.bpm.engine.ProcessEngine;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** Fastn in the example host, beside the same work as Java delegates. */
public final class FastnPeer implements Peer {

    /** Five reads and five writes. */
    static final String STANDARD = "bench-steps";

    private static final int STEPS_IN_CHAIN = 40;
    private static final int PASSES_OF_ITEMS = 20;
    private static final int CALLS = 41;

    private final ProcessEngine engine;
    private final BenchHost host;
    private final CalledService service;

    private FastnPeer(BenchHost host, CalledService service) {
        this.host = host;
        this.service = service;
        this.engine = host.engine();
        engine.getRepositoryService()
                .createDeployment()
                .name("bench-by-hand")
                .addClasspathResource("bench/delegate.bpmn")
                .addClasspathResource("bench/order.bpmn")
                .addString("one.bpmn", EmptySteps.bpmn("bench-one-step", 1))
                .addString("chain.bpmn", EmptySteps.bpmn("bench-chain", 1 + STEPS_IN_CHAIN))
                .deploy();
    }

    public static void main(String[] args) throws Exception {
        CalledService service = new CalledService();
        service.define(Path.of(System.getProperty("bench.work")));
        try (ConfigurableApplicationContext context = SpringApplication.run(
                HostApplication.class,
                "--server.port=0",
                "--camunda.bpm.job-execution.core-pool-size=4",
                "--camunda.bpm.job-execution.max-pool-size=4",
                // only to count acquisitions; nothing is written
                "--camunda.bpm.metrics.enabled=true",
                "--camunda.bpm.metrics.db-reporter-activate=false",
                "--spring.datasource.url=" + System.getProperty("bench.url"),
                "--fastn.tenants.datasource.url=" + System.getProperty("bench.tenants"),
                "--fastn.tenants.datasource.username=postgres",
                "--fastn.tenants.datasource.password=postgres",
                "--fastn.egress.allow=localhost:${server.port},localhost:" + service.port(),
                "--fastn.host.data=" + System.getProperty("bench.work"))) {
            Peer.serve(new FastnPeer(new BenchHost(context), service));
        }
    }

    @Override
    public Map<String, Double> measure(Workload workload) throws Exception {
        return switch (workload) {
            case W1 -> pureCode();
            case W2 -> order();
            case W3 -> Map.of("runsPerSecond", standard().runsPerSecond(Input.RUNS));
            case W4 -> items();
            case W8 -> new Lateness(host).measure();
            case W9 -> emptySteps();
            case W10 -> new Soak(host, standard()).measure();
            case W11 -> calls();
        };
    }

    private Map<String, Double> pureCode() {
        host.install("bench-instant", "INSTANT", 1);
        return new Turns(Input.RUNS)
                .with("delegate", () -> run("bench-delegate"))
                .with("instant", () -> host.runInstant("bench-instant"))
                .medianMicros();
    }

    private Map<String, Double> order() {
        if (host.install("bench-tables", "INSTANT", 1)) {
            run("bench-tables");
            makeTablesOfDelegates();
        }
        host.install("bench-order", "INSTANT", 1);
        return new Turns(Input.RUNS)
                .with("delegates", () -> run("bench-delegates"))
                .with("instant", () -> host.runInstant("bench-order"))
                .medianMicros();
    }

    /** In the same database as the tenants' own tables, in transactions of their own, as those are. */
    private void makeTablesOfDelegates() {
        JdbcTemplate tenants = new JdbcTemplate(host.poolOfTenants());
        tenants.execute("CREATE SCHEMA bench");
        tenants.execute("CREATE TABLE bench.credit (customer TEXT PRIMARY KEY, amount INT NOT NULL)");
        tenants.execute("CREATE TABLE bench.orders (id BIGINT GENERATED ALWAYS AS IDENTITY, customer TEXT, total INT)");
        tenants.execute("INSERT INTO bench.credit VALUES ('acme', 10000)");
        host.bean("benchCredit", new CreditCheck(tenants));
        host.bean("benchOrder", new OrderInsert(tenants));
    }

    private Throughput standard() {
        host.install(STANDARD, "STANDARD", 1);
        return new Throughput(engine, STANDARD);
    }

    private Map<String, Double> items() throws InterruptedException {
        host.install("bench-items", "LONG", 1);
        host.secondsOfRun("bench-items", Items.upTo(1_000)); // warm
        double few = 0;
        for (int i = 0; i < PASSES_OF_ITEMS; i++) {
            few += host.secondsOfRun("bench-items", Items.upTo(100)) / PASSES_OF_ITEMS;
        }
        double many = host.secondsOfRun("bench-items", Items.upTo(10_000));
        return Map.of("microsPerItemOf100", few / 100 * 1e6, "microsPerItemOf10000", many / 10_000 * 1e6);
    }

    private Map<String, Double> emptySteps() {
        Round micros = new Round(new Turns(Input.RUNS)
                .with("oneStep", () -> run("bench-one-step"))
                .with("chain", () -> run("bench-chain"))
                .medianMicros());
        return Map.of("microsPerStep", (micros.get("chain") - micros.get("oneStep")) / STEPS_IN_CHAIN);
    }

    /** What a call costs beside the others of its step, and what it costs without Fastn. */
    private Map<String, Double> calls() {
        host.install("bench-one-call", "INSTANT", 1);
        host.install("bench-calls", "INSTANT", 1);
        Round micros = new Round(new Turns(Input.RUNS)
                .with("one", () -> host.runInstant("bench-one-call"))
                .with("many", () -> host.runInstant("bench-calls"))
                .with("bare", () -> service.callBare(CALLS))
                .medianMicros());
        double call = (micros.get("many") - micros.get("one")) / (CALLS - 1);
        double bare = micros.get("bare") / CALLS;
        return Map.of("microsPerCall", call, "microsPerBareCall", bare, "microsAdded", call - bare);
    }

    private void run(String key) {
        engine.getRuntimeService().startProcessInstanceByKey(key, Input.VARIABLES);
    }
}
