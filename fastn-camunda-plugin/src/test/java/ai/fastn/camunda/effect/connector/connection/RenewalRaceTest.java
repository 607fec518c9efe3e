package ai.fastn.camunda.effect.connector.connection;

import static ai.fastn.camunda.effect.EffectCalls.TENANT_A;
import static ai.fastn.camunda.effect.EffectCalls.scope;
import static ai.fastn.camunda.effect.EffectCalls.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import ai.fastn.camunda.effect.EffectDatabases;
import ai.fastn.camunda.effect.EffectOutcome;
import ai.fastn.camunda.effect.MovedClock;
import ai.fastn.camunda.effect.connector.ConnectorRegistry;
import ai.fastn.camunda.effect.secret.MasterKey;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Twenty calls over two nodes, each with a pool of its own, need a new token at once: a rotating refresh token would
 * show a second request.
 */
class RenewalRaceTest {

    private static final int CALLS = 20;
    private static final FakeProvider PROVIDER = new FakeProvider();
    private static final MovedClock CLOCK = new MovedClock();
    private static final DataSource PLUGIN = EffectDatabases.plugin();
    private static final HikariDataSource ONE = pool();
    private static final HikariDataSource TWO = pool();
    private static final MasterKey KEY = MasterKey.random();
    private static final ConnectorRegistry REGISTRY =
            Node.registry(List.of(Node.definition(PROVIDER, "crm", "/api/me", OAuthFlowTest.code(PROVIDER, ""))));
    private static final List<Node> NODES =
            List.of(Node.of(ONE, KEY, REGISTRY, PROVIDER, CLOCK), Node.of(TWO, KEY, REGISTRY, PROVIDER, CLOCK));

    @BeforeEach
    void connect() {
        PROVIDER.redirectUri = "https://fastn.example.com/callback";
        PROVIDER.tokenMillis = 300;
        OAuthApps apps = NODES.get(0).apps();
        apps.put(Optional.of(TENANT_A), "crm", FakeProvider.CLIENT_ID, Optional.of(FakeProvider.CLIENT_SECRET), "anna");
        OAuthFlow flow = NODES.get(0).flow();
        ConnectionDraft draft = new ConnectionDraft(
                "crm",
                Optional.empty(),
                Optional.empty(),
                "main " + System.nanoTime(),
                Map.of(),
                Map.of(),
                List.of(),
                Optional.of(true));
        OAuthFlow.Started started = flow.start(
                TENANT_A, new OAuthBegin(draft, Optional.empty()), Optional.empty(), PROVIDER.redirectUri, "anna");
        Map<String, String> back = OAuthFlowTest.agree(started.authorizeUrl());
        flow.complete(back.getOrDefault("state", ""), back.getOrDefault("code", ""), Optional.of(started.browser()));
    }

    @AfterAll
    static void close() {
        NODES.forEach(node -> node.calls().close());
        PROVIDER.close();
        ONE.close();
        TWO.close();
    }

    @Test
    void aTokenThatHasEndedIsRenewedByOneRequest() throws Exception {
        CLOCK.move(Duration.ofHours(2));

        assertThat(tokensUsedBy(CALLS)).hasSize(1);
    }

    @Test
    void aTokenThatTheServiceRefusesIsRenewedByOneRequest() throws Exception {
        PROVIDER.endAccessTokens();

        assertThat(tokensUsedBy(CALLS))
                .as("the one that was refused, and the new one")
                .hasSize(2);
    }

    @Test
    void aNodeWhoseClockIsAheadRenewsEarlyAndTheOthersGoOnWithItsToken() {
        MovedClock ahead = new MovedClock();
        ahead.move(Duration.between(ahead.instant(), CLOCK.instant()).plusHours(2));
        Node early = Node.of(ONE, KEY, REGISTRY, PROVIDER, ahead);
        int before = PROVIDER.tokenCalls.get();

        succeeded(early.call("crm", "{}", scope(TENANT_A)));
        NODES.forEach(node -> succeeded(node.call("crm", "{}", scope(TENANT_A))));

        assertThat(PROVIDER.tokenCalls.get() - before).isEqualTo(1);
    }

    /** All calls succeed, and the token endpoint is asked once. */
    private static Set<String> tokensUsedBy(int calls) throws Exception {
        int before = PROVIDER.tokenCalls.get();
        PROVIDER.apiCalls.clear();
        CountDownLatch start = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(calls);
        List<Future<EffectOutcome>> outcomes = new ArrayList<>();
        for (int i = 0; i < calls; i++) {
            Node node = NODES.get(i % NODES.size());
            outcomes.add(threads.submit(() -> {
                start.await();
                return node.call("crm", "{}", scope(TENANT_A));
            }));
        }
        start.countDown();
        for (Future<EffectOutcome> outcome : outcomes) {
            assertThat(succeeded(outcome.get()).at("/output/right").asBoolean()).isTrue();
        }
        threads.shutdown();
        assertThat(PROVIDER.tokenCalls.get() - before).isEqualTo(1);
        return new HashSet<>(PROVIDER.apiCalls);
    }

    private static HikariDataSource pool() {
        HikariDataSource pool = new HikariDataSource();
        pool.setDataSource(PLUGIN);
        pool.setMaximumPoolSize(5);
        pool.setConnectionInitSql("SET idle_in_transaction_session_timeout = '10s'");
        return pool;
    }
}
