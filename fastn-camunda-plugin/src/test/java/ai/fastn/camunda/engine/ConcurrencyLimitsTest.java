package ai.fastn.camunda.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ai.fastn.camunda.bpmn.FastnBpmn;
import ai.fastn.camunda.host.FakeShop;
import ai.fastn.camunda.host.PluginApplication;
import ai.fastn.camunda.runtime.StepRunner;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.impl.ProcessEngineImpl;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Row F9: at most so many runs of a workflow, of a key and of a tenant at once, in order; two job executors work. */
class ConcurrencyLimitsTest {

    private static final int PER_TENANT = 6;
    private static final int THREADS = 6;
    private static final String CALLS =
            "await fastn.connector.shop.read({x: ctx.input.n}); await fastn.connector.shop.slow({x: 0});";

    private static FakeShop shop;
    private static ConfigurableApplicationContext host;
    private static RuntimeService runtime;
    private static ManagementService management;
    private static DueDateJobExecutor secondNode;

    private final AtomicInteger atOnce = new AtomicInteger();
    private final AtomicInteger mostAtOnce = new AtomicInteger();
    private final CountDownLatch gate = new CountDownLatch(1);

    @BeforeAll
    static void startHost() throws SQLException {
        shop = new FakeShop();
        host = PluginApplication.start(
                shop,
                Map.of(
                        "fastn.concurrency.per-tenant", PER_TENANT,
                        "fastn.lanes.standard.threads", THREADS,
                        "spring.datasource.hikari.maximum-pool-size", 30));
        runtime = host.getBean(RuntimeService.class);
        management = host.getBean(ManagementService.class);
        host.getBean(StepRunner.class).warmUp();
        secondNode = new DueDateJobExecutor(
                new LaneSettings(THREADS, 1, Duration.ofSeconds(10)), host.getBean(DataSource.class));
        secondNode.setTaskExecutor(new SimpleAsyncTaskExecutor());
        secondNode.registerProcessEngine((ProcessEngineImpl) host.getBean(ProcessEngine.class));
        secondNode.start();
    }

    @AfterAll
    static void stopHost() {
        secondNode.shutdown();
        host.close();
        shop.close();
    }

    @BeforeEach
    void clear() {
        shop.clear();
        shop.onSlow(this::work);
    }

