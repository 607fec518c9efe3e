package ai.fastn.camunda.effect.connector;

import static ai.fastn.camunda.effect.EffectCalls.TENANT_A;
import static ai.fastn.camunda.effect.EffectCalls.failed;
import static org.assertj.core.api.Assertions.assertThat;

import ai.fastn.camunda.effect.EffectDatabases;
import ai.fastn.camunda.effect.EffectOutcome;
import ai.fastn.camunda.effect.connector.ConnectionLimits.Connection;
import ai.fastn.camunda.workflow.Environment;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.core.JdbcTemplate;

/** What reaches a service from two nodes together: counted there. */
@Timeout(60)
class SharedLimitsTest {

    private static final Connection CONNECTION = new Connection(TENANT_A, Environment.PRODUCTION, "api", "");
    private static final Duration LONGEST = Duration.ofSeconds(2);

    private final DataSource plugin = EffectDatabases.plugin();
    private final FakeService service = new FakeService();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<LimitedNode> nodes = new ArrayList<>();
    private final List<Arrival> arrivals = new ArrayList<>();
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    private record Arrival(String node, long nanos) {}

    @AfterEach
    void close() {
        threads.shutdownNow();
        nodes.forEach(LimitedNode::close);
        service.close();
    }

    @Test
    void twoHundredCallsOfTwentyRunsOnTwoNodesStayWithinTheLimits() throws Exception {
        LimitedNode a = warm("a", "{requests: 40, per: 1s, concurrent: 5}");
        LimitedNode b = warm("b", "{requests: 40, per: 1s, concurrent: 5}");
        takes(20);
        List<CompletableFuture<EffectOutcome>> outcomes = new ArrayList<>();
        for (int run = 0; run < 20; run++) {
            for (int ordinal = 0; ordinal < 10; ordinal++) {
                outcomes.add((run % 2 == 0 ? a : b).call(threads, LimitedNode.standard("run" + run, ordinal)));
            }
        }
        allSucceed(outcomes);

        assertThat(arrivals).hasSize(200);
        assertThat(most).as("under way at once").hasValueLessThanOrEqualTo(5);
        for (int i = 40; i < 200; i++) {
            assertThat(arrivals.get(i).nanos() - arrivals.get(i - 40).nanos())
                    .as("call %d comes a second after the fortieth before it", i)
                    .isGreaterThanOrEqualTo(TimeUnit.SECONDS.toNanos(1));
        }
        assertThat(seconds())
                .as("at least 80 % of 40 a second, from the first to the last of 200")
                .isLessThan(199 / 40.0 / 0.8);
        assertThat(shareOf("a", 200)).isEqualTo(100);
        assertThat(shareOf("a", 80)).as("while both call").isBetween(16, 64);
    }

    @Test
    void callsAtOnceAreSharedByBothNodes() throws Exception {
        LimitedNode a = warm("a", "{concurrent: 2}");
        LimitedNode b = warm("b", "{concurrent: 2}");
        takes(25);
        List<CompletableFuture<EffectOutcome>> outcomes = new ArrayList<>();
        for (int call = 0; call < 100; call++) {
            outcomes.add((call % 2 == 0 ? a : b).call(threads, LimitedNode.standard("run", call)));
        }
        allSucceed(outcomes);

        assertThat(most).hasValueLessThanOrEqualTo(2);
        assertThat(seconds()).as("50 times two calls of 25 ms").isLessThan(50 * 0.025 * 3);
        assertThat(shareOf("a", 50)).as("while both call").isBetween(10, 40);
    }

