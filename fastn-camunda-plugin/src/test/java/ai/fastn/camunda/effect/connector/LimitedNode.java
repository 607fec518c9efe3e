package ai.fastn.camunda.effect.connector;

import static ai.fastn.camunda.effect.EffectCalls.NO_RECORD;
import static ai.fastn.camunda.effect.EffectCalls.TENANT_A;

import ai.fastn.camunda.effect.EffectCalls;
import ai.fastn.camunda.effect.EffectOutcome;
import ai.fastn.camunda.effect.EffectRequest;
import ai.fastn.camunda.effect.EffectScope;
import ai.fastn.camunda.effect.secret.MasterKey;
import ai.fastn.camunda.effect.secret.Sealing;
import ai.fastn.camunda.effect.secret.SecretStore;
import ai.fastn.camunda.workflow.ExecutionId;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** One of several nodes that call the same service, with a pool of its own over a database that they share. */
final class LimitedNode implements AutoCloseable {

    private static final MasterKey KEY = MasterKey.random();

    final HikariDataSource pool = new HikariDataSource();
    final AtomicInteger transactions = new AtomicInteger();
    final SharedCalls shared = new SharedCalls(new DelegatingDataSource(pool) {
        @Override
        public java.sql.Connection getConnection() throws java.sql.SQLException {
            transactions.incrementAndGet();
            return super.getConnection();
        }
    });
    private final String path;
    private final ConnectorCalls calls;

    /** @param path what this node calls, so that the service can tell nodes apart */
    LimitedNode(DataSource plugin, String path, ConnectorDefinition definition, int port) {
        this.path = path;
        pool.setDataSource(plugin);
        pool.setMaximumPoolSize(5);
        pool.setConnectionTimeout(500);
        SecretStore secrets = new SecretStore(plugin, new Sealing(plugin, KEY), Clock.systemUTC());
        calls = new ConnectorCalls(
                new ConnectorRegistry(List.of(definition), Map.of()),
                CredentialSource.named(secrets),
                secrets,
                EgressGuard.allowing("localhost:" + port),
                shared);
    }

    /** A connector with two actions that are the same but for their paths. */
    static ConnectorDefinition definition(String limits, int port) {
        String yaml = """
                slug: api
                title: API
                baseUrl: http://localhost:%d
                limits: %s
                timeout: 2s
                actions:
                  a: {method: GET, path: /a}
                  b: {method: GET, path: /b}
                """.formatted(port, limits);
        return new ConnectorFiles(text -> text).parse("api.yaml", yaml);
    }

    EffectOutcome call(EffectScope scope) {
        return calls.perform(new EffectRequest("connector.api." + path, "{\"orgId\":null}"), scope, NO_RECORD);
    }

    /** Comes again whenever it is told to, as a step does. */
    CompletableFuture<EffectOutcome> call(Executor threads, EffectScope scope) {
        CompletableFuture<EffectOutcome> result = new CompletableFuture<>();
        comeAgain(threads, scope, result, 0);
        return result;
    }

    private void comeAgain(Executor threads, EffectScope scope, CompletableFuture<EffectOutcome> result, long millis) {
        CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS, threads)
                .execute(() -> {
                    try {
                        EffectOutcome outcome = call(scope);
                        if (outcome instanceof EffectOutcome.Later turn) {
                            comeAgain(threads, scope, result, turn.delay().toMillis() + 1);
                        } else {
                            result.complete(outcome);
                        }
                    } catch (RuntimeException | Error e) {
                        result.completeExceptionally(e);
                    }
                });
    }

    static EffectScope standard(String run, int ordinal) {
        return scope(run, ordinal, 1, Duration.ofSeconds(60));
    }

    static EffectScope instant(String run) {
        return scope(run, 0, 0, Duration.ofSeconds(20));
    }

    private static EffectScope scope(String run, int ordinal, long fence, Duration remaining) {
        EffectScope any = EffectCalls.scope(TENANT_A);
        return new EffectScope(
                TENANT_A,
                any.environment(),
                any.workflow(),
                new ExecutionId(run),
                ordinal,
                fence,
                false,
                List.of(),
                0,
                false,
                any.connectors(),
                remaining);
    }

    @Override
    public void close() {
        calls.close();
        pool.close();
    }
}
