package ai.fastn.camunda.effect.connector;

import static ai.fastn.camunda.effect.EffectCalls.NO_RECORD;
import static ai.fastn.camunda.effect.EffectCalls.TENANT_A;
import static ai.fastn.camunda.effect.EffectCalls.TENANT_B;
import static ai.fastn.camunda.effect.EffectCalls.failed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.effect.EffectDatabases;
import ai.fastn.camunda.effect.EffectOutcome;
import ai.fastn.camunda.effect.EffectRequest;
import ai.fastn.camunda.effect.EffectScope;
import ai.fastn.camunda.effect.secret.MasterKey;
import ai.fastn.camunda.effect.secret.Sealing;
import ai.fastn.camunda.effect.secret.SecretStore;
import ai.fastn.camunda.host.OwnThread;
import ai.fastn.camunda.workflow.ExecutionId;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What reaches a service that allows so many calls: counted there. */
class ConnectionLimitsTest {

    private final FakeService service = new FakeService();
    private final List<Long> arrivals = new ArrayList<>();
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private ConnectorCalls calls = calls("{}");

    @AfterEach
    void close() {
        calls.close();
        service.close();
    }

    @Test
    void twoHundredCallsOfTwentyRunsAtOnceStayWithinTheLimits() throws Exception {
        calls = calls("{requests: 40, per: 1s, concurrent: 5}");
        service.answer("/x", this::countedAnswer);
        call(scope(new ExecutionId("warm"), 0)); // a cold JVM takes longer than a call may
        arrivals.clear();
        most.set(0);
        ExecutorService threads = Executors.newFixedThreadPool(200);
        List<CompletableFuture<EffectOutcome>> outcomes = new ArrayList<>();
        for (int run = 0; run < 20; run++) {
            for (int ordinal = 0; ordinal < 10; ordinal++) {
                outcomes.add(new CompletableFuture<>());
                comeAgain(threads, scope(new ExecutionId("run" + run), ordinal), outcomes.get(outcomes.size() - 1), 0);
            }
        }
        for (CompletableFuture<EffectOutcome> outcome : outcomes) {
            assertThat(outcome.get(60, TimeUnit.SECONDS)).isInstanceOf(EffectOutcome.Succeeded.class);
        }
        threads.shutdownNow();

        assertThat(arrivals).hasSize(200);
        assertThat(most).as("under way at once").hasValueLessThanOrEqualTo(5);
        for (int i = 40; i < 200; i++) {
            assertThat(arrivals.get(i) - arrivals.get(i - 40))
                    .as("call %d comes a second after the fortieth before it", i)
                    .isGreaterThanOrEqualTo(TimeUnit.SECONDS.toNanos(1));
        }
        assertThat(arrivals.get(199) - arrivals.get(0))
                .as("and no time is lost")
                .isLessThan(TimeUnit.SECONDS.toNanos(40));
    }

