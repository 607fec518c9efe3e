package ai.fastn.camunda.effect.db;

import static ai.fastn.camunda.effect.EffectCalls.TENANT_A;
import static ai.fastn.camunda.effect.EffectCalls.TENANT_B;
import static ai.fastn.camunda.effect.EffectCalls.failed;
import static ai.fastn.camunda.effect.EffectCalls.scope;
import static ai.fastn.camunda.effect.EffectCalls.succeeded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.diagnostic.TakenOverException;
import ai.fastn.camunda.effect.EffectDatabases;
import ai.fastn.camunda.effect.EffectOutcome;
import ai.fastn.camunda.effect.EffectScope;
import ai.fastn.camunda.host.OwnThread;
import ai.fastn.camunda.workflow.ConnectorVersions;
import ai.fastn.camunda.workflow.ExecutionId;
import ai.fastn.camunda.workflow.TenantId;
import com.fasterxml.jackson.databind.JsonNode;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A statement and its ledger row: both or neither, and never twice. */
class LedgerTest {

    private static final TenantsDatabase TENANTS = new TenantsDatabase();
    private static final String INSERT = "INSERT INTO sent (run) VALUES ($1) RETURNING id";

    private final ExecutionId execution = new ExecutionId(UUID.randomUUID().toString());
    private final String parameters = "['" + execution + "']";

    @BeforeAll
    static void createTables() {
        TENANTS.query(TENANT_A, "CREATE TABLE sent (id SERIAL, run TEXT)");
        TENANTS.query(TENANT_B, "CREATE TABLE sent (id SERIAL, run TEXT)");
    }

    @AfterAll
    static void close() {
        TENANTS.close();
    }

    @Test
    void aResumedRunGetsTheRecordedResultAndNothingIsDoneAgain() {
        EffectOutcome first = TENANTS.perform(at(0, false), INSERT, parameters);
        EffectOutcome resumed = TENANTS.perform(at(0, true), INSERT, parameters);

        assertThat(succeeded(first).path("rowCount").asInt()).isOne();
        assertThat(resumed).isEqualTo(first);
        assertThat(rows()).isOne();
    }

    @Test
    void anExecutorThatDoesNotKnowOfTheFirstOneGetsItsResultToo() {
        EffectOutcome first = TENANTS.perform(at(0, false), INSERT, parameters);
        EffectOutcome second = TENANTS.perform(at(0, false), INSERT, parameters);

        assertThat(second).isEqualTo(first);
        assertThat(rows()).isOne();
    }

    @Test
    void theSameStatementAtTheNextPlaceOfTheRunIsAnotherEffect() {
        TENANTS.perform(at(0, false), INSERT, parameters);
        TENANTS.perform(at(1, false), INSERT, parameters);

        assertThat(rows()).isEqualTo(2);
    }

    @Test
    void aCrashBetweenStatementAndRecordLeavesNeither() throws SQLException {
        String role = TENANTS.texts("SELECT role FROM fastn.tenant WHERE tenant = 'a'")
                .get(0);
        EffectDatabases.execute(TENANTS.administrator, "REVOKE EXECUTE ON FUNCTION fastn.record_effect FROM " + role);
        try {
            assertThat(failed(TENANTS.perform(at(0, false), INSERT, parameters)).fields())
                    .containsEntry("sqlState", "42501");
        } finally {
            EffectDatabases.execute(TENANTS.administrator, "GRANT EXECUTE ON FUNCTION fastn.record_effect TO " + role);
        }
        assertThat(rows()).isZero();

        succeeded(TENANTS.perform(at(0, true), INSERT, parameters));

        assertThat(rows()).isOne();
    }

    @Test
    void twoExecutorsAtOnceDoItOnceAndSeeTheSame() {
        for (int ordinal = 0; ordinal < 25; ordinal++) {
            EffectScope scope = at(ordinal, false);
            CompletableFuture<EffectOutcome> other = OwnThread.call(() -> TENANTS.perform(scope, INSERT, parameters));
            EffectOutcome mine = TENANTS.perform(scope, INSERT, parameters);

            assertThat(other.join()).isEqualTo(mine).isInstanceOf(EffectOutcome.Succeeded.class);
        }

        assertThat(rows()).isEqualTo(25);
    }

