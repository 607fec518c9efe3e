package ai.fastn.camunda.effect.secret;

import static ai.fastn.camunda.effect.EffectCalls.TENANT_A;
import static ai.fastn.camunda.effect.EffectCalls.TENANT_B;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.fastn.camunda.effect.EffectDatabases;
import ai.fastn.camunda.effect.EffectOutcome;
import ai.fastn.camunda.effect.EffectRequest;
import ai.fastn.camunda.effect.EffectScope;
import ai.fastn.camunda.effect.MovedClock;
import ai.fastn.camunda.effect.RunMocks;
import ai.fastn.camunda.effect.SecretsKnown;
import ai.fastn.camunda.effect.state.SealedState;
import ai.fastn.camunda.effect.state.StateValues;
import ai.fastn.camunda.workflow.ConnectorVersions;
import ai.fastn.camunda.workflow.Environment;
import ai.fastn.camunda.workflow.ExecutionId;
import ai.fastn.camunda.workflow.TenantId;
import ai.fastn.camunda.workflow.WorkflowSlug;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** New keys while everything runs, on two nodes over one database. */
class KeyRotationTest {

    private static final byte[] PLACE = {1};

    private final DataSource plugin = EffectDatabases.plugin();
    private final MovedClock clock = new MovedClock();
    private final KeyWrapping first = MasterKey.random().wrapping();
    private final KeyWrapping second = MasterKey.random().wrapping();

    @Test
    void aNewMasterKeyTakesOverWhileANodeWithTheOldOneRuns() {
        Sealing before = node(first);
        byte[] sealed = seal(before, TENANT_A, "kept");

        Sealing old = node(first, second);
        Sealing fresh = node(second, first);

        assertThat(open(fresh, TENANT_A, sealed)).isEqualTo("kept");
        assertThat(open(old, TENANT_A, sealed)).isEqualTo("kept");
        assertThat(open(fresh, TENANT_B, seal(old, TENANT_B, "made by the old node")))
                .isEqualTo("made by the old node");
        assertThat(open(node(second), TENANT_A, sealed))
                .as("the new key is enough")
                .isEqualTo("kept");
        assertThatThrownBy(() -> node(first)).hasMessageContaining("master key is not the one");
    }

    @Test
    void aServiceMayHoldTheMasterKey() {
        KeyWrapping service = new Service(first);

        byte[] sealed = seal(node(service), TENANT_A, "kept");

        assertThat(open(node(service), TENANT_A, sealed)).isEqualTo("kept");
        assertThatThrownBy(() -> node(second)).hasMessageContaining("master key is not the one");
        assertThat(open(node(second, service), TENANT_A, sealed)).isEqualTo("kept");
    }

    @Test
    void aTenantGetsANewKeyOnTwoNodesAndTheOldOneGoes() {
        Sealing one = node(first);
        Sealing other = node(first);
        SecretStore secrets = new SecretStore(plugin, one, clock);
        SecretStore elsewhere = new SecretStore(plugin, other, clock);
        secrets.put(TENANT_A, Optional.empty(), "BEFORE", "before-before", "test");
        assertThat(value(elsewhere, "BEFORE")).isEqualTo("before-before");
        byte[] copyOfOldRow = seal(one, TENANT_A, "old");
        KeyRotation rotation = rotation(one, secrets);

        assertThat(rotation.begin(TENANT_A)).isTrue();
        assertThat(rotation.begin(TENANT_A)).as("one at a time").isFalse();
        secrets.put(TENANT_A, Optional.empty(), "NEW", "sealed-with-new", "test");
        elsewhere.put(TENANT_A, Optional.empty(), "STALE", "sealed-with-old", "test"); // has not seen the new key yet

        assertThat(value(elsewhere, "NEW")).isEqualTo("sealed-with-new");
        rotation.goOn();
        assertThat(open(one, TENANT_A, copyOfOldRow))
                .as("too early to give the old key up")
                .isEqualTo("old");

        clock.move(KeyRotation.SEEN_BY_ALL);
        rotation.goOn();

        assertThat(marks()).containsOnly(one.mark(TENANT_A));
        for (SecretStore node : List.of(secrets, elsewhere)) {
            assertThat(value(node, "BEFORE")).isEqualTo("before-before");
            assertThat(value(node, "NEW")).isEqualTo("sealed-with-new");
            assertThat(value(node, "STALE")).isEqualTo("sealed-with-old");
        }
        clock.move(Sealing.FRESH);
        assertThatThrownBy(() -> open(other, TENANT_A, copyOfOldRow)).hasMessageContaining("belongs elsewhere");
        assertThat(one.keysets().of(TENANT_A).handle().size())
                .as("disabled, not destroyed")
                .isEqualTo(2);

        clock.move(KeyRotation.BACKUPS);
        rotation.goOn();

        assertThat(one.keysets().of(TENANT_A).handle().size()).isOne();
        assertThat(one.keysets().rotating()).isEmpty();
        assertThat(value(elsewhere, "BEFORE")).isEqualTo("before-before");
        assertThat(rotation.begin(TENANT_A)).as("the next one").isTrue();
    }

