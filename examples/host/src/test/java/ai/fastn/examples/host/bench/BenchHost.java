package ai.fastn.examples.host.bench;

import ai.fastn.camunda.execution.ExecuteRequest;
import ai.fastn.camunda.execution.Execution;
import ai.fastn.camunda.execution.ExecutionFilter;
import ai.fastn.camunda.execution.ExecutionLog;
import ai.fastn.camunda.execution.Executions;
import ai.fastn.camunda.execution.Started;
import ai.fastn.camunda.lifecycle.Workflow;
import ai.fastn.camunda.lifecycle.Workflows;
import ai.fastn.camunda.workflow.ExecutionStatus;
import ai.fastn.camunda.workflow.TenantId;
import ai.fastn.camunda.workflow.TriggerKind;
import ai.fastn.camunda.workflow.WorkflowSlug;
import ai.fastn.examples.host.first.DemoTenant;
import ai.fastn.examples.host.first.Example;
import ai.fastn.examples.host.first.WorkflowsClient;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.management.Metrics;
import org.springframework.context.ConfigurableApplicationContext;

/** The host under measurement: installs the workflows in {@code bench/} and reads what became of their runs. */
final class BenchHost {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);

    private final ConfigurableApplicationContext context;
    private final WorkflowsClient client;
    private final Set<String> installed = new HashSet<>();

    BenchHost(ConfigurableApplicationContext context) {
        this.context = context;
        DemoTenant tenant = context.getBean(DemoTenant.class);
        String url = context.getEnvironment().getRequiredProperty("fastn.host.url");
        client = new WorkflowsClient(url, tenant, tenant.createAccessKey());
    }

    ProcessEngine engine() {
        return context.getBean(ProcessEngine.class);
    }

    void bean(String name, Object bean) {
        context.getBeanFactory().registerSingleton(name, bean);
    }

    DataSource poolOfTenants() {
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl(System.getProperty("bench.tenants"));
        pool.setUsername("postgres");
        pool.setPassword("postgres");
        return pool;
    }

    /** Deploys {@code bench/<slug>.js}; false when it is deployed already. */
    boolean install(String slug, String tier, int attempts) {
        if (!installed.add(slug)) {
            return false;
        }
        ObjectNode configuration = JSON.createObjectNode();
        configuration.put("name", slug).put("description", "").put("tier", tier).put("enabled", true);
        configuration.put("timeoutMs", tier.equals("LONG") ? 600_000 : tier.equals("INSTANT") ? 60_000 : 120_000);
        ObjectNode retry = configuration.putObject("retry");
        retry.put("maxAttempts", attempts).put("initialIntervalMs", 5_000);
        retry.put("backoffCoefficient", 2).put("maxIntervalMs", 60_000);
        client.install(new Example(slug, slug + ".js", code(slug), configuration, JSON.createArrayNode()));
        return true;
    }

    private static String code(String slug) {
        try (InputStream in = BenchHost.class.getResourceAsStream("/bench/" + slug + ".js")) {
            if (in == null) {
                throw new IllegalStateException("bench/" + slug + ".js is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs an Instant workflow as the REST API does, without HTTP; looking the workflow up is part of it. */
    void runInstant(String slug) {
        Workflow workflow = context.getBean(Workflows.class).get(TenantId.DEFAULT, WorkflowSlug.of(slug));
        Started started = context.getBean(Executions.class)
                .execute(workflow, new ExecuteRequest(Input.JSON, "{}", TriggerKind.API, "benchmark"));
        if (!(started instanceof Started.Completed)) {
            throw new IllegalStateException(slug + " is not over: " + started);
        }
    }

    /** Over the REST API: a variable of the engine can not hold a long text. */
    void start(String slug, JsonNode input) {
        client.execute(slug, input);
    }

    /** Runs a workflow of a background tier alone; from its start to its end. */
    double secondsOfRun(String slug, JsonNode input) throws InterruptedException {
        start(slug, input);
        Execution run = ended(slug, 1).get(0);
        return Duration.between(run.startedAt(), run.endedAt().orElseThrow()).toNanos() / 1e9;
    }

    /** The newest runs of a workflow, once none runs any more. */
    List<Execution> ended(String slug, int count) throws InterruptedException {
        long start = System.nanoTime();
        while (!list(slug, Optional.of(ExecutionStatus.RUNNING), 1).isEmpty()) {
            if (System.nanoTime() - start > LONGEST_WAIT.toNanos()) {
                throw new IllegalStateException("runs of " + slug + " do not end");
            }
            Thread.sleep(20);
        }
        List<Execution> runs = list(slug, Optional.empty(), count);
        runs.stream().filter(run -> run.result().isEmpty()).findAny().ifPresent(run -> {
            throw new IllegalStateException("run of " + slug + " is " + run.status() + ": " + run.error());
        });
        return runs;
    }

    private List<Execution> list(String slug, Optional<ExecutionStatus> status, int limit) {
        return context.getBean(ExecutionLog.class)
                .list(
                        TenantId.DEFAULT,
                        new ExecutionFilter(Optional.of(WorkflowSlug.of(slug)), status, Optional.empty(), limit));
    }

    /** How often the job executor has asked the database for jobs. */
    long acquisitions() {
        return ((ProcessEngineConfigurationImpl) engine().getProcessEngineConfiguration())
                .getMetricsRegistry()
                .getDbMeterByName(Metrics.JOB_ACQUISITION_ATTEMPT)
                .get();
    }
}
