package ai.fastn.camunda.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.fastn.camunda.host.RunningHost;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.SuspendedEntityInteractionException;
import org.camunda.bpm.engine.variable.Variables;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Create, Save, Publish, Deploy, roll back and disable, over HTTP. */
class LifecycleHttpTest {

    private RunningHost host;
    private Machine machine;

    @BeforeEach
    void connect() {
        host = RunningHost.shared();
        machine = Machine.of(host);
    }

    @Test
    void aWorkflowGoesFromDraftToARunOfItsDeployedVersion() {
        JsonNode saved = machine.save(
                        "first-steps",
                        Machine.draft(
                                "export default async function (ctx) {\n  return 'eins';\n}\n",
                                "Erste Schritte é",
                                "instant"))
                .requireStatus(200)
                .json();
        assertThat(saved.path("slug").asText()).isEqualTo("first-steps");
        assertThat(saved.path("name").asText()).isEqualTo("Erste Schritte é");
        assertThat(saved.path("status").asText()).isEqualTo("inactive");
        assertThat(saved.path("version").isNull()).isTrue();
        assertThat(saved.path("deployedVersion").isNull()).isTrue();
        assertThat(saved.path("revision").asInt()).isEqualTo(1);
        assertThat(saved.path("editedBy").asText()).isEqualTo("manually");
        assertThat(saved.path("updatedBy").asText()).isEqualTo("test key");
        assertThat(saved.path("bytes").asInt()).isEqualTo(57);
        assertThat(saved.path("diagnostics")).isEmpty();
        assertThat(saved.at("/configuration/timeoutMs").asInt()).isEqualTo(60_000);
        assertThat(saved.at("/configuration/retry/maxAttempts").asInt()).isEqualTo(1);

        machine.execute("first-steps", "null").requireProblem(409, "FASTN-04003");
        machine.post("/workflows/first-steps/deploy", "").requireProblem(409, "FASTN-04003");
        assertThat(machine.post("/workflows/first-steps/publish", "")
                        .requireStatus(201)
                        .json()
                        .path("version")
                        .asInt())
                .isEqualTo(1);
        machine.execute("first-steps", "null").requireProblem(409, "FASTN-04004");
        machine.post("/workflows/first-steps/deploy", "{}").requireStatus(200);

        Reply run = machine.execute("first-steps", "null").requireStatus(200);
        assertThat(run.body()).isEqualTo("{\"data\":\"eins\"}");
        JsonNode listed = row("first-steps");
        assertThat(listed.path("status").asText()).isEqualTo("active");
        assertThat(listed.path("version").asInt()).isEqualTo(1);
        assertThat(listed.path("deployedVersion").asInt()).isEqualTo(1);
        assertThat(listed.at("/lastExecutions/0/id").asText()).isEqualTo(run.header("x-fastn-execution-id"));
        assertThat(listed.at("/lastExecutions/0/status").asText()).isEqualTo("Completed");
    }

    @Test
    void versionsAreImmutableAndDeployingAnOldOneRollsBack() {
        machine.install("two-versions", "instant", "export default async () => 'one'");
        String first = machine.get("/workflows/two-versions/versions/1")
                .requireStatus(200)
                .body();
        String firstBpmn = machine.get("/workflows/two-versions/bpmn?version=1").body();

        machine.save("two-versions", Machine.draft("export default async () => 'two'", "Renamed", "instant"));
        assertThat(machine.execute("two-versions", "null").text("/data")).isEqualTo("one");
        machine.post("/workflows/two-versions/publish", "").requireStatus(201);
        assertThat(machine.execute("two-versions", "null").text("/data")).isEqualTo("one");
        machine.post("/workflows/two-versions/deploy", "{\"version\": 2}").requireStatus(200);
        Reply second = machine.execute("two-versions", "null");
        assertThat(second.text("/data")).isEqualTo("two");
        Reply rolledBack = machine.post("/workflows/two-versions/deploy", "{\"version\": 1}")
                .requireStatus(200);
        assertThat(rolledBack.json().path("version").asInt()).isEqualTo(1);
        assertThat(rolledBack.text("/environment")).isEqualTo("production");
        assertThat(machine.execute("two-versions", "null").text("/data")).isEqualTo("one");

        assertThat(machine.get("/workflows/two-versions/versions/1").body()).isEqualTo(first);
        assertThat(machine.get("/workflows/two-versions/bpmn").body()).isEqualTo(firstBpmn);
        JsonNode versions =
                machine.get("/workflows/two-versions/versions").json().path("versions");
        assertThat(versions.findValuesAsText("version")).containsExactly("2", "1");
        assertThat(versions.findValuesAsText("deployed")).containsExactly("false", "true");
        assertThat(machine.get("/executions/" + second.header("x-fastn-execution-id"))
                        .json()
                        .path("version")
                        .asInt())
                .isEqualTo(2);
        machine.post("/workflows/two-versions/deploy", "{\"version\": 3}").requireProblem(404, "FASTN-04010");
        machine.get("/workflows/two-versions/versions/3").requireProblem(404, "FASTN-04010");
        machine.put("/workflows/two-versions/versions/1", "{}").requireProblem(404, "FASTN-06006");
    }