    private void comeAgain(
            ExecutorService threads, EffectScope run, CompletableFuture<EffectOutcome> result, long millis) {
        CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS, threads)
                .execute(() -> {
                    EffectOutcome outcome = call(run);
                    if (outcome instanceof EffectOutcome.Later turn) {
                        comeAgain(threads, run, result, turn.delay().toMillis() + 1);
                    } else {
                        result.complete(outcome);
                    }
                });
    }

    private void countedAnswer(HttpExchange exchange) throws IOException {
        int now = underWay.incrementAndGet();
        most.accumulateAndGet(now, Math::max);
        synchronized (arrivals) {
            arrivals.add(System.nanoTime());
        }
        underWay.decrementAndGet();
        exchange.sendResponseHeaders(204, -1);
    }

    @Test
    void nobodyCallsBeforeRetryAfterAndTheRunThatHeardItIsTheFirstAgain() {
        service.answer("/x", 429, "text/plain", "", "Retry-After", "2");
        EffectScope first = scope(new ExecutionId("first"), 0);
        EffectScope second = scope(new ExecutionId("second"), 0);
        assertThat(failed(call(first)).fields()).containsEntry("retryAfterMs", 2000L);
        service.answer("/x", 204, "text/plain", "");

        assertThat(later(call(second))).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(2));
        assertThat(later(call(first))).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(2));
        assertThat(service.received).hasSize(1);
        assertThat(call(ai.fastn.camunda.effect.EffectCalls.scope(
                        TENANT_B, new ExecutionId("of another tenant"), 0, false)))
                .as("another tenant's connection")
                .isInstanceOf(EffectOutcome.Succeeded.class);
    }

    @Test
    void anInstantRunWaitsInItsThreadAndIsToldWhenItsTimeDoesNotSuffice() {
        service.answer("/x", 503, "text/plain", "", "Retry-After", "1");
        assertThat(call(scope(new ExecutionId("first"), 0))).isInstanceOf(EffectOutcome.Failed.class);
        service.answer("/x", 204, "text/plain", "");

        EffectOutcome.Failed late = failed(call(instant("hurry", Duration.ofMillis(10))));
        assertThat(late.message()).matches("api.get: its turn comes in [0-9]+ ms, later than the execution timeout");
        assertThat(late.fields()).containsEntry("code", "FASTN-03070").containsEntry("retryable", true);
        assertThat(call(instant("patient", Duration.ofSeconds(20)))).isInstanceOf(EffectOutcome.Succeeded.class);
    }

    @Test
    void aCallThatWaitsForItsTurnEndsWithItsRun() throws Exception {
        calls = calls("{concurrent: 1}");
        CountDownLatch free = new CountDownLatch(1);
        CountDownLatch there = new CountDownLatch(1);
        service.answer("/x", exchange -> {
            there.countDown();
            await(free);
            exchange.sendResponseHeaders(204, -1);
        });
        CompletableFuture<EffectOutcome> running = OwnThread.call(() -> call(instant("one", Duration.ofSeconds(20))));
        await(there);
        Thread waiting = Thread.currentThread();
        new Thread(waiting::interrupt).start();

        EffectOutcome.Failed aborted = failed(call(instant("two", Duration.ofSeconds(20))));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(aborted.message()).isEqualTo("api.get: the call was aborted");
        free.countDown();
        assertThat(running.get(20, TimeUnit.SECONDS)).isInstanceOf(EffectOutcome.Succeeded.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {requests: 10}            | limits needs both of requests and per, such as {requests: 10, per: 1s}
            {requests: 0, per: 1s}    | limits.requests is "0"; it is a whole number from 1 to 100000
            {requests: 1, per: 1d}    | limits.per is "1d"; it is a time such as 500ms, 1s or 1m, at most 24h
            {requests: 1, per: 0s}    | limits.per is "0s"; it is a time such as 500ms, 1s or 1m, at most 24h
            {concurrent: many}        | limits.concurrent is "many"; it is a whole number from 1 to 100000
            {rate: 1}                 | limits has an unknown field "rate"; allowed are requests, per, concurrent
            """)
    void limitsThatMakeNoSenseAreRefused(String limits, String message) {
        assertThatThrownBy(() -> calls(limits))
                .isInstanceOf(FastnException.class)
                .hasMessage("connector definition api.yaml: " + message);
    }

    private EffectOutcome call(EffectScope scope) {
        return calls.perform(new EffectRequest("connector.api.get", "{\"orgId\":null}"), scope, NO_RECORD);
    }

    private static Duration later(EffectOutcome outcome) {
        assertThat(outcome).isInstanceOf(EffectOutcome.Later.class);
        return ((EffectOutcome.Later) outcome).delay();
    }

    private static EffectScope scope(ExecutionId run, int ordinal) {
        return scope(run, ordinal, 1, Duration.ofSeconds(60));
    }

    private static EffectScope instant(String run, Duration remaining) {
        return scope(new ExecutionId(run), 0, 0, remaining);
    }

    private static EffectScope scope(ExecutionId run, int ordinal, long fence, Duration remaining) {
        EffectScope any = ai.fastn.camunda.effect.EffectCalls.scope(TENANT_A);
        return new EffectScope(
                TENANT_A,
                any.environment(),
                any.workflow(),
                run,
                ordinal,
                fence,
                false,
                List.of(),
                0,
                false,
                any.connectors(),
                remaining);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private ConnectorCalls calls(String limits) {
        DataSource plugin = EffectDatabases.plugin();
        String yaml = """
                slug: api
                title: API
                baseUrl: http://localhost:%d
                limits: %s
                actions:
                  get: {method: GET, path: /x}
                """.formatted(service.port(), limits);
        return new ConnectorCalls(
                new ConnectorRegistry(List.of(new ConnectorFiles(text -> text).parse("api.yaml", yaml)), Map.of()),
                new SecretStore(plugin, new Sealing(plugin, MasterKey.random()), Clock.systemUTC()),
                EgressGuard.allowing("localhost:" + service.port()));
    }
}
