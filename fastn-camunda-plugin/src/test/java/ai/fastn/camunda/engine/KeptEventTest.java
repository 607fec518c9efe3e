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
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import javax.sql.DataSource;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

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
            awaitLocked();
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
            awaitLocked();
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

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Until the other one can not go on. */
    private static void awaitLocked() {
        await().until(() -> host.rows("pg_locks WHERE NOT granted") == 1);
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