    @Test
    void aVersionIsReadWithItsCodeAndConfiguration() {
        machine.install("read-back", "long", "export default async () => 1");
        JsonNode version = machine.get("/workflows/read-back/versions/1")
                .requireStatus(200)
                .json();

        assertThat(version.path("code").asText()).isEqualTo("export default async () => 1");
        assertThat(version.path("fileName").asText()).isEqualTo("read-back.js");
        assertThat(version.path("bytes").asInt()).isEqualTo(28);
        assertThat(version.path("deployed").asBoolean()).isTrue();
        assertThat(version.path("publishedBy").asText()).isEqualTo("test key");
        assertThat(version.at("/configuration/tier").asText()).isEqualTo("long");
        assertThat(version.at("/configuration/timeoutMs").asInt()).isEqualTo(900_000);
    }

    @Test
    void limitsArePublishedAndAChangedLimitIsAnotherVersion() {
        ObjectNode draft = Machine.draft("export default async () => 1", "limited", "standard");
        draft.withObject("/configuration/concurrency")
                .put("runs", 2)
                .put("key", "input.customer.id")
                .put("runsPerKey", 1);
        machine.install("limited", draft);
        assertThat(machine.get("/workflows/limited").json().at("/configuration/concurrency"))
                .isEqualTo(draft.at("/configuration/concurrency"));
        assertThat(machine.get("/workflows/limited/bpmn").body())
                .contains("<camunda:property name=\"fastn.concurrency.runs\" value=\"2\"/>")
                .contains("<camunda:property name=\"fastn.concurrency.key\" value=\"input.customer.id\"/>")
                .contains("<camunda:property name=\"fastn.concurrency.runs-per-key\" value=\"1\"/>");

        draft.withObject("/configuration/concurrency").put("runs", 3);
        machine.save("limited", draft).requireStatus(200);
        machine.post("/workflows/limited/publish", "").requireStatus(201);

        assertThat(machine.get("/workflows/limited/versions/1")
                        .json()
                        .at("/configuration/concurrency/runs")
                        .asInt())
                .isEqualTo(2);
        assertThat(machine.get("/workflows/limited/versions/2")
                        .json()
                        .at("/configuration/concurrency/runs")
                        .asInt())
                .isEqualTo(3);
        draft.withObject("/configuration").putNull("concurrency");
        machine.save("limited", draft).requireStatus(200);
        assertThat(machine.get("/workflows/limited")
                        .json()
                        .at("/configuration/concurrency")
                        .isNull())
                .isTrue();
    }

    @Test
    void publishingAnUnchangedDraftMakesNoNewVersion() {
        machine.install("unchanged", "instant", "export default async () => 1");

        JsonNode again = machine.post("/workflows/unchanged/publish", "")
                .requireStatus(200)
                .json();

        assertThat(again.path("unchanged").asBoolean()).isTrue();
        assertThat(again.path("version").asInt()).isEqualTo(1);
        assertThat(machine.get("/workflows/unchanged/versions").json().path("versions"))
                .hasSize(1);
    }

