package ai.fastn.camunda.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ai.fastn.camunda.autoconfigure.Sweep;
import ai.fastn.camunda.host.RunningHost;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Row C12: a start that is sent again with its {@code Idempotency-Key} is no second start. */
class IdempotentStartHttpTest {

    private static final int AT_ONCE = 50;

    private final RunningHost host = RunningHost.shared();
    private final Machine machine = Machine.of(host);
    private final String key = UUID.randomUUID().toString();

    @BeforeEach
    void forgetCalls() {
        host.shop().clear();
    }

    @AfterEach
    void resetClock() {
        ClockUtil.reset();
    }

    @Test
    void fiftyInstantStartsAtOnceAreOneExecutionWithOneAnswer() throws Exception {
        machine.install("once-inline", "instant", """
                export default async function (ctx) {
                  await fastn.connector.shop.slow({ x: 300 });
                  const paid = await fastn.connector.shop.write({ x: ctx.input.id });
                  return { paid: paid.value, run: ctx.execution.id };
                }""");

        List<Reply> replies =
                atOnce(() -> machine.with("Idempotency-Key", key).execute("once-inline", "{\"id\": \"ü\"}"));

        assertThat(replies).hasSize(AT_ONCE).allSatisfy(reply -> reply.requireStatus(200));
        assertThat(replies.stream().map(Reply::body).collect(Collectors.toSet()))
                .singleElement()
                .asString()
                .startsWith("{\"data\":{\"paid\":\"ü\",\"run\":\"" + idOf(replies));
        assertThat(host.shop().calls()).containsExactly("slow/300", "write/ü");
        assertThat(executions("once-inline")).isEqualTo(1);
    }

    @Test
    void fiftyStandardStartsAtOnceAreOneExecution() throws Exception {
        installStandard("once-behind");

        List<Reply> replies = atOnce(() -> machine.with("Idempotency-Key", key).execute("once-behind", "7"));

        assertThat(replies).hasSize(AT_ONCE).allSatisfy(reply -> reply.requireStatus(202));
        assertThat(replies.stream().map(Reply::body).collect(Collectors.toSet()))
                .containsExactly("{\"data\":{\"executionId\":\"" + idOf(replies) + "\",\"status\":\"Running\"}}");
        machine.awaitEnd(idOf(replies));
        assertThat(host.shop().calls()).containsExactly("write/7");
        assertThat(executions("once-behind")).isEqualTo(1);
        assertThat(machine.with("Idempotency-Key", key)
                        .execute("once-behind", "7")
                        .requireStatus(202)
                        .body())
                .as("after the end")
                .isEqualTo(replies.get(0).body());
    }

    @Test
    void aFailedInstantRunIsAnsweredAgainWithItsError() {
        machine.install("once-fails", "instant", """
                export default async function (ctx) {
                  await fastn.connector.shop.write({ x: 'before' });
                  throw Object.assign(new RangeError('no ' + ctx.input), { status: 418 });
                }""");
        Machine keyed = machine.with("Idempotency-Key", key);

        Reply first = keyed.execute("once-fails", "\"item\"");
        Reply second = keyed.execute("once-fails", "\"item\"");

        first.requireProblem(422, "FASTN-02001");
        assertThat(second.body()).isEqualTo(first.body()).contains("\"status\":418");
        assertThat(second.header("x-fastn-execution-id")).isEqualTo(first.text("/executionId"));
        assertThat(host.shop().calls()).containsExactly("write/before");
    }

    @Test
    void aTimeoutIsAnsweredAgainAsOne() {
        var draft = Machine.draft("export default async () => { while (true) {} }", "Once spins", "instant");
        draft.withObject("/configuration").put("timeoutMs", 1000);
        machine.install("once-spins", draft);
        Machine keyed = machine.with("Idempotency-Key", key);

        Reply first = keyed.execute("once-spins", "null");

        first.requireProblem(408, "FASTN-02002");
        assertThat(keyed.execute("once-spins", "null").body()).isEqualTo(first.body());
        assertThat(executions("once-spins")).isEqualTo(1);
    }

    @Test
    void anotherBodyWithTheSameKeyIsRefused() {
        installEcho("once-other");
        Machine keyed = machine.with("Idempotency-Key", key);
        String id = keyed.execute("once-other", "1").requireStatus(200).header("x-fastn-execution-id");

        assertThat(keyed.execute("once-other", "2").requireProblem(422, "FASTN-06011"))
                .contains(key)
                .contains(id);
        assertThat(executions("once-other")).isEqualTo(1);
    }

    @Test
    void aKeyIsOfItsTenantAndWorkflowAlone() {
        installEcho("once-here");
        installEcho("once-there");
        Machine acme = machine.with("x-fastn-access-key", host.acmeKey()).with("x-fastn-account-tenant-id", "acme");
        acme.install("once-here", "instant", "export default async () => 'acme'");

        assertThat(machine.with("Idempotency-Key", key)
                        .execute("once-here", "1")
                        .body())
                .isEqualTo("{\"data\":1}");
        assertThat(machine.with("Idempotency-Key", key)
                        .execute("once-there", "2")
                        .body())
                .isEqualTo("{\"data\":2}");
        assertThat(acme.with("Idempotency-Key", key).execute("once-here", "3").body())
                .isEqualTo("{\"data\":\"acme\"}");
    }

