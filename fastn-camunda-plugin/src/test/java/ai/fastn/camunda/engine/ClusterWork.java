package ai.fastn.camunda.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ai.fastn.camunda.bpmn.FastnBpmn;
import ai.fastn.camunda.execution.DoubtAnswers;
import ai.fastn.camunda.execution.Execution;
import ai.fastn.camunda.execution.ExecutionFilter;
import ai.fastn.camunda.execution.ExecutionLog;
import ai.fastn.camunda.host.FakeShop;
import ai.fastn.camunda.workflow.ExecutionStatus;
import ai.fastn.camunda.workflow.TenantId;
import ai.fastn.camunda.workflow.WorkflowSlug;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.variable.Variables;
import org.springframework.context.ApplicationContext;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Runs that call everything there is, started from a host that executes no jobs; and the check that they came out as if
 * nothing had happened.
 */
final class ClusterWork {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LOOKS_FOR_A_LOCK = 30;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final ApplicationContext control;
    private final FakeShop shop;
    private final JdbcClient engine;
    private final JdbcClient tenants;
    private final List<String> started = new ArrayList<>();
    private int answered;

    ClusterWork(ApplicationContext control, FakeShop shop, DataSource tenants) {
        this.control = control;
        this.shop = shop;
        this.engine = JdbcClient.create(control.getBean(DataSource.class));
        this.tenants = JdbcClient.create(tenants);
    }

    void deploy() {
        String xml = new ProcessText("cluster", "LONG")
                .timeout("PT5H") // a clock that is an hour ahead must not reach it
                .property(FastnBpmn.CONCURRENCY_RUNS, "3") // places outlive the node that runs in them
                .retry("PT1S,PT2S,PT4S,PT8S,PT8S") // a database that is away is an error of fastn.db and fastn.state
                .variables("a", "b", "c")
                .step("read_1", "READ", "a = await fastn.connector.shop.slow({x: 20}); a.at = Date.now();")
                .step("put_2", "WRITE", "b = await fastn.connector.shop.put({x: ctx.input + '-first'});")
                .step("state_3", "WRITE", "await fastn.state.set(ctx.input, b.value);")
                .step(
                        "db_4",
                        "WRITE",
                        "await fastn.db.query('INSERT INTO done (run) VALUES ($1)', [ctx.input]);"
                                + " await fastn.connector.shop.slow({x: 20});")
                .step("once_5", "WRITE", "c = await fastn.connector.shop.once({x: ctx.input + '-pay'});")
                .waiting("nap_6", "30")
                .step(
                        "all_7",
                        "WRITE",
                        "await Promise.all([1, 2, 3].map(i => fastn.connector.shop.put({x: ctx.input + '-' + i})));")
                .step("return_8", "PROCESS", "return [a.value, b.value, c.value];")
                .xml();
        String table = new ProcessText("table", "INSTANT")
                .step("create_1", "WRITE", "await fastn.db.query('CREATE TABLE done (run text)');")
                .xml();
        control.getBean(RepositoryService.class)
                .createDeployment()
                .addString("cluster.bpmn", xml)
                .addString("table.bpmn", table)
                .deploy();
        control.getBean(RuntimeService.class).startProcessInstanceByKey("table");
    }

    void start(int count) {
        for (int i = 0; i < count; i++) {
            start("run-" + started.size());
        }
    }

    private void start(String input) {
        control.getBean(RuntimeService.class)
                .createProcessInstanceByKey("cluster")
                .setVariable("input", Variables.stringValue("\"" + input + "\""))
                .execute();
        started.add(input);
    }

    int runs() {
        return started.size();
    }

    /** How many have not ended. */
    int open() {
        return running().size();
    }

    /** How many have ended, by the clock of who ended them, more than half an hour from now. */
    long endedInTheFuture() {
        return engine.sql("SELECT count(*) FROM fastn_execution WHERE ended_at > now() + interval '30 minutes'")
                .query(Long.class)
                .single();
    }

    /** How often somebody had to say whether a call happened. */
    int answered() {
        return answered;
    }

