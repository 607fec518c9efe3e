package ai.fastn.camunda.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.fastn.camunda.execution.Execution;
import ai.fastn.camunda.workflow.ExecutionStatus;
import ai.fastn.camunda.workflow.Tier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.runtime.Job;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The operating system tells the database that no space is left: the file of a table lies on {@code /dev/full}, which
 * needs no rights that a mount would. Where a run stands when its journal, the engine's history or a table of the
 * engine can not grow.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "only Linux has /dev/full")
class DiskFullTest {

    private final DyingHost host = new DyingHost("every-effect");

    @AfterEach
    void close() {
        ClockUtil.reset();
        host.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"fastn_journal", "act_hi_actinst"})
    void aRunGoesOnWhenThereIsSpaceAgainAndNoAttemptIsCounted(String table) throws IOException {
        host.deploy(
                "full",
                "export default async function (ctx) { const a = await fastn.connector.shop.put({ x: ctx.input });"
                        + " await fastn.state.set(ctx.input, a.value); return a.value; }",
                Tier.STANDARD);
        MortalRun run = new MortalRun(host, "full", "run");
        run.start();
        Execution standing = run.execution().orElseThrow();
        Job job = run.nextJob(standing);

        Path file = fill(table);
        assertThatThrownBy(() -> host.bean(ManagementService.class).executeJob(job.getId()))
                .hasStackTraceContaining("No space left on device");

        assertThat(run.execution().orElseThrow().status()).isEqualTo(ExecutionStatus.RUNNING);
        Job later = run.nextJob(standing);
        assertThat(later.getRetries()).isEqualTo(job.getRetries());
        assertThat(later.getDuedate()).isAfter(ClockUtil.getCurrentTime());

        free(table, file);
        Execution ended = run.live();
        assertThat(ended.result()).contains("\"run\"");
        assertThat(ended.attempts()).isEqualTo(1);
        assertThat(host.shop().keys().get("put/run")).hasSize(1);
        assertThat(host.left()).isEmpty();
    }

    /** From now on the table, empty so far, can not grow. */
    private Path fill(String table) throws IOException {
        host.engine().sql("TRUNCATE " + table).update();
        Path file = Path.of(
                host.engine().sql("SHOW data_directory").query(String.class).single(),
                host.engine()
                        .sql("SELECT pg_relation_filepath('" + table + "')")
                        .query(String.class)
                        .single());
        Files.delete(file);
        Files.createSymbolicLink(file, Path.of("/dev/full"));
        return file;
    }

    private void free(String table, Path file) throws IOException {
        Files.delete(file);
        Files.createFile(file);
        host.engine().sql("TRUNCATE " + table).update();
    }
}
