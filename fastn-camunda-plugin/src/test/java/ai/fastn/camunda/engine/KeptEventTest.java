package ai.fastn.camunda.engine;

import static ai.fastn.camunda.host.SteppedHost.BEGIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ai.fastn.camunda.autoconfigure.Sweep;
import ai.fastn.camunda.execution.AwaitedEvents;
import ai.fastn.camunda.host.OwnThread;
import ai.fastn.camunda.host.SteppedHost;
import ai.fastn.camunda.workflow.TenantId;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import javax.sql.DataSource;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** An event that comes before a run waits for it, and is kept: the run gets it, once, whoever was first. */
class KeptEventTest {

    private static final Duration KEEP = Duration.ofMinutes(10);
    private static final int ROUNDS = 30;

    @RegisterExtension
    static final SteppedHost host = new SteppedHost();

    @BeforeEach
    void deploy() {
        host.deploy(new ProcessText("paid", "STANDARD")
                .step(
                        "all",
                        "WRITE",
                        "const answer = await fastn.waitFor('paid', {key: ctx.input.id});"
                                + " await fastn.connector.shop.write({x: answer.by}); return answer;"));
    }

    @AfterEach
    void nothingIsLeft() {
        host.cancelAll();
        host.at((int) Duration.ofDays(20).toSeconds());
        host.bean(Sweep.class).sweep();
        for (String table : List.of("fastn_kept_event", "fastn_journal", "act_ru_event_subscr")) {
            assertThat(host.rows(table)).as(table).isZero();
        }
    }

    @Test
    void theRunThatWaitsLaterGetsTheOldestOne() {
        assertThat(keep("1", "ada")).hasValue(BEGIN.plus(KEEP));
        assertThat(keep("1", "bob")).isPresent();
        assertThat(keep("2", "cyd")).isPresent();

        ProcessInstance first = start("1");
        host.executeNext(first);
        host.executeNext(first);
        ProcessInstance second = start("1");
        host.executeNext(second);
        host.executeNext(second);
        ProcessInstance third = start("1");
        host.executeNext(third);

        assertThat(host.shop().calls()).containsExactly("write/ada", "write/bob");
        assertThat(host.rows("act_ru_event_subscr")).isEqualTo(1);
        assertThat(keep("1", "dan")).as("somebody waits").isEmpty();
        host.executeNext(third);
        assertThat(host.shop().calls()).containsExactly("write/ada", "write/bob", "write/dan");
    }

    @Test
    void anEventIsKeptForItsTimeAndItsTenant() {
        keep("1", "late");
        events().arrived(new TenantId("other"), "paid", Optional.of("1"), "{\"by\":\"other\"}", KEEP);
        host.at((int) KEEP.toSeconds() + 1);
        ProcessInstance run = start("1");
        host.executeNext(run);

        assertThat(host.rows("act_ru_event_subscr")).isEqualTo(1);
        host.bean(Sweep.class).sweep();
        assertThat(host.rows("fastn_kept_event")).isZero();
    }

    @Test
    void whoWaitsWhileAnEventIsBeingKeptGetsIt() throws SQLException {
        ProcessInstance run = start("1");
        try (Connection sender = host.bean(DataSource.class).getConnection();
                Statement statement = sender.createStatement()) {
            sender.setAutoCommit(false);
            statement.execute(
                    "SELECT pg_advisory_xact_lock(hashtextextended(" + "E'fastn_kept_event\\ndefault\\npaid:1', 0))");
            statement.execute("INSERT INTO fastn_kept_event (tenant, message, payload, expires_at)"
                    + " VALUES ('default', 'paid:1', '{\"by\":\"ada\"}', '2100-01-01')");
            CompletableFuture<Void> waiting = OwnThread.run(() -> host.executeNext(run));
            host.awaitLocked(1);
            sender.commit();
            waiting.join();
        }
        host.executeNext(run);

        assertThat(host.shop().calls()).containsExactly("write/ada");
    }

    @Test
    void whoSendsWhileARunBeginsToWaitReachesIt() throws SQLException {
        ProcessInstance run = start("1");
        CompletableFuture<Optional<Instant>> sent;
        try (Connection slow = host.bean(DataSource.class).getConnection();
                Statement statement = slow.createStatement()) {
            slow.setAutoCommit(false);
            statement.execute("LOCK TABLE act_ru_event_subscr IN EXCLUSIVE MODE");
            CompletableFuture<Void> waiting = OwnThread.run(() -> host.executeNext(run));
            host.awaitLocked(1);
            sent = OwnThread.call(() -> keep("1", "ada"));
            await().until(() -> host.rows("pg_locks WHERE locktype = 'advisory' AND NOT granted") == 1);
            slow.rollback();
            waiting.join();
        }

        assertThat(sent.join()).as("delivered, not kept").isEmpty();
        host.executeNext(run);
        assertThat(host.shop().calls()).containsExactly("write/ada");
    }

