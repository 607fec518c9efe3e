package ai.fastn.camunda.autoconfigure;

import ai.fastn.camunda.compiler.WorkflowCompiler;
import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.effect.Effect;
import ai.fastn.camunda.effect.connector.ConnectorRegistry;
import ai.fastn.camunda.effect.connector.SharedCalls;
import ai.fastn.camunda.effect.db.TenantDatabase;
import ai.fastn.camunda.effect.mock.Recordings;
import ai.fastn.camunda.effect.secret.KeyRotation;
import ai.fastn.camunda.effect.secret.Sealing;
import ai.fastn.camunda.effect.state.StateValues;
import ai.fastn.camunda.engine.DueDateJobExecutor;
import ai.fastn.camunda.engine.FastnEnginePlugin;
import ai.fastn.camunda.engine.LaneSettings;
import ai.fastn.camunda.engine.RunPlaces;
import ai.fastn.camunda.engine.RunSupport;
import ai.fastn.camunda.execution.AbandonedRuns;
import ai.fastn.camunda.execution.AwaitedEvents;
import ai.fastn.camunda.execution.DoubtAnswers;
import ai.fastn.camunda.execution.ExecutionLog;
import ai.fastn.camunda.execution.ExecutionStore;
import ai.fastn.camunda.execution.Executions;
import ai.fastn.camunda.execution.FlowCalls;
import ai.fastn.camunda.execution.KeyedStarts;
import ai.fastn.camunda.execution.OnceExecutions;
import ai.fastn.camunda.execution.StoredMocks;
import ai.fastn.camunda.execution.WorkflowRuns;
import ai.fastn.camunda.lifecycle.Deployments;
import ai.fastn.camunda.lifecycle.WorkflowStore;
import ai.fastn.camunda.lifecycle.Workflows;
import ai.fastn.camunda.runtime.ArrivedEvents;
import ai.fastn.camunda.runtime.CheckpointTable;
import ai.fastn.camunda.runtime.InDoubtCalls;
import ai.fastn.camunda.runtime.JdbcJournal;
import ai.fastn.camunda.runtime.RunEvents;
import ai.fastn.camunda.runtime.RuntimeLimits;
import ai.fastn.camunda.runtime.SealedInputs;
import ai.fastn.camunda.runtime.StepRunner;
import ai.fastn.camunda.workflow.Environment;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.impl.jobexecutor.JobExecutor;
import org.camunda.bpm.engine.impl.jobexecutor.NotifyAcquisitionRejectedJobsHandler;
import org.camunda.bpm.spring.boot.starter.CamundaBpmAutoConfiguration;
import org.camunda.bpm.spring.boot.starter.property.CamundaBpmProperties;
import org.camunda.bpm.spring.boot.starter.property.JobExecutionProperty;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureAfter;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcConnectionDetails;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.context.WebServerApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.task.TaskExecutor;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Brings Fastn into a Spring Boot application that runs Camunda 7: one dependency, no further wiring. */
@AutoConfiguration(before = CamundaBpmAutoConfiguration.class)
@AutoConfigureAfter(DataSourceAutoConfiguration.class)
@EnableConfigurationProperties({FastnProperties.class, BuiltInProperties.class})
@Import({EffectConfiguration.class, ConnectionConfiguration.class, RestConfiguration.class, PanelConfiguration.class})
public class FastnAutoConfiguration {

    @Bean
    EffectsPool fastnEffectsPool(FastnProperties properties, ObjectProvider<JdbcConnectionDetails> connections) {
        JdbcConnectionDetails details = connections.getIfAvailable(() -> {
            throw new FastnException(
                    ErrorCode.INSTALLATION,
                    "database of the engine is not known: set spring.datasource.url, or offer a JdbcConnectionDetails bean");
        });
        if (!details.getJdbcUrl().startsWith("jdbc:postgresql:")) {
            throw new FastnException(
                    ErrorCode.INSTALLATION,
                    "database of the engine is no PostgreSQL: the Fastn plugin keeps its tables beside the engine's and needs"
                            + " PostgreSQL 14 or newer");
        }
        HikariDataSource pool = new HikariDataSource();
        pool.setPoolName("fastn-effects");
        pool.setJdbcUrl(details.getJdbcUrl());
        pool.setUsername(details.getUsername());
        pool.setPassword(details.getPassword());
        pool.setMaximumPoolSize(properties.database().poolSize());
        pool.addDataSourceProperty("logServerErrorDetail", "false"); // the values of a statement that failed
        // a node that is stopped in the middle of an effect must not keep the row of its run locked
        pool.setConnectionInitSql("SET idle_in_transaction_session_timeout = '10s'");
        new SchemaMigrations(pool).apply();
        return new EffectsPool(pool);
    }

