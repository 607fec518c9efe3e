package ai.fastn.examples.host.bench;

import com.zaxxer.hikari.HikariDataSource;
import java.util.Map;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngineConfiguration;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cfg.StandaloneProcessEngineConfiguration;
import org.camunda.bpm.engine.impl.jobexecutor.DefaultJobExecutor;

/** Stock Camunda: JavaScript in script tasks, run by GraalJS as JSR-223 engine; four threads for jobs. */
public final class StockPeer implements Peer {

    private final ProcessEngine engine;

    private StockPeer(ProcessEngine engine) {
        this.engine = engine;
        engine.getRepositoryService()
                .createDeployment()
                .name("bench-stock")
                .addClasspathResource("bench/delegate.bpmn")
                .addClasspathResource("bench/stock-instant.bpmn")
                .addString("stock-standard.bpmn", StockSteps.bpmn("bench-stock-standard"))
                .deploy();
    }

    public static void main(String[] args) throws Exception {
        try (HikariDataSource pool = new HikariDataSource()) {
            pool.setJdbcUrl(System.getProperty("bench.url"));
            pool.setMaximumPoolSize(20);
            ProcessEngine engine = engine(pool);
            Peer.serve(new StockPeer(engine));
            engine.close();
        }
    }

    @Override
    public Map<String, Double> measure(Workload workload) throws Exception {
        return switch (workload) {
            case W1 ->
                new Turns(Input.RUNS)
                        .with("delegate", () -> run("bench-delegate"))
                        .with("script", () -> run("bench-stock-instant"))
                        .medianMicros();
            case W3 ->
                Map.of("runsPerSecond", new Throughput(engine, "bench-stock-standard").runsPerSecond(Input.RUNS));
            default -> throw new IllegalStateException(workload + " is not for stock Camunda");
        };
    }

    private void run(String key) {
        engine.getRuntimeService().startProcessInstanceByKey(key, Input.VARIABLES);
    }

    private static ProcessEngine engine(HikariDataSource pool) {
        ProcessEngineConfigurationImpl configuration = new StandaloneProcessEngineConfiguration();
        configuration.setDataSource(pool);
        configuration.setDatabaseSchemaUpdate(ProcessEngineConfiguration.DB_SCHEMA_UPDATE_TRUE);
        configuration.setHistory(ProcessEngineConfiguration.HISTORY_AUDIT);
        configuration.setHistoryTimeToLive("P180D");
        configuration.setHistoryRemovalTimeStrategy(ProcessEngineConfiguration.HISTORY_REMOVAL_TIME_STRATEGY_START);
        configuration.setMetricsEnabled(false);
        DefaultJobExecutor jobs = new DefaultJobExecutor();
        jobs.setCorePoolSize(4);
        jobs.setMaxPoolSize(4);
        configuration.setJobExecutor(jobs);
        configuration.setJobExecutorActivate(true);
        return configuration.buildProcessEngine();
    }
}