    /** Waits until all runs have ended, and says of calls in doubt what the shop has seen. */
    void awaitEnd(DoubtAnswers answers) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptionsInstanceOf(DataAccessException.class)
                .untilAsserted(() -> {
                    List<Execution> open = running();
                    open.stream()
                            .filter(run -> run.status() == ExecutionStatus.FAILED)
                            .forEach(run -> answer(answers, run));
                    assertThat(open.size()).as(() -> "running: " + open).isZero();
                });
    }

    private List<Execution> running() {
        return log(ExecutionStatus.RUNNING, ExecutionStatus.FAILED);
    }

    private List<Execution> log(ExecutionStatus... statuses) {
        Set<ExecutionStatus> wanted = Set.of(statuses);
        return control
                .getBean(ExecutionLog.class)
                .list(
                        TenantId.DEFAULT,
                        new ExecutionFilter(
                                Optional.of(WorkflowSlug.of("cluster")), Optional.empty(), Optional.empty(), 10_000))
                .stream()
                .filter(run -> wanted.contains(run.status()))
                .toList();
    }

    private void answer(DoubtAnswers answers, Execution run) {
        assertThat(run.error().orElseThrow().code()).as("%s", run).isEqualTo("FASTN-02011");
        JsonNode doubt = JSON.valueToTree(run.error().orElseThrow().fields());
        String input = doubt.at("/arguments/input/x").asText();
        boolean seen = shop.calls().contains("once/" + input);
        answers.answer(
                TenantId.DEFAULT,
                run.id(),
                doubt.path("call").asInt(),
                seen ? Optional.of("{\"value\":\"" + input + "\"}") : Optional.empty());
        answered++;
    }

    /** Each effect of each run exactly once, the results of an undisturbed run, and nothing left over. */
    void assertNothingLostAndNothingDoubled() {
        List<Execution> completed = log(ExecutionStatus.COMPLETED);
        assertThat(completed).hasSize(started.size());
        for (String run : started) {
            assertThat(completed)
                    .filteredOn(each ->
                            each.result().orElseThrow().equals("[\"20\",\"%1$s-first\",\"%1$s-pay\"]".formatted(run)))
                    .as(run)
                    .hasSize(1);
            assertThat(shop.calls().stream().filter(("once/" + run + "-pay")::equals))
                    .as("paid by " + run)
                    .hasSize(1);
            for (String put : List.of("first", "1", "2", "3")) {
                assertThat(shop.keys().get("put/" + run + "-" + put))
                        .as("put " + put + " by " + run)
                        .hasSize(1);
            }
        }
        assertThat(tenants.sql("SELECT run FROM " + doneTable() + " ORDER BY run")
                        .query(String.class)
                        .list())
                .containsExactlyInAnyOrderElementsOf(started);
        assertThat(engine.sql("SELECT key FROM fastn_state").query(String.class).list())
                .containsExactlyInAnyOrderElementsOf(started);
        for (String table :
                List.of("fastn_checkpoint", "fastn_journal", "fastn_place", "act_ru_job", "act_ru_execution")) {
            assertThat(engine.sql("SELECT count(*) FROM " + table)
                            .query(Long.class)
                            .single())
                    .as(table)
                    .isZero();
        }
    }

    private String doneTable() {
        return tenants.sql("SELECT schemaname || '.done' FROM pg_tables WHERE tablename = 'done'")
                .query(String.class)
                .single();
    }

    long locksOf(String owner) {
        return engine.sql("SELECT count(*) FROM act_ru_job WHERE lock_owner_ = ?")
                .param(owner)
                .query(Long.class)
                .single();
    }

    /** The same without jobs in an open transaction of the node, which the server keeps for it. */
    long locksToFree(String owner) {
        return engine.sql("SELECT count(*) FROM (SELECT 1 FROM act_ru_job WHERE lock_owner_ = ?"
                        + " FOR UPDATE SKIP LOCKED) AS free")
                .param(owner)
                .query(Long.class)
                .single();
    }

    /** Waits until a node works, with something to do for it: others may have all that is there, or have had it. */
    void awaitLockOf(String owner) {
        Instant until = Instant.now().plus(Duration.ofMinutes(1));
        while (Instant.now().isBefore(until)) {
            start(1);
            for (int look = 0; look < LOOKS_FOR_A_LOCK; look++) {
                if (locksOf(owner) > 0) {
                    return;
                }
                LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
            }
        }
        throw new AssertionError("node " + owner + " has locked no job for a minute");
    }
}