    @Test
    void aDraftWithAMistakeIsKeptWithItsDiagnosticsAndNotPublished() {
        String code = "export default async function (ctx) {\n  return fastn.connector.shop.raed({x: 1});\n}\n";
        JsonNode saved = machine.save("mistake", Machine.draft(code, "Mistake", "instant"))
                .requireStatus(200)
                .json();
        long versions = host.rows("fastn_workflow_version");
        long deployments = host.rows("act_re_deployment");

        Reply refused = machine.post("/workflows/mistake/publish", "");

        assertThat(refused.requireProblem(422, "FASTN-04002"))
                .contains("mistake")
                .contains("shop.raed");
        JsonNode diagnostic = refused.json().at("/diagnostics/0");
        assertThat(diagnostic).isEqualTo(saved.at("/diagnostics/0"));
        assertThat(diagnostic.path("code").asText()).isEqualTo("FASTN-01021");
        assertThat(diagnostic.path("instead").asText()).contains("read");
        assertThat(diagnostic.path("line").asInt()).isEqualTo(2);
        assertThat(diagnostic.path("column").asInt()).isGreaterThan(2);
        assertThat(diagnostic.path("endColumn").asInt())
                .isGreaterThan(diagnostic.path("column").asInt());
        assertThat(diagnostic.path("excerpt").asText()).isEqualTo("  return fastn.connector.shop.raed({x: 1});");
        assertThat(host.rows("fastn_workflow_version")).isEqualTo(versions);
        assertThat(host.rows("act_re_deployment")).isEqualTo(deployments);
        assertThat(machine.get("/workflows/mistake").text("/code")).isEqualTo(code);
    }

    @Test
    void unreadableCodeAndAnUnknownConnectorAreToldWithTheirPlace() {
        JsonNode unreadable = machine.save(
                        "unreadable",
                        Machine.draft("export default async function (ctx) {\n  const = 1;\n}", "U", "instant"))
                .json();
        assertThat(unreadable.at("/diagnostics/0/code").asText()).isEqualTo("FASTN-01001");
        assertThat(unreadable.at("/diagnostics/0/line").asInt()).isEqualTo(2);
        assertThat(machine.post("/workflows/unreadable/publish", "")
                        .json()
                        .at("/diagnostics/0/line")
                        .asInt())
                .isEqualTo(2);

        JsonNode unknown = machine.save(
                        "unknown-connector",
                        Machine.draft("export default async () => fastn.connector.shp.read({x: 1})", "U", "instant"))
                .json();
        assertThat(unknown.at("/diagnostics/0/code").asText()).isEqualTo("FASTN-01020");
        assertThat(unknown.at("/diagnostics/0/instead").asText()).contains("shop");
    }

    @Test
    void theSecondOfTwoSavesFromOneRevisionIsRefused() {
        machine.save("two-authors", Machine.draft("export default async () => 1", "A", "instant"));
        ObjectNode mine =
                Machine.draft("export default async () => 2", "A", "instant").put("revision", 1);
        ObjectNode theirs =
                Machine.draft("export default async () => 3", "A", "instant").put("revision", 1);

        assertThat(machine.save("two-authors", mine)
                        .requireStatus(200)
                        .json()
                        .path("revision")
                        .asInt())
                .isEqualTo(2);
        assertThat(machine.save("two-authors", theirs).requireProblem(409, "FASTN-04008"))
                .contains("revision 2");

        assertThat(machine.get("/workflows/two-authors").text("/code")).isEqualTo("export default async () => 2");
    }

    @Test
    void aDisabledWorkflowStartsNothingAndItsRunningExecutionsGoOn() {
        ObjectNode draft = Machine.draft("""
                    export default async function (ctx) {
                      await fastn.sleep(600);
                      const a = await fastn.connector.shop.read({x: 1});
                      await fastn.sleep(600);
                      return a.value;
                    }
                    """, "Switched off", "standard");
        machine.install("switched-off", draft);
        machine.post("/workflows/switched-off/deploy", "").requireStatus(200);
        String running =
                machine.execute("switched-off", "null").requireStatus(202).text("/data/executionId");
        String oldDefinition = host.bean(RepositoryService.class)
                .createProcessDefinitionQuery()
                .processDefinitionKey("switched-off")
                .processDefinitionVersion(1)
                .singleResult()
                .getId();

        switchTo("switched-off", draft, false);

        long rows = host.rows("fastn_execution");
        assertThat(machine.execute("switched-off", "null").requireProblem(409, "FASTN-04005"))
                .contains("disabled");
        RuntimeService runtime = host.bean(RuntimeService.class);
        assertThatThrownBy(() -> runtime.startProcessInstanceByKey("switched-off"))
                .isInstanceOf(SuspendedEntityInteractionException.class);
        assertThatThrownBy(() -> runtime.startProcessInstanceById(oldDefinition))
                .isInstanceOf(SuspendedEntityInteractionException.class);
        assertThat(host.rows("fastn_execution")).isEqualTo(rows);
        assertThat(row("switched-off").path("status").asText()).isEqualTo("inactive");
        assertThat(machine.awaitEnd(running).path("status").asText()).isEqualTo("Completed");

        switchTo("switched-off", draft, true);
        machine.execute("switched-off", "null").requireStatus(202);
    }

