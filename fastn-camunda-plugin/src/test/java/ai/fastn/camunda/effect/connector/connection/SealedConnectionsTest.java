package ai.fastn.camunda.effect.connector.connection;

import static ai.fastn.camunda.effect.EffectCalls.TENANT_A;
import static ai.fastn.camunda.effect.EffectCalls.scope;
import static ai.fastn.camunda.effect.EffectCalls.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import ai.fastn.camunda.effect.EffectDatabases;
import ai.fastn.camunda.effect.secret.KeyRotation;
import ai.fastn.camunda.effect.secret.MasterKey;
import ai.fastn.camunda.effect.secret.SealedRows;
import ai.fastn.camunda.effect.secret.Sealing;
import ai.fastn.camunda.effect.secret.UnattendedRows;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A tenant's new key reaches its connections and OAuth apps, and nothing is lost that nobody seals again. */
class SealedConnectionsTest {

    private static final Clock LATER = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(10));

    private final DataSource plugin = EffectDatabases.plugin();
    private final MasterKey key = MasterKey.random();
    private final Sealing sealing = new Sealing(plugin, key);

    @Test
    void connectionsAndAppsWorkOnWithTheNewKeyAlone() {
        try (FakeProvider provider = new FakeProvider()) {
            Node node = Node.of(
                    plugin,
                    key,
                    Node.registry(List.of(Node.definition(
                            provider, "keyed", "/key/me", "{type: apiKey, name: X-Key, prefix: 'Key '}"))),
                    provider,
                    Clock.systemUTC());
            node.connect(TENANT_A, "keyed", "main", Map.of("key", FakeProvider.KEY));
            node.apps().put(Optional.of(TENANT_A), "keyed", "client", Optional.of("client-secret"), "test");

            rotate(new SealedConnections(plugin, sealing), new UnattendedRows(plugin, sealing));

            assertThat(marks()).hasSize(2).containsOnly(sealing.mark(TENANT_A));
            assertThat(isRotationThrough()).isTrue();
            assertThat(succeeded(node.call("keyed", "{'connection': 'main'}", scope(TENANT_A)))
                            .at("/output/right")
                            .asBoolean())
                    .isTrue();
            assertThat(node.apps().find(TENANT_A, "keyed", false).orElseThrow().clientSecret())
                    .contains("client-secret");
            node.calls().close();
        }
    }

    @Test
    void theOldKeyStaysForRowsThatNobodySealsAgain() {
        JdbcClient.create(plugin)
                .sql(
                        "INSERT INTO fastn_oauth_app (tenant, connector, client_id, version, sealed, updated_at, updated_by)"
                                + " VALUES (?, 'c', 'c', 1, ?, now(), 'test')")
                .params(TENANT_A.value(), sealing.seal(TENANT_A, new byte[] {7}, new byte[] {1}))
                .update();

        rotate(new UnattendedRows(plugin, sealing));

        assertThat(isRotationThrough()).isFalse();
    }

    private void rotate(SealedRows... rows) {
        new KeyRotation(sealing, List.of(rows), Clock.systemUTC()).begin(TENANT_A);
        new KeyRotation(sealing, List.of(rows), LATER).goOn();
    }

    /** Then the next one could begin. */
    private boolean isRotationThrough() {
        return new KeyRotation(sealing, List.of(), LATER).begin(TENANT_A);
    }

    private List<byte[]> marks() {
        return JdbcClient.create(plugin)
                .sql("SELECT substring(sealed FROM 1 FOR 5) FROM fastn_connection UNION ALL"
                        + " SELECT substring(sealed FROM 1 FOR 5) FROM fastn_oauth_app")
                .query(byte[].class)
                .list();
    }
}
