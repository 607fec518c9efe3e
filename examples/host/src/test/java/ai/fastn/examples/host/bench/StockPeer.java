package ai.fastn.examples.host.bench;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngineConfiguration;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cfg.StandaloneProcessEngineConfiguration;

/** Stock Camunda: JavaScript in script tasks, run by GraalJS as JSR-223 engine, with the engine's default settings. */
public final class StockPeer {

    private StockPeer() {}

    public static void main(String[] args) throws IOException {
        try (HikariDataSource pool = new HikariDataSource()) {
            pool.setJdbcUrl(System.getProperty("bench.url"));
            pool.setMaximumPoolSize(20);
            ProcessEngine engine = engine(pool);
            engine.getRepositoryService()
                    .createDeployment()
                    .name("bench-stock")
                    .addClasspathResource("bench/stock-instant.bpmn")
                    .addClasspathResource("bench/stock-standard.bpmn")
                    .deploy();
            new Measurement(engine)
                    .measure("bench-stock-instant", "bench-stock-standard")
                    .write();
            engine.close();
        }
    }

    private static ProcessEngine engine(HikariDataSource pool) {
        ProcessEngineConfigurationImpl configuration = new StandaloneProcessEngineConfiguration();
        configuration.setDataSource(pool);
        configuration.setDatabaseSchemaUpdate(ProcessEngineConfiguration.DB_SCHEMA_UPDATE_TRUE);
        configuration.setHistory(ProcessEngineConfiguration.HISTORY_AUDIT);
        configuration.setHistoryTimeToLive("P180D");
        configuration.setHistoryRemovalTimeStrategy(ProcessEngineConfiguration.HISTORY_REMOVAL_TIME_STRATEGY_START);
        configuration.setMetricsEnabled(false);
        configuration.setJobExecutorActivate(true);
        return configuration.buildProcessEngine();
    }
}