    @Bean
    ExecutionLog fastnExecutionLog(DataSource engine, EffectsPool pool, KeyedStarts starts) {
        return new ExecutionLog(
                new ExecutionStore(JdbcClient.create(engine)),
                new ExecutionStore(JdbcClient.create(pool.dataSource())),
                starts,
                new EngineClock());
    }

    @Bean
    KeyedStarts fastnKeyedStarts(DataSource engine, EffectsPool pool, FastnProperties properties) {
        return new KeyedStarts(
                JdbcClient.create(engine),
                JdbcClient.create(pool.dataSource()),
                new EngineClock(),
                properties.idempotency().keep());
    }

    @Bean
    StepRunner fastnStepRunner(
            List<Effect> effects,
            EffectsPool pool,
            Sealing sealing,
            FastnProperties properties,
            Recordings recordings) {
        return new StepRunner(
                effects,
                new JdbcJournal(pool.dataSource()),
                new SealedFrames(sealing),
                RunEvents.NONE,
                new EngineClock(),
                RuntimeLimits.DEFAULT
                        .recording(
                                Math.toIntExact(
                                        properties.record().outcomeSize().toBytes()),
                                properties.record().executionSize().toBytes())
                        .giving(properties.secrets().output()),
                recordings);
    }

    /** The first run shall not pay for starting the JavaScript engine; nor the first author, where authors come. */
    @Bean
    ApplicationListener<ApplicationReadyEvent> fastnWarmUp(StepRunner runner, WorkflowCompiler compiler) {
        return ready -> {
            Thread warmUp = new Thread(
                    () -> {
                        runner.warmUp();
                        if (ready.getApplicationContext() instanceof WebServerApplicationContext) {
                            compiler.warm();
                        }
                    },
                    "fastn-warm-up");
            warmUp.setDaemon(true);
            warmUp.start();
        };
    }

    @Bean
    FastnEnginePlugin fastnEnginePlugin(
            FastnProperties properties,
            StepRunner runner,
            ExecutionLog log,
            StateValues state,
            Sealing sealing,
            RunPlaces places,
            WorkflowCompiler compiler,
            ConnectorRegistry connectors) {
        return new FastnEnginePlugin(new RunSupport(
                runner,
                log,
                new CheckpointTable(),
                new Environment(properties.environment()),
                everyEffect(properties.checkpoint()),
                new ArrivedEvents(new SealedFrames(sealing)),
                new StateOfRuns(state),
                places,
                new CompilerStepCheck(compiler, connectors::catalogOf)));
    }

    @Bean
    RunPlaces fastnRunPlaces(FastnProperties properties, EffectsPool pool) {
        return new RunPlaces(pool.dataSource(), properties.concurrency().perTenant());
    }

    @Bean
    DoubtAnswers fastnDoubtAnswers(
            ExecutionLog log,
            Sealing sealing,
            ManagementService engine,
            DataSource dataSource,
            PlatformTransactionManager transactions) {
        return new DoubtAnswers(
                log,
                new InDoubtCalls(new SealedFrames(sealing)),
                engine,
                new JdbcTemplate(dataSource),
                new TransactionTemplate(transactions));
    }

    @Bean
    AwaitedEvents fastnAwaitedEvents(
            RuntimeService engine,
            RepositoryService definitions,
            DataSource dataSource,
            PlatformTransactionManager transactions) {
        return new AwaitedEvents(
                engine,
                definitions,
                new JdbcTemplate(dataSource),
                new TransactionTemplate(transactions),
                new EngineClock());
    }

