package ai.fastn.camunda.effect.db;

import static ai.fastn.camunda.effect.EffectCalls.TENANT_A;
import static ai.fastn.camunda.effect.EffectCalls.TENANT_B;
import static org.assertj.core.api.Assertions.assertThat;

import ai.fastn.camunda.effect.EffectDatabases;
import ai.fastn.camunda.effect.EffectOutcome;
import ai.fastn.camunda.workflow.TenantId;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** How much a tenant may have, and what many tenants leave behind on one node. */
class TenantQuotaTest {

    private static final int SIZE = 1_000_000;
    private static final TenantsDatabase TENANTS = new TenantsDatabase(
            EffectDatabases.fresh("tenants"),
            new DbLimits(100, 100_000, Duration.ofSeconds(10), 3, 20, Duration.ofMinutes(10), 3, SIZE));

    @AfterAll
    static void close() {
        TENANTS.close();
    }

    @Test
    void aTenantThatHasTooMuchMayReadAndMakeRoomAndOthersWriteOn() {
        TENANTS.query(TENANT_A, "CREATE TABLE big (t text)");
        TENANTS.query(
                TENANT_A, "INSERT INTO big SELECT md5(n::text) || md5((-n)::text) FROM generate_series(1, 20000) n");
        TENANTS.query(TENANT_B, "CREATE TABLE small (t text)");
        TENANTS.database.measureNow();

        for (String sql : List.of(
                "INSERT INTO big VALUES ('x')",
                "UPDATE big SET t = 'x'",
                "WITH d AS (DELETE FROM big RETURNING t) INSERT INTO big SELECT t FROM d",
                "CREATE INDEX ON big (t)",
                "CREATE TABLE more (t text)")) {
            EffectOutcome.Failed refused = TENANTS.failure(TENANT_A, sql, "[]");
            assertThat(refused.message())
                    .as(sql)
                    .matches("database of the tenant has \\d{7} bytes in tables and indexes; at most " + SIZE
                            + " are allowed, so that only reading, DELETE, DROP and TRUNCATE are performed");
            assertThat(refused.fields()).containsEntry("code", "FASTN-03014").containsEntry("retryable", false);
        }
        assertThat(TENANTS.count(TENANT_A, "big")).isEqualTo(20_000);
        TENANTS.query(TENANT_A, "DELETE FROM big WHERE t < '1'");
        TENANTS.query(TENANT_B, "INSERT INTO small VALUES ('x')");

        TENANTS.query(TENANT_A, "TRUNCATE big");
        TENANTS.database.measureNow();

        TENANTS.query(TENANT_A, "INSERT INTO big VALUES ('x')");
    }

    @Test
    void oneTableMoreThanAllowedIsNotMade() {
        TenantId collector = new TenantId("collector");
        IntStream.range(0, 3).forEach(i -> TENANTS.query(collector, "CREATE TABLE t" + i + " (a int)"));
        TENANTS.database.measureNow();

        assertThat(TENANTS.failure(collector, "CREATE TABLE t3 (a int)", "[]").message())
                .startsWith("database of the tenant has 3 tables; at most 3 are allowed");
        TENANTS.query(collector, "INSERT INTO t0 VALUES (1)");
        TENANTS.query(collector, "DROP TABLE t0");
        TENANTS.database.measureNow();
        TENANTS.query(collector, "CREATE TABLE t3 (a int)");
    }

    @Test
    void sixtyTenantsNeverKeepMoreConnectionsThanTheNodeMayHaveAndLeaveNoneBehind() {
        int most = 0;
        for (int i = 0; i < 60; i++) {
            TENANTS.query(new TenantId("tenant-" + i), "SELECT 1");
            if (i % 10 == 9) {
                most = Math.max(most, connections());
            }
        }
        assertThat(most).isPositive().isLessThanOrEqualTo(20);

        TENANTS.database.closeIdlePools(Duration.ZERO);

        assertThat(TENANTS.database.openPools()).isZero();
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> connections() == 0);
    }

    private static int connections() {
        return Integer.parseInt(TENANTS.texts("SELECT count(*)::text FROM pg_stat_activity WHERE usename LIKE 't\\_%'"
                        + " AND datname = current_database()")
                .get(0));
    }
}
