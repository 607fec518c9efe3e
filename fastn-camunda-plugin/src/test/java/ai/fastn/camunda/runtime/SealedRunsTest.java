package ai.fastn.camunda.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import ai.fastn.camunda.effect.EffectDatabases;
import ai.fastn.camunda.effect.secret.KeyRotation;
import ai.fastn.camunda.effect.secret.MasterKey;
import ai.fastn.camunda.effect.secret.Sealing;
import ai.fastn.camunda.workflow.TenantId;
import java.time.Clock;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A tenant's old key is needed as long as there are runs whose frames, journals or inputs it has sealed. */
class SealedRunsTest {

    private static final TenantId TENANT = TenantId.DEFAULT;

    private final DataSource plugin = EffectDatabases.plugin();
    private final JdbcClient jdbc = JdbcClient.create(plugin);
    private final Sealing sealing = new Sealing(plugin, MasterKey.random());
    private final SealedRuns runs = new SealedRuns(plugin, sealing);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            UPDATE fastn_checkpoint SET base = ?                                      | true
            UPDATE fastn_checkpoint SET path = ?                                      | true
            INSERT INTO fastn_journal VALUES ('run', 0, 'OUTCOME', 0, '', '', 1, ?)   | true
            UPDATE fastn_execution SET sealed_input = ?                               | false
            """, quoteCharacter = '`')
    void aSealedRowOfARunIsWaitedForUntilTheRunEnds(String sql, boolean isEnvelope) {
        byte[] sealed = sealing.seal(TENANT, new byte[] {7}, new byte[] {1});
        begin();
        jdbc.sql(sql).param(isEnvelope ? envelope(2, sealed) : sealed).update();
        assertThat(runs.waits(TENANT)).as("before the new key").isFalse();

        new KeyRotation(sealing, List.of(), Clock.systemUTC()).begin(TENANT);

        assertThat(runs.waits(TENANT)).isTrue();
        assertThat(runs.waits(new TenantId("other"))).isFalse();
        jdbc.sql("DELETE FROM fastn_checkpoint").update();
        assertThat(runs.waits(TENANT)).as("the run has ended").isFalse();
    }

    @Test
    void whatIsNotSealedIsNotWaitedFor() {
        begin();
        jdbc.sql("UPDATE fastn_checkpoint SET base = ?, path = ''")
                .param(envelope(1, new byte[] {9, 9, 9, 9, 9, 9, 9}))
                .update();
        jdbc.sql("INSERT INTO fastn_journal VALUES ('run', 0, 'OUTCOME', 0, '', '', 1, ?)")
                .param(envelope(0, new byte[] {9, 9, 9, 9, 9, 9, 9}))
                .update();

        assertThat(runs.waits(TENANT)).isFalse();
    }

    private void begin() {
        jdbc.sql("INSERT INTO fastn_checkpoint (execution_id, sequence, path) VALUES ('run', 1, '')")
                .update();
        jdbc.sql("""
                INSERT INTO fastn_execution (id, tenant, environment, slug, version, tier, status, triggered_by, started_by,
                    input, headers, started_at, deadline, process_instance_id, definition_id)
                VALUES ('run', ?, 'production', 'sync', 1, 'LONG', 'RUNNING', 'api', 'test', 'null', '{}', now(), now(), 'i', 'd')""").param(TENANT.value()).update();
    }

    private static byte[] envelope(int flags, byte[] content) {
        byte[] result = new byte[content.length + 1];
        result[0] = (byte) flags;
        System.arraycopy(content, 0, result, 1, content.length);
        return result;
    }
}