    @AfterEach
    void end() {
        gate.countDown();
        await().ignoreExceptionsInstanceOf(OptimisticLockingException.class).until(() -> {
            runtime.createProcessInstanceQuery()
                    .list()
                    .forEach(each -> runtime.deleteProcessInstance(each.getId(), "end of test"));
            return true;
        });
        assertThat(JdbcClient.create(host.getBean(DataSource.class))
                        .sql("SELECT count(*) FROM fastn_place")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void ofAHundredRunsNeverMoreThanFiveRunAndTheyRunInOrder() {
        deploy(new ProcessText("five", "STANDARD")
                .property(FastnBpmn.CONCURRENCY_RUNS, "5")
                .step("s_1", "READ", CALLS));

        IntStream.range(0, 100).forEach(i -> {
            start("five", i, "");
            if (i % 4 == 0) {
                secondNode.jobWasAdded();
            }
        });

        awaitEnd("five");
        assertThat(mostAtOnce).hasValueBetween(3, 5);
        List<Integer> order = shop.calls().stream()
                .filter(call -> call.startsWith("read/"))
                .map(call -> Integer.valueOf(call.substring(5)))
                .toList();
        assertThat(order).hasSize(100).doesNotHaveDuplicates();
        IntStream.range(0, 100)
                .forEach(place -> assertThat(order.get(place)).as("in order").isBetween(place - 12, place + 12));
    }

    @Test
    void runsWithOneKeyWaitForEachOtherAndKeepNoOtherKeyWaiting() {
        deploy(new ProcessText("keyed", "STANDARD")
                .property(FastnBpmn.CONCURRENCY_KEY, "input.customer.id")
                .step("s_1", "READ", "if (ctx.input.customer.id !== 'b') {" + CALLS + "}"));
        hold();
        IntStream.range(0, 5).forEach(i -> start("keyed", i, "a"));
        await().until(() -> atOnce.get() == 1);

        ProcessInstance other = start("keyed", 9, "b");

        await().until(() -> isOver(other));
        assertThat(shop.calls()).as("one run with key a, in its second call").hasSize(2);
        gate.countDown();
        awaitEnd("keyed");
        assertThat(mostAtOnce).hasValue(1);
    }

    @Test
    void aTenantHasSoManyRunsAtOnceWhateverTheWorkflow() {
        deploy(new ProcessText("one", "STANDARD").step("s_1", "READ", CALLS));
        deploy(new ProcessText("two", "STANDARD").step("s_1", "READ", CALLS));

        IntStream.range(0, 20).forEach(i -> start(i % 2 == 0 ? "one" : "two", i, ""));
        secondNode.jobWasAdded();

        awaitEnd("one");
        awaitEnd("two");
        assertThat(mostAtOnce).hasValueBetween(3, PER_TENANT);
    }

    @Test
    void aRunThatIsCanceledOrTimesOutLeavesItsPlaceToTheNext() {
        deploy(new ProcessText("sleeps", "STANDARD")
                .timeout("PT3S")
                .property(FastnBpmn.CONCURRENCY_RUNS, "1")
                .step("s_1", "READ", "await fastn.connector.shop.read({x: ctx.input.n});")
                .waiting("w_1", "2900"));
        ProcessInstance canceled = start("sleeps", 0, "");
        await().until(() -> management
                        .createJobQuery()
                        .processInstanceId(canceled.getId())
                        .activityId("w_1")
                        .count()
                == 1);
        start("sleeps", 1, "");
        ProcessInstance third = start("sleeps", 2, "");

        runtime.deleteProcessInstance(canceled.getId(), "canceled");

        await().until(() -> shop.calls().contains("read/1"));
        assertThat(shop.calls()).as("a run that sleeps keeps its place").doesNotContain("read/2");
        await().atMost(Duration.ofSeconds(20)).until(() -> isOver(third));
        assertThat(runtime.createIncidentQuery().count()).isZero();
    }

    @Test
    void aFailedRunLeavesItsPlaceAndWaitsForOneWhenItIsRetried() {
        deploy(
                new ProcessText("fails", "STANDARD")
                        .property(FastnBpmn.CONCURRENCY_RUNS, "1")
                        .retry("R1/PT1S")
                        .step(
                                "s_1",
                                "READ",
                                "await fastn.connector.shop.flaky({x: 'f' + ctx.input.n}); await fastn.connector.shop.slow({x: 0});"));
        shop.failNext("f0", 1);
        hold();
        ProcessInstance failed = start("fails", 0, "");
        await().until(() -> runtime.createIncidentQuery().count() == 1);
        ProcessInstance next = start("fails", 1, "");
        await().until(() -> atOnce.get() == 1);

        management.setJobRetries(
                management
                        .createJobQuery()
                        .processInstanceId(failed.getId())
                        .noRetriesLeft()
                        .singleResult()
                        .getId(),
                1);

        await().until(() -> runtime.createIncidentQuery().count() == 0);
        await().during(Duration.ofMillis(500)).until(() -> atOnce.get() == 1);
        assertThat(isOver(failed) || isOver(next)).isFalse();
        gate.countDown();
        awaitEnd("fails");
        assertThat(mostAtOnce).hasValue(1);
    }

    @Test
    void aLimitThatIsNoNumberIsRefusedAtDeployment() {
        assertThatThrownBy(() -> deploy(new ProcessText("odd", "STANDARD")
                        .property(FastnBpmn.CONCURRENCY_RUNS, "many")
                        .step("s_1", "READ", CALLS)))
                .hasMessageContaining("\"fastn.concurrency.runs\" \"many\": a number from 1 to 999999 is expected");
        assertThatThrownBy(() -> deploy(new ProcessText("odd", "STANDARD")
                        .property(FastnBpmn.CONCURRENCY_KEY, "customer")
                        .step("s_1", "READ", CALLS)))
                .hasMessageContaining("\"customer\": a path such as input.customer.id is expected");
    }

    /** What a call of {@code slow} does: counts who is there. */
    private void work() {
        mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        atOnce.decrementAndGet();
    }

    /** From now on, calls of {@code slow} take until the gate is opened. */
    private void hold() {
        shop.onSlow(() -> {
            mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
            try {
                gate.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            atOnce.decrementAndGet();
        });
    }

    private static ProcessInstance start(String process, int n, String customer) {
        return runtime.createProcessInstanceByKey(process)
                .setVariable("input", "{\"n\": " + n + ", \"customer\": {\"id\": \"" + customer + "\"}}")
                .execute();
    }

    private static void awaitEnd(String process) {
        await().atMost(Duration.ofSeconds(90))
                .until(() -> runtime.createProcessInstanceQuery()
                                .processDefinitionKey(process)
                                .count()
                        == 0);
    }

    private static boolean isOver(ProcessInstance instance) {
        return runtime.createProcessInstanceQuery()
                        .processInstanceId(instance.getId())
                        .count()
                == 0;
    }

    private static void deploy(ProcessText process) {
        host.getBean(RepositoryService.class)
                .createDeployment()
                .addString("process.bpmn", process.xml())
                .deploy();
    }
}