    @Test
    void aStartThatFailsBeforeItsRunBeginsDoesNotUseTheKeyUp() {
        machine.save("once-later", Machine.draft("export default async (ctx) => ctx.input", "Later", "instant"))
                .requireStatus(200);
        Machine keyed = machine.with("Idempotency-Key", key);

        keyed.execute("once-later", "1").requireProblem(409, "FASTN-04003");
        keyed.post("/workflows/once-later/execute", "{").requireProblem(400, "FASTN-06001");
        machine.post("/workflows/once-later/publish", "").requireStatus(201);
        machine.post("/workflows/once-later/deploy", "").requireStatus(200);

        assertThat(keyed.execute("once-later", "2").requireStatus(200).body()).isEqualTo("{\"data\":2}");
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "a b", "a,b", "a;b", "\"a", "\"\"", "\"a\\b\""})
    void aKeyThatIsNoneIsRefused(String text) {
        machine.save("once-odd", Machine.draft("export default async () => 1", "Odd", "instant"))
                .requireStatus(200);

        assertThat(machine.with("Idempotency-Key", text)
                        .execute("once-odd", "1")
                        .requireProblem(400, "FASTN-06010"))
                .contains("Idempotency-Key");
    }

    @Test
    void aKeyOf255CharactersIsTheLongestAndOneKeyIsEnough() {
        installEcho("once-long");

        machine.with("Idempotency-Key", "k".repeat(255))
                .execute("once-long", "1")
                .requireStatus(200);
        assertThat(machine.with("Idempotency-Key", "k".repeat(256))
                        .execute("once-long", "1")
                        .requireProblem(400, "FASTN-06010"))
                .contains("256");
        Reply twice = Machine.send(machine.with("Idempotency-Key", "a")
                .request("/workflows/once-long/execute")
                .header("Idempotency-Key", "b")
                .POST(BodyPublishers.ofString("{}")));
        assertThat(twice.requireProblem(400, "FASTN-06010")).contains("2 times");
    }

    @Test
    void aKeyInQuotesIsTheSameAsWithout() {
        installEcho("once-quoted");
        Machine plain = machine.with("Idempotency-Key", key);
        Machine quoted = machine.with("Idempotency-Key", "\"" + key + "\"");

        String id = plain.execute("once-quoted", "1").requireStatus(200).header("x-fastn-execution-id");

        assertThat(quoted.execute("once-quoted", "1").requireStatus(200).header("x-fastn-execution-id"))
                .isEqualTo(id);
    }

    @Test
    void afterADayTheKeyIsForgottenAndItsRowSwept() {
        installEcho("once-a-day");
        Machine keyed = machine.with("Idempotency-Key", key);
        String first = keyed.execute("once-a-day", "1").requireStatus(200).header("x-fastn-execution-id");

        inTheFuture(Duration.ofHours(23));
        host.bean(Sweep.class).sweep();
        assertThat(keyed.execute("once-a-day", "1").header("x-fastn-execution-id"))
                .isEqualTo(first);
        inTheFuture(Duration.ofHours(25));
        assertThat(keyed.execute("once-a-day", "2").requireStatus(200).header("x-fastn-execution-id"))
                .isNotEqualTo(first);
        inTheFuture(Duration.ofHours(50));
        host.bean(Sweep.class).sweep();

        assertThat(host.rows("fastn_start WHERE slug = 'once-a-day'")).isZero();
    }

    @Test
    void whoComesAfterTheConnectionOfAnInstantRunIsCutLearnsThatNobodyKnowsHowFarItCame() throws Exception {
        machine.install("once-cut", "instant", """
                export default async function () {
                  await fastn.connector.shop.write({ x: 'cut' });
                  await fastn.connector.shop.slow({ x: 1 });
                  return 'done';
                }""");
        host.shop().onSlow(this::cutTheRun);
        Machine keyed = machine.with("Idempotency-Key", key);

        Reply first = keyed.execute("once-cut", "1");
        Reply second = keyed.execute("once-cut", "1");

        assertThat(first.status()).isGreaterThanOrEqualTo(500);
        assertThat(second.requireProblem(409, "FASTN-06013")).contains("which of its calls were made is not known");
        assertThat(host.shop().calls()).containsOnlyOnce("write/cut");
        assertThat(executions("once-cut")).isZero();
    }

    /** The server ends the connection in whose transaction the run is, as it does when the node is gone. */
    private void cutTheRun() {
        assertThat(JdbcClient.create(host.bean(DataSource.class))
                        .sql("SELECT count(pg_terminate_backend(pid)) FROM pg_locks"
                                + " WHERE locktype = 'advisory' AND objsubid = 1 AND granted AND database ="
                                + " (SELECT oid FROM pg_database WHERE datname = current_database())")
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
        await().until(() -> JdbcClient.create(host.bean(DataSource.class))
                .sql(
                        "SELECT NOT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 1 AND database ="
                                + " (SELECT oid FROM pg_database WHERE datname = current_database()))")
                .query(Boolean.class)
                .single());
    }

    private static void inTheFuture(Duration later) {
        ClockUtil.setCurrentTime(Date.from(Instant.now().plus(later)));
    }

    private static List<Reply> atOnce(Supplier<Reply> request) throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<CompletableFuture<Reply>> replies = IntStream.range(0, AT_ONCE)
                    .mapToObj(i -> CompletableFuture.supplyAsync(request, clients))
                    .toList();
            return replies.stream().map(CompletableFuture::join).toList();
        } finally {
            clients.shutdown();
        }
    }

    private static String idOf(List<Reply> replies) {
        return replies.stream()
                .map(reply -> reply.header("x-fastn-execution-id"))
                .distinct()
                .collect(Collectors.joining(" and "));
    }

    private long executions(String workflow) {
        return host.rows("fastn_execution WHERE slug = '" + workflow + "'");
    }

    private void installEcho(String slug) {
        machine.install(slug, "instant", "export default async (ctx) => ctx.input");
    }

    private void installStandard(String slug) {
        machine.install(slug, "standard", """
                export default async function (ctx) {
                  await fastn.connector.shop.write({ x: ctx.input });
                }""");
    }
}
