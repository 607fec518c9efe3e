package ai.fastn.camunda.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ai.fastn.camunda.host.RunningHost;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.IntStream;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.engine.repository.ProcessDefinitionQuery;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Deploying and deleting while the job executor is busy with runs of the same workflow. */
class ChangesDuringRunsTest {

    private static final int RUNS = 8;

    private RunningHost host;
    private Machine machine;

    @BeforeEach
    void connect() {
        host = RunningHost.shared();
        machine = Machine.of(host);
        host.shop().clear();
    }

    @Test
    void runsEndOnTheVersionTheyWereStartedWith() {
        machine.install("redeployed", "standard", code(5, "v1"));
        List<String> old = start("redeployed");
        await().until(() -> host.shop().calls().contains("put/0-0"));

        machine.install("redeployed", "standard", code(5, "v2"));
        List<String> fresh = start("redeployed");

        old.forEach(run -> assertEnded(machine.awaitEnd(run), 1, "v1"));
        fresh.forEach(run -> assertEnded(machine.awaitEnd(run), 2, "v2"));
        assertNothingIsLeft("redeployed");
    }

    @Test
    void runsOfADeletedDeploymentAreCanceledAndNothingOfThemGoesOn() {
        machine.install("undeployed-busy", "standard", code(200, "v1"));
        List<String> runs = start("undeployed-busy");
        await().until(() -> host.shop().calls().contains("put/0-0"));

        delete(deploymentOf("undeployed-busy"));

        runs.forEach(run -> assertThat(machine.awaitEnd(run).path("status").asText())
                .as(run)
                .isEqualTo("Canceled"));
        assertNothingIsLeft("undeployed-busy");
        int calls = host.shop().calls().size();
        machine.post("/workflows/undeployed-busy/deploy", "").requireStatus(200);
        assertThat(host.shop().calls()).as("of runs that are over").hasSize(calls);
    }

    /** Rounds of a write and a call of a fifth of a second. */
    private static String code(int rounds, String result) {
        return "export default async function (ctx) { for (let i = 0; i < " + rounds + "; i++) {"
                + " await fastn.connector.shop.put({ x: `${ctx.input}-${i}` });"
                + " await fastn.connector.shop.slow({ x: 200 }); } return '" + result + "'; }";
    }

    private List<String> start(String slug) {
        return IntStream.range(0, RUNS)
                .mapToObj(run -> machine.execute(slug, Integer.toString(run))
                        .requireStatus(202)
                        .text("/data/executionId"))
                .toList();
    }

    private static void assertEnded(JsonNode execution, int version, String result) {
        assertThat(execution.path("status").asText()).as("%s", execution).isEqualTo("Completed");
        assertThat(execution.path("version").asInt()).isEqualTo(version);
        assertThat(execution.path("result").asText()).isEqualTo(result);
    }

    private String deploymentOf(String slug) {
        ProcessDefinitionQuery query = host.bean(RepositoryService.class)
                .createProcessDefinitionQuery()
                .processDefinitionKey(slug);
        ProcessDefinition definition = query.latestVersion().singleResult();
        return definition.getDeploymentId();
    }

    /** As an operator does: once more where a run has moved meanwhile. */
    private void delete(String deployment) {
        await().ignoreExceptionsInstanceOf(OptimisticLockingException.class).until(() -> {
            host.bean(RepositoryService.class).deleteDeployment(deployment, true);
            return true;
        });
    }

    private void assertNothingIsLeft(String slug) {
        assertThat(host.bean(RuntimeService.class)
                        .createProcessInstanceQuery()
                        .processDefinitionKey(slug)
                        .count())
                .isZero();
        for (String table : List.of("fastn_checkpoint", "fastn_journal")) {
            assertThat(host.rows(table + " WHERE execution_id IN (SELECT id FROM fastn_execution WHERE slug = '" + slug
                            + "')"))
                    .as(table)
                    .isZero();
        }
        assertThat(host.rows("act_ru_job WHERE process_def_key_ = '" + slug + "'"))
                .isZero();
    }
}
