package ai.fastn.camunda.host;

import static org.awaitility.Awaitility.await;

import ai.fastn.camunda.execution.Execution;
import ai.fastn.camunda.execution.ExecutionFilter;
import ai.fastn.camunda.execution.ExecutionLog;
import ai.fastn.camunda.runtime.StepRunner;
import ai.fastn.camunda.workflow.TenantId;
import ai.fastn.camunda.workflow.WorkflowSlug;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.variable.Variables;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A host whose job executor is off: each job is executed by hand. As an extension of a test class it also gives every
 * test a clock that stands still, so that a slow machine commits where a fast one does, and cancels what a test leaves.
 */
public final class SteppedHost
        implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback, AutoCloseable {

    /** What the clock shows when a test begins. */
    public static final Instant BEGIN = Instant.parse("2026-03-01T10:00:00Z");

    private final FakeShop shop = new FakeShop();
    private final Map<String, Object> settings =
            new LinkedHashMap<>(Map.of("camunda.bpm.job-execution.enabled", "false"));
    private final ApplicationContextInitializer<ConfigurableApplicationContext> more;
    private @Nullable ConfigurableApplicationContext running;

    public SteppedHost() {
        this(Map.of(), context -> {});
    }

    /**
     * A host that is not started yet.
     *
     * @param more adds or exchanges beans
     */
    public SteppedHost(
            Map<String, Object> settings, ApplicationContextInitializer<ConfigurableApplicationContext> more) {
        this.settings.putAll(settings);
        this.more = more;
    }

    /** Starts it, for a user that is no test class. */
    public SteppedHost start() {
        try {
            running = PluginApplication.start(shop, settings, more);
            return this;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Stops it and starts it again over the same databases; what a node keeps in memory is gone. */
    public void restart() {
        for (String url : List.of("spring.datasource.url", "fastn.tenants.datasource.url")) {
            settings.put(url, property(url));
        }
        start();
    }

    @Override
    public void close() {
        context().close();
        shop.close();
    }

    /** On a busy machine the first run would spend a short timeout on warming up. */
    @Override
    public void beforeAll(ExtensionContext test) {
        start();
        bean(StepRunner.class).warmUp();
    }

    @Override
    public void beforeEach(ExtensionContext test) {
        shop.clear();
        at(BEGIN);
    }

    @Override
    public void afterEach(ExtensionContext test) {
        ClockUtil.reset();
        cancelAll();
    }

    @Override
    public void afterAll(ExtensionContext test) {
        close();
    }

    private ConfigurableApplicationContext context() {
        if (running == null) {
            throw new IllegalStateException("the host has not been started");
        }
        return running;
    }

    public <T> T bean(Class<T> type) {
        return context().getBean(type);
    }

    public String property(String name) {
        return context().getEnvironment().getRequiredProperty(name);
    }

    public FakeShop shop() {
        return shop;
    }

    public RuntimeService runtime() {
        return bean(RuntimeService.class);
    }

    public ManagementService management() {
        return bean(ManagementService.class);
    }

    public RepositoryService repository() {
        return bean(RepositoryService.class);
    }

    /** From now on the clock shows this and stands still. */
    public void at(Instant time) {
        ClockUtil.setCurrentTime(Date.from(time));
    }

    /** The same, so many seconds after the begin of the test. */
    public void at(int seconds) {
        at(BEGIN.plusSeconds(seconds));
    }

    /** A process that can be deployed. */
    public interface Deployable {
        String xml();
    }

    /** Deploys a process, and says the id of the deployment. */
    public String deploy(Deployable process) {
        return repository()
                .createDeployment()
                .addString("process.bpmn", process.xml())
                .deploy()
                .getId();
    }

    public ProcessInstance start(String process) {
        return runtime().startProcessInstanceByKey(process);
    }

    public ProcessInstance start(String process, String input) {
        return runtime().startProcessInstanceByKey(process, Map.of("input", Variables.stringValue(input)));
    }

    /** Executes {@link #waiting}. */
    public void executeNext(ProcessInstance instance) {
        management().executeJob(waiting(instance).getId());
    }

    /** The one job of a run beside its timeout. */
    public Job waiting(ProcessInstance instance) {
        String timeout = timeoutOf(instance).getId();
        List<Job> others = management().createJobQuery().processInstanceId(instance.getId()).list().stream()
                .filter(job -> !job.getId().equals(timeout))
                .toList();
        if (others.size() != 1) {
            throw new AssertionError("beside its timeout a run has one job, not " + others);
        }
        return others.get(0);
    }

    public Job timeoutOf(ProcessInstance instance) {
        return management()
                .createJobQuery()
                .processInstanceId(instance.getId())
                .activityId("timeout")
                .singleResult();
    }

    /** The newest run of a workflow. */
    public Execution last(String workflow) {
        return log(Optional.of(WorkflowSlug.of(workflow)), 1).get(0);
    }

    /** The runs in the Execution Log, newest first. */
    public List<Execution> log(Optional<WorkflowSlug> workflow, int limit) {
        return bean(ExecutionLog.class)
                .list(TenantId.DEFAULT, new ExecutionFilter(workflow, Optional.empty(), Optional.empty(), limit));
    }

    /** How many rows there are; what is asked for stands behind FROM. */
    public long rows(String from) {
        return JdbcClient.create(bean(DataSource.class))
                .sql("SELECT count(*) FROM " + from)
                .query(Long.class)
                .single();
    }

    /** Waits until so many can not go on because of a lock that another one holds. */
    public void awaitLocked(int waiting) {
        await().until(() -> rows("pg_locks WHERE NOT granted") == waiting);
    }

    /** Cancels the runs that have not ended, those that a step calls with the run of the step. */
    public void cancelAll() {
        runtime()
                .createProcessInstanceQuery()
                .rootProcessInstances()
                .list()
                .forEach(each -> runtime().deleteProcessInstance(each.getId(), "end of test"));
    }
}