    /** Once a minute: expired state, and what a crash or an unusual delete has left. */
    @Bean
    Sweep fastnSweep(
            StateValues state,
            ObjectProvider<TenantDatabase> tenants,
            ObjectProvider<JobExecutor> jobs,
            RunPlaces places,
            KeyRotation keys,
            KeyedStarts starts,
            AwaitedEvents events,
            Recordings recordings,
            EffectsPool pool,
            SharedCalls calls,
            DataSource engine,
            PlatformTransactionManager transactions) {
        AbandonedRuns runs =
                new AbandonedRuns(new JdbcTemplate(engine), new TransactionTemplate(transactions), new EngineClock());
        StoredMocks mocks = new StoredMocks(JdbcClient.create(pool.dataSource()));
        return new Sweep(
                List.of(
                        Sweep.inBatches(state::sweepExpired),
                        Sweep.inBatches(state::sweepInvocations),
                        Sweep.inBatches(starts::sweep),
                        Sweep.inBatches(events::sweep),
                        Sweep.inBatches(mocks::sweep),
                        Sweep.inBatches(recordings::sweep),
                        Sweep.inBatches(calls::sweep),
                        runs::end,
                        keys::goOn,
                        () -> {
                            if (places.nextOfAll()) {
                                jobs.ifAvailable(JobExecutor::jobWasAdded);
                            }
                        },
                        () -> tenants.ifAvailable(database -> database.sweepLedger(runs::notEnded)),
                        () -> tenants.ifAvailable(TenantDatabase::measureUsage)),
                Duration.ofMinutes(1));
    }

    private static boolean everyEffect(String policy) {
        return switch (policy) {
            case "every-effect" -> true;
            case "adaptive" -> false;
            default ->
                throw new FastnException(
                        ErrorCode.INSTALLATION,
                        "fastn.checkpoint is \"" + policy + "\": adaptive or every-effect is expected");
        };
    }

    @Bean
    @ConditionalOnMissingBean(JobExecutor.class)
    @ConditionalOnProperty(name = "camunda.bpm.job-execution.enabled", havingValue = "true", matchIfMissing = true)
    JobExecutor jobExecutor(
            @Qualifier("camundaTaskExecutor") TaskExecutor tasks,
            CamundaBpmProperties camunda,
            FastnProperties properties,
            DataSource engine,
            EffectsPool pool) {
        LaneSettings lanes = properties.lanes().settings();
        ConnectionsOfLanes.check(lanes, engine);
        DueDateJobExecutor executor = new DueDateJobExecutor(lanes, pool.dataSource());
        executor.setTaskExecutor(tasks);
        executor.setRejectedJobsHandler(new NotifyAcquisitionRejectedJobsHandler());
        JobExecutionProperty settings = camunda.getJobExecution();
        Optional.ofNullable(settings.getLockTimeInMillis()).ifPresent(executor::setLockTimeInMillis);
        Optional.ofNullable(settings.getMaxJobsPerAcquisition()).ifPresent(executor::setMaxJobsPerAcquisition);
        return executor;
    }

    @Bean(destroyMethod = "close")
    WorkflowCompiler fastnCompiler() {
        return new WorkflowCompiler();
    }

    @Bean
    Workflows fastnWorkflows(
            DataSource engine,
            WorkflowCompiler compiler,
            ConnectorRegistry connectors,
            RepositoryService repository,
            ManagementService management,
            PlatformTransactionManager transactions) {
        return new Workflows(
                new WorkflowStore(JdbcClient.create(engine)),
                compiler,
                connectors::catalogOf,
                new Deployments(repository, management),
                new TransactionTemplate(transactions));
    }

    @Bean
    FlowCalls fastnFlowCalls(
            ObjectProvider<Workflows> workflows,
            ObjectProvider<Executions> executions,
            ExecutionLog log,
            Sealing sealing) {
        return new FlowCalls(
                workflows::getObject, executions::getObject, log, new SealedInputs(new SealedFrames(sealing)));
    }

    @Bean
    Executions fastnExecutions(RuntimeService engine) {
        return new Executions(engine);
    }

    @Bean
    OnceExecutions fastnOnceExecutions(
            Executions executions, ExecutionLog log, KeyedStarts starts, PlatformTransactionManager transactions) {
        return new OnceExecutions(executions, log, starts, new TransactionTemplate(transactions));
    }

    @Bean
    WorkflowRuns fastnWorkflowRuns(Workflows workflows, Executions executions, OnceExecutions once, ExecutionLog log) {
        return new WorkflowRuns(
                workflows,
                executions,
                once,
                log,
                JsonMapper.builder()
                        .findAndAddModules()
                        .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                        .build());
    }
}