    @Test
    void aNodeThatCallsOnceInAWhileGetsItsTurnBesideOneThatNeverStops() throws Exception {
        LimitedNode busy = warm("a", "{concurrent: 1}");
        LimitedNode other = warm("b", "{concurrent: 1}");
        takes(10);
        AtomicBoolean enough = new AtomicBoolean();
        List<CompletableFuture<Void>> endless = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            int caller = i;
            endless.add(CompletableFuture.runAsync(
                    () -> {
                        for (int call = 0; !enough.get(); call++) {
                            busy.call(LimitedNode.instant("busy" + caller + "-" + call));
                        }
                    },
                    threads));
        }
        List<Long> waits = new ArrayList<>();
        for (int call = 0; call < 10; call++) {
            long begin = System.nanoTime();
            assertThat(other.call(LimitedNode.instant("rare" + call))).isInstanceOf(EffectOutcome.Succeeded.class);
            waits.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin));
        }
        enough.set(true);
        CompletableFuture.allOf(endless.toArray(CompletableFuture[]::new)).join();

        assertThat(waits).as("ms, though the slot is never free for long").allMatch(wait -> wait < 2_000);
        assertThat(most).hasValueLessThanOrEqualTo(1);
    }

    @Test
    void aNodeThatDiesInACallFreesItsPlaceWhenTheCallMustHaveEnded() {
        LimitedNode dies = node("a", "{concurrent: 1}");
        LimitedNode stays = node("b", "{concurrent: 1}");
        takes(0);
        Duration longest = Duration.ofMillis(500);
        long begin = System.nanoTime();
        dies.shared
                .call(CONNECTION, new CallLimits(0, Duration.ZERO, 1), longest)
                .ask(longest);

        assertThat(stays.call(LimitedNode.standard("impatient", 0))).isInstanceOf(EffectOutcome.Later.class);
        assertThat(stays.call(LimitedNode.instant("patient"))).isInstanceOf(EffectOutcome.Succeeded.class);

        assertThat(System.nanoTime() - begin).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(1_500));
    }

    @Test
    void aNodeThatRestartsKeepsToTheWindowAndToRetryAfter() {
        LimitedNode before = node("a", "{requests: 1, per: 10s}");
        takes(0);
        assertThat(before.call(LimitedNode.standard("one", 0))).isInstanceOf(EffectOutcome.Succeeded.class);
        before.close();
        LimitedNode after = node("a", "{requests: 1, per: 10s}");

        assertThat(later(after.call(LimitedNode.standard("two", 0))))
                .isBetween(Duration.ofSeconds(5), Duration.ofSeconds(10));

        after.shared.hold(CONNECTION, Duration.ofSeconds(50));
        assertThat(later(node("a", "{requests: 1, per: 10s}").call(LimitedNode.standard("two", 0))))
                .isBetween(Duration.ofSeconds(45), Duration.ofSeconds(51));
        assertThat(service.received).hasSize(1);
    }

    @Test
    void retryAfterThatOneNodeHeardKeepsTheOtherOneBackToTheMillisecond() {
        LimitedNode hears = node("a", "{concurrent: 5}");
        LimitedNode other = node("b", "{concurrent: 5}");
        takes(0);
        assertThat(other.call(LimitedNode.instant("before"))).isInstanceOf(EffectOutcome.Succeeded.class);
        AtomicLong answered = new AtomicLong();
        service.answer("/a", exchange -> {
            answered.set(System.nanoTime());
            exchange.getResponseHeaders().set("Retry-After", "2");
            exchange.sendResponseHeaders(429, -1);
        });
        assertThat(failed(hears.call(LimitedNode.standard("first", 0))).fields())
                .containsEntry("retryAfterMs", 2000L);

        assertThat(later(other.call(LimitedNode.standard("second", 0))))
                .isBetween(Duration.ofMillis(250), Duration.ofMillis(2_010));
        assertThat(other.call(LimitedNode.instant("third"))).isInstanceOf(EffectOutcome.Succeeded.class);

        assertThat(arrivals.get(arrivals.size() - 1).nanos() - answered.get())
                .isGreaterThan(TimeUnit.SECONDS.toNanos(2));
    }

    @Test
    void withoutLimitsRetryAfterReachesOtherNodesWithinASecond() {
        LimitedNode hears = node("a", "{}");
        LimitedNode other = node("b", "{}");
        takes(0);
        service.answer("/a", 503, "text/plain", "", "Retry-After", "40");
        assertThat(other.call(LimitedNode.standard("before", 0))).isInstanceOf(EffectOutcome.Succeeded.class);
        hears.call(LimitedNode.standard("first", 0));
        long heard = System.nanoTime();

        int calls = 0;
        while (other.call(LimitedNode.standard("second", calls)) instanceof EffectOutcome.Succeeded) {
            calls++;
        }
        assertThat(System.nanoTime() - heard).isLessThan(TimeUnit.MILLISECONDS.toNanos(1_500));
        assertThat(arrivals).hasSize(1 + calls);
        assertThat(later(node("b", "{}").call(LimitedNode.standard("third", 0))))
                .as("one that has not called for a second asks before it does")
                .isBetween(Duration.ofSeconds(30), Duration.ofSeconds(40));
    }

    @Test
    void callsWithoutLimitsCostNoStatementButOneASecond() {
        LimitedNode node = node("a", "{}");
        takes(0);
        long begin = System.nanoTime();
        for (int call = 0; call < 50; call++) {
            node.call(LimitedNode.standard("run", call));
        }

        assertThat(node.transactions)
                .hasValueLessThanOrEqualTo((int) TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin) + 1);
    }

    @Test
    void withoutTheDatabaseNoCallIsMadeAndTheStepMayBeRepeated() {
        LimitedNode node = node("a", "{concurrent: 1}");
        takes(0);
        node.pool.close();

        EffectOutcome.Failed refused = failed(node.call(LimitedNode.standard("run", 0)));

        assertThat(refused.message())
                .isEqualTo("api.a: limits of connections can not be reached: the database refuses");
        assertThat(refused.fields()).containsEntry("code", "FASTN-03007").containsEntry("retryable", true);
        assertThat(service.received).isEmpty();
    }

    @Test
    void whatNoLongerCountsIsDeleted() {
        LimitedNode node = node("a", "{requests: 1, per: 1m}");
        takes(0);
        node.call(LimitedNode.standard("run", 0));
        node.shared.call(CONNECTION, new CallLimits(1, LONGEST, 0), LONGEST).ask(LONGEST);
        node.shared.hold(CONNECTION, Duration.ofHours(1));
        assertThat(rows()).isEqualTo(3);
        JdbcTemplate jdbc = new JdbcTemplate(plugin);

        assertThat(node.shared.sweep(100)).as("all of them say something yet").isZero();
        jdbc.update("UPDATE fastn_call SET counts_until = now() - interval '1 s'");
        jdbc.update("UPDATE fastn_call_wait SET comes_at = now() - interval '2 min'");
        jdbc.update("UPDATE fastn_call_hold SET until = now()");
        assertThat(node.shared.sweep(100)).isEqualTo(1);
        assertThat(rows()).isZero();

        node.call(LimitedNode.standard("run", 2));
        jdbc.update("UPDATE fastn_call SET counts_until = now() - interval '1 s'");
        node.shared.call(CONNECTION, new CallLimits(1, LONGEST, 0), LONGEST).ask(LONGEST);
        assertThat(rows()).as("a call deletes what is left of those before it").isEqualTo(1);
    }

    private int rows() {
        Integer rows = new JdbcTemplate(plugin)
                .queryForObject(
                        "SELECT (SELECT count(*) FROM fastn_call) + (SELECT count(*) FROM fastn_call_wait)"
                                + " + (SELECT count(*) FROM fastn_call_hold)",
                        Integer.class);
        return rows == null ? 0 : rows;
    }

    private LimitedNode node(String path, String limits) {
        LimitedNode node =
                new LimitedNode(plugin, path, LimitedNode.definition(limits, service.port()), service.port());
        nodes.add(node);
        return node;
    }

    /** A cold JVM takes longer than a call may; another limit, so that these calls do not count. */
    private LimitedNode warm(String path, String limits) {
        takes(0);
        LimitedNode node = node(path, limits);
        for (int call = 0; call < 20; call++) {
            node.call(LimitedNode.instant("warm" + call));
        }
        new JdbcTemplate(plugin).update("DELETE FROM fastn_call");
        return node;
    }

    /** From now on the service counts calls, which take so long. */
    private void takes(int millis) {
        arrivals.clear();
        most.set(0);
        service.answer("/a", exchange -> answer("a", millis, exchange));
        service.answer("/b", exchange -> answer("b", millis, exchange));
    }

    private void answer(String node, int millis, HttpExchange exchange) throws IOException {
        most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
        synchronized (arrivals) {
            arrivals.add(new Arrival(node, System.nanoTime()));
        }
        try {
            boolean unused = new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        underWay.decrementAndGet();
        exchange.sendResponseHeaders(204, -1);
    }

    private static void allSucceed(List<CompletableFuture<EffectOutcome>> outcomes) throws Exception {
        for (CompletableFuture<EffectOutcome> outcome : outcomes) {
            assertThat(outcome.get(50, TimeUnit.SECONDS)).isInstanceOf(EffectOutcome.Succeeded.class);
        }
    }

    private double seconds() {
        return (arrivals.get(arrivals.size() - 1).nanos() - arrivals.get(0).nanos()) / 1e9;
    }

    /** How many of the first calls were of that node. */
    private int shareOf(String node, int first) {
        return (int) arrivals.stream()
                .limit(first)
                .filter(arrival -> arrival.node().equals(node))
                .count();
    }

    private static Duration later(EffectOutcome outcome) {
        assertThat(outcome).isInstanceOf(EffectOutcome.Later.class);
        return ((EffectOutcome.Later) outcome).delay();
    }
}