    @Test
    void connectionsCutAtAnyMomentNeitherLoseNorDoubleAnEffect() {
        AtomicBoolean done = new AtomicBoolean();
        AtomicInteger cuts = new AtomicInteger();
        CompletableFuture<Void> cutter = OwnThread.run(() -> cutConnectionsUntil(done, cuts));
        int effects = 0;
        try {
            while (effects < 60 || (cuts.get() == 0 && !cutter.isDone())) {
                performUntilItSucceeds(effects++);
            }
        } finally {
            done.set(true);
        }

        cutter.join();
        assertThat(cuts.get()).as("connections cut").isPositive();
        int expected = effects;
        // connections that were cut last may still be in the pool
        await().untilAsserted(() -> assertThat(rows()).isEqualTo(expected));
        assertThat(TENANTS.texts(
                        "SELECT count(*)::text FROM fastn.effect_ledger WHERE execution = '" + execution + "'"))
                .containsExactly(String.valueOf(effects));
    }

    @Test
    void whoLostARunWritesNothingOnceItsNewOwnerHasCalled() {
        TENANTS.perform(owned(0, 1), INSERT, parameters);
        succeeded(TENANTS.perform(owned(0, 2), INSERT, parameters));

        assertThatThrownBy(() -> TENANTS.perform(owned(1, 1), INSERT, parameters))
                .isInstanceOf(TakenOverException.class)
                .hasMessageContaining(execution.value());

        assertThat(rows()).isOne();
        succeeded(TENANTS.perform(owned(1, 2), INSERT, parameters));
        assertThat(rows()).isEqualTo(2);
    }

    @Test
    void anotherStatementAtTheSamePlaceEndsTheRun() {
        TENANTS.perform(at(0, false), INSERT, parameters);

        assertThatThrownBy(() -> TENANTS.perform(at(0, true), INSERT, "['other']"))
                .isInstanceOf(FastnException.class)
                .hasMessage(
                        "execution \"" + execution
                                + "\" performs another statement as its effect 0 than before: the workflow took another path on retry");
    }

    @Test
    void theLedgerHoldsNoResultInClearAndForgetsARun() {
        TENANTS.perform(at(0, false), "INSERT INTO sent (run) VALUES ($1) RETURNING run", "['canary-canary']");

        assertThat(ledger()).hasSize(1).noneMatch(row -> row.contains("canary") || row.contains("63616e617279"));

        TENANTS.database.sweepLedger(executions -> executions);
        assertThat(ledger()).as("of a run that has not ended").hasSize(1);

        TENANTS.database.sweepLedger(executions -> Set.of());

        assertThat(ledger()).isEmpty();
        assertThat(TENANTS.texts("SELECT execution FROM fastn.effect_fence WHERE execution = '" + execution + "'"))
                .isEmpty();
    }

    @Test
    void theLedgerOfOneTenantIsNotThatOfAnother() {
        TENANTS.perform(at(0, false), INSERT, parameters);
        JsonNode ofB = succeeded(TENANTS.perform(scope(TENANT_B, execution, 0, true), INSERT, parameters));

        assertThat(ofB.path("rowCount").asInt()).isOne();
        assertThat(rowsOf(TENANT_B)).isOne();
    }

    private void performUntilItSucceeds(int ordinal) {
        EffectOutcome outcome = TENANTS.perform(at(ordinal, false), INSERT, parameters);
        for (int attempt = 0; attempt < 50 && outcome instanceof EffectOutcome.Failed failure; attempt++) {
            assertThat(failure.fields()).containsEntry("retryable", true);
            outcome = TENANTS.perform(at(ordinal, true), INSERT, parameters);
        }
        succeeded(outcome);
    }

    private static void cutConnectionsUntil(AtomicBoolean done, AtomicInteger cuts) {
        while (!done.get()) {
            cuts.addAndGet(TENANTS.texts("SELECT pg_terminate_backend(pid)::text FROM pg_stat_activity "
                            + "WHERE usename LIKE 't\\_%' AND state <> 'idle' AND random() < 0.2")
                    .size());
        }
    }

    private EffectScope at(int ordinal, boolean rebuilt) {
        return scope(TENANT_A, execution, ordinal, rebuilt);
    }

    /** A call of whoever took the run over with this fence. */
    private EffectScope owned(int ordinal, long fence) {
        EffectScope scope = at(ordinal, true);
        return new EffectScope(
                scope.tenant(),
                scope.environment(),
                scope.workflow(),
                scope.execution(),
                ordinal,
                fence,
                true,
                List.of(),
                0,
                false,
                ConnectorVersions.NONE,
                scope.remaining());
    }

    private int rows() {
        return rowsOf(TENANT_A);
    }

    private int rowsOf(TenantId tenant) {
        return TENANTS.query(tenant, "SELECT count(*)::int FROM sent WHERE run = $1", parameters)
                .path("rows")
                .path(0)
                .path(0)
                .asInt();
    }

    private List<String> ledger() {
        return TENANTS.texts("SELECT l::text FROM fastn.effect_ledger l WHERE execution = '" + execution + "'");
    }
}