    @Test
    void aWorkflowThatIsDeployedWhileDisabledStartsNothing() {
        ObjectNode draft = Machine.draft("export default async () => 1", "Off", "instant");
        draft.withObject("/configuration").put("enabled", false);
        machine.install("off-from-the-start", draft);

        machine.execute("off-from-the-start", "null").requireProblem(409, "FASTN-04005");
        assertThatThrownBy(() -> host.bean(RuntimeService.class).startProcessInstanceByKey("off-from-the-start"))
                .isInstanceOf(SuspendedEntityInteractionException.class);
    }

    @Test
    void aDeploymentThatWasRemovedFromTheEngineIsNamed() {
        machine.install("removed", "instant", "export default async () => 1");
        RepositoryService repository = host.bean(RepositoryService.class);
        String deployment = repository
                .createProcessDefinitionQuery()
                .processDefinitionKey("removed")
                .singleResult()
                .getDeploymentId();
        repository.deleteDeployment(deployment, true);

        assertThat(machine.execute("removed", "null").requireProblem(409, "FASTN-04004"))
                .contains("deploy it again");
        switchTo("removed", Machine.draft("export default async () => 1", "removed", "instant"), false);
        switchTo("removed", Machine.draft("export default async () => 1", "removed", "instant"), true);
        machine.post("/workflows/removed/deploy", "").requireStatus(200);
        machine.execute("removed", "null").requireStatus(200);
    }

    @Test
    void aNativeStartRunsTheDeployedVersionAndIsListedAsEngine() {
        machine.install("native", "instant", "export default async (ctx) => [ctx.input.n, ctx.headers.a]");

        Object result = host.bean(RuntimeService.class)
                .createProcessInstanceByKey("native")
                .setVariable("input", Variables.stringValue("{\"n\": 12345678901234567890}"))
                .setVariable("headers", Variables.stringValue("{\"a\": \"b\"}"))
                .executeWithVariablesInReturn()
                .getVariables()
                .get("fastn_result");

        assertThat(result).isEqualTo("[12345678901234567000,\"b\"]");
        JsonNode listed = machine.get("/executions?workflow=native").json().at("/executions/0");
        assertThat(listed.path("triggeredBy").asText()).isEqualTo("engine");
        assertThat(listed.path("workflowName").asText()).isEqualTo("native");
    }

    @Test
    void theFlowHasTheNodesOfTheBpmn() {
        machine.install(
                "drawn",
                "instant",
                "export default async (ctx) => {\n  await fastn.connector.shop.write({x: 1});\n  return 1;\n}");

        Reply bpmn = machine.get("/workflows/drawn/bpmn").requireStatus(200);
        JsonNode flow = machine.get("/workflows/drawn/flow").requireStatus(200).json();

        assertThat(bpmn.header("content-type")).startsWith("application/xml");
        assertThat(flow.path("nodes").findValuesAsText("kind")).contains("TRIGGER", "WRITE", "DONE");
        flow.path("nodes")
                .forEach(node -> assertThat(bpmn.body())
                        .contains("id=\"" + node.path("id").asText() + "\""));
    }

    private void switchTo(String slug, ObjectNode draft, boolean enabled) {
        ObjectNode changed = draft.deepCopy();
        changed.withObject("/configuration").put("enabled", enabled);
        machine.save(slug, changed).requireStatus(200);
    }

    private JsonNode row(String slug) {
        for (JsonNode row : machine.get("/workflows").json().path("workflows")) {
            if (row.path("slug").asText().equals(slug)) {
                return row;
            }
        }
        throw new AssertionError(slug + " is not listed");
    }
}