    @Test
    void whateverComesFirstNoEventIsLostAndNoneIsGivenTwice() throws Exception {
        List<String> expected = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            String key = "r" + round;
            ProcessInstance run = start(key);
            CyclicBarrier together = new CyclicBarrier(2);
            CompletableFuture<Void> waits = OwnThread.run(() -> {
                meet(together);
                host.executeNext(run);
            });
            CompletableFuture<Optional<Instant>> sends = OwnThread.call(() -> {
                meet(together);
                return keep(key, key);
            });
            waits.join();
            sends.join();
            host.executeNext(run);
            expected.add("write/" + key);
        }

        assertThat(host.shop().calls()).containsExactlyElementsOf(expected);
        assertThat(host.rows("fastn_kept_event")).isZero();
    }

    @Test
    void aReceiveTaskOfTheTemplateGetsTheOldestOneToo() {
        deployReceiving();
        keep("1", "ada");
        keep("1", "bob");

        ProcessInstance first = receive("1");
        ProcessInstance second = receive("1");
        ProcessInstance third = receive("1");

        assertThat(host.runtime().getActiveActivityIds(first.getId())).containsExactly("e");
        assertThat(host.runtime().getVariable(first.getId(), "parcel")).isEqualTo("{\"by\":\"ada\"}");
        assertThat(host.runtime().getVariable(second.getId(), "parcel")).isEqualTo("{\"by\":\"bob\"}");
        assertThat(host.runtime().getActiveActivityIds(third.getId())).containsExactly("w");
        assertThat(keep("1", "cyd")).as("delivered").isEmpty();
        assertThat(host.runtime().getVariable(third.getId(), "parcel")).isEqualTo("{\"by\":\"cyd\"}");
    }

    @Test
    void anEventThatIsTakenByATokenThatIsRolledBackIsStillKept() {
        deployReceiving();
        keep("1", "ada");
        new TransactionTemplate(host.bean(PlatformTransactionManager.class)).executeWithoutResult(status -> {
            receive("1");
            status.setRollbackOnly();
        });
        assertThat(host.rows("fastn_kept_event")).isEqualTo(1);

        assertThat(host.runtime().getVariable(receive("1").getId(), "parcel")).isEqualTo("{\"by\":\"ada\"}");
    }

    @Test
    void whateverComesFirstAReceiveTaskGetsItsEventOnce() {
        deployReceiving();
        for (int round = 0; round < ROUNDS; round++) {
            String key = "w" + round;
            CyclicBarrier together = new CyclicBarrier(2);
            CompletableFuture<ProcessInstance> waits = OwnThread.call(() -> {
                meet(together);
                return receive(key);
            });
            CompletableFuture<Optional<Instant>> sends = OwnThread.call(() -> {
                meet(together);
                return keep(key, key);
            });
            sends.join();

            assertThat(host.runtime().getVariable(waits.join().getId(), "parcel"))
                    .isEqualTo("{\"by\":\"" + key + "\"}");
        }
        assertThat(host.rows("fastn_kept_event")).isZero();
    }

    private static void deployReceiving() {
        host.deploy(() -> """
                <definitions xmlns='http://www.omg.org/spec/BPMN/20100524/MODEL' targetNamespace='test'
                    xmlns:camunda='http://camunda.org/schema/1.0/bpmn'>
                <message id='paid' name='paid:${order}'/>
                <process id='receives' isExecutable='true' camunda:historyTimeToLive='P1D'>
                <startEvent id='s'/><sequenceFlow id='f1' sourceRef='s' targetRef='w'/>
                <receiveTask id='w' messageRef='paid'><extensionElements><camunda:properties>
                <camunda:property name='fastn.effects' value='waitFor'/>
                <camunda:property name='fastn.payload' value='parcel'/></camunda:properties></extensionElements></receiveTask>
                <sequenceFlow id='f2' sourceRef='w' targetRef='e'/><userTask id='e'/></process></definitions>""");
    }

    private static ProcessInstance receive(String order) {
        return host.runtime().startProcessInstanceByKey("receives", Map.of("order", order));
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static ProcessInstance start(String id) {
        return host.start("paid", "{\"id\": \"" + id + "\"}");
    }

    private static Optional<Instant> keep(String key, String by) {
        return events().arrived(TenantId.DEFAULT, "paid", Optional.of(key), "{\"by\":\"" + by + "\"}", KEEP);
    }

    private static AwaitedEvents events() {
        return host.bean(AwaitedEvents.class);
    }
}