    @Test
    void manyRowsAreSealedAgainInBatches() {
        Sealing sealing = node(first);
        StateValues state = new StateValues(plugin, sealing, clock);
        for (int i = 0; i < 1_001; i++) {
            state.perform(
                    new EffectRequest("state.set", "{\"key\": \"k" + i + "\", \"value\": " + i + "}"),
                    scopeWithSecret(),
                    (connection, outcome) -> {});
        }
        KeyRotation rotation = rotation(sealing, new SealedState(plugin, sealing));

        rotation.begin(TENANT_A);
        clock.move(KeyRotation.SEEN_BY_ALL);
        rotation.goOn();

        assertThat(JdbcClient.create(plugin)
                        .sql("SELECT count(*) FROM fastn_state WHERE substring(sealed FROM 1 FOR 5) = ?")
                        .param(sealing.mark(TENANT_A))
                        .query(Integer.class)
                        .single())
                .isEqualTo(1_001);
        assertThat(state.perform(
                        new EffectRequest("state.get", "{\"key\": \"k1000\"}"),
                        scopeWithSecret(),
                        (connection, outcome) -> {}))
                .isInstanceOfSatisfying(
                        EffectOutcome.Succeeded.class,
                        value -> assertThat(value.json()).isEqualTo("1000"));
    }

    @Test
    void theOldKeyStaysAsLongAsARunNeedsIt() {
        Sealing sealing = node(first);
        byte[] frame = seal(sealing, TENANT_A, "frame");
        AtomicBoolean runs = new AtomicBoolean(true);
        KeyRotation rotation = rotation(sealing, new Waiting(runs));
        rotation.begin(TENANT_A);
        clock.move(Duration.ofDays(3));

        rotation.goOn();
        assertThat(open(sealing, TENANT_A, frame)).isEqualTo("frame");

        runs.set(false);
        rotation.goOn();
        clock.move(Sealing.FRESH);
        assertThatThrownBy(() -> open(sealing, TENANT_A, frame)).hasMessageContaining("belongs elsewhere");
    }

    private Sealing node(KeyWrapping own, KeyWrapping... others) {
        return new Sealing(plugin, own, List.of(others), clock);
    }

    private KeyRotation rotation(Sealing sealing, SealedRows... rows) {
        return new KeyRotation(sealing, List.of(rows), clock);
    }

    private static byte[] seal(Sealing sealing, TenantId tenant, String text) {
        return sealing.seal(tenant, text.getBytes(StandardCharsets.UTF_8), PLACE);
    }

    private static String open(Sealing sealing, TenantId tenant, byte[] sealed) {
        return new String(sealing.open(tenant, sealed, PLACE), StandardCharsets.UTF_8);
    }

    private static String value(SecretStore secrets, String name) {
        return secrets.get(TENANT_A, Environment.PRODUCTION, name).orElseThrow().value();
    }

    private List<byte[]> marks() {
        return JdbcClient.create(plugin)
                .sql("SELECT substring(sealed FROM 1 FOR 5) FROM fastn_secret")
                .query(byte[].class)
                .list();
    }

    private static EffectScope scopeWithSecret() {
        return new EffectScope(
                TENANT_A,
                Environment.PRODUCTION,
                WorkflowSlug.of("sync"),
                new ExecutionId("run"),
                0,
                1,
                false,
                List.of(),
                0,
                false,
                ConnectorVersions.NONE,
                Duration.ofSeconds(20),
                new SecretsKnown(List.of(new SecretsKnown.Entry("TOKEN", "\"canary-canary\""))),
                RunMocks.NONE);
    }

    /** Somewhere else than in this JVM. */
    private record Service(KeyWrapping key) implements KeyWrapping {

        @Override
        public byte[] wrap(byte[] keyset, byte[] associated) throws GeneralSecurityException {
            return key.wrap(keyset, associated);
        }

        @Override
        public byte[] unwrap(byte[] wrapped, byte[] associated) throws GeneralSecurityException {
            return key.unwrap(wrapped, associated);
        }
    }

    /** Rows that only time removes. */
    private record Waiting(AtomicBoolean are) implements SealedRows {

        @Override
        public int sealAgain(TenantId tenant, int limit) {
            return 0;
        }

        @Override
        public boolean waits(TenantId tenant) {
            return are.get();
        }
    }
}
