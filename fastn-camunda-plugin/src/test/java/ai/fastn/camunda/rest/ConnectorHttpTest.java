package ai.fastn.camunda.rest;

import static org.assertj.core.api.Assertions.assertThat;

import ai.fastn.camunda.host.RunningHost;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rows D1, D4 and D7 over HTTP: the list, a tenant's own definitions, their versions, and a try of an action. */
class ConnectorHttpTest {

    private final RunningHost host = RunningHost.shared();
    private final Machine machine = Machine.of(host);

    /** A definition whose only action answers with the last part of its path. */
    private ObjectNode warehouse(String item) {
        ObjectNode definition = JsonNodeFactory.instance.objectNode();
        definition
                .put("slug", "my-warehouse")
                .put("title", "My Warehouse")
                .put("baseUrl", "http://localhost:" + host.shop().port());
        ObjectNode action = definition.putObject("actions").putObject("getItem");
        action.put("method", "GET").put("path", "/read/" + item).put("description", "Reads it.");
        action.putArray("query").add("color");
        ObjectNode schema = action.putObject("schema");
        schema.putObject("input")
                .put("type", "object")
                .put("additionalProperties", false)
                .putObject("properties")
                .putObject("color")
                .put("type", "string")
                .put("description", "of the item");
        schema.putObject("output")
                .put("type", "object")
                .putObject("properties")
                .putObject("value")
                .put("type", "string")
                .put("example", "blue");
        return definition;
    }

    private void put(ObjectNode definition) {
        machine.put("/connectors/my-warehouse", definition.toString()).requireStatus(201);
    }

    @AfterEach
    void delete() {
        machine.delete("/connectors/my-warehouse");
    }

    private static String workflow(String call) {
        return "export default async function (ctx) { return await fastn.connector.myWarehouse." + call + "; }";
    }

    private String valueOf(String workflow) {
        return machine.execute(workflow, "{}").requireStatus(200).text("/data/value");
    }

    private void publishAndDeploy(String workflow) {
        machine.post("/workflows/" + workflow + "/publish", "");
        machine.post("/workflows/" + workflow + "/deploy", "").requireStatus(200);
    }

    @Test
    void theListSaysWhatATenantCanCallAndTheWholeWhatAnActionTakes() {
        put(warehouse("one"));

        JsonNode rows = machine.get("/connectors?query=WAREHOUSE")
                .requireStatus(200)
                .json()
                .path("connectors");
        assertThat(rows).hasSize(1);
        assertThat(rows.path(0).path("accessor").asText()).isEqualTo("myWarehouse");
        assertThat(rows.path(0).path("origin").asText()).isEqualTo("custom");
        assertThat(rows.path(0).path("version").asInt())
                .isEqualTo(machine.get("/connectors/my-warehouse/versions")
                        .json()
                        .at("/versions/0/version")
                        .asInt());
        assertThat(rows.path(0).path("auth").asText()).isEqualTo("none");
        assertThat(machine.get("/connectors").text("/connectors/0/slug")).isNotEmpty();
        assertThat(machine.get("/connectors?query=shop")
                        .json()
                        .at("/connectors/0/origin")
                        .asText())
                .isEqualTo("managed");

        JsonNode action = machine.get("/connectors/my-warehouse")
                .requireStatus(200)
                .json()
                .at("/actions/0");
        assertThat(action.path("kind").asText()).isEqualTo("READ");
        assertThat(action.path("description").asText()).isEqualTo("Reads it.");
        assertThat(action.path("parameters"))
                .hasToString(
                        "[{\"name\":\"color\",\"type\":\"string\",\"required\":false,\"description\":\"of the item\"}]");
        assertThat(action.path("othersAllowed").asBoolean()).isFalse();
        machine.get("/connectors/nothing").requireStatus(404);
        assertThat(machine.with("x-fastn-access-key", host.acmeKey())
                        .with("x-fastn-account-tenant-id", "acme")
                        .get("/connectors?query=warehouse")
                        .json()
                        .path("connectors"))
                .as("another tenant's")
                .isEmpty();
    }

    @Test
    void aMistakeInADefinitionIsNamedWithItsPlace() {
        ObjectNode wrong = warehouse("one");
        wrong.withObject("/actions/getItem").put("method", "FETCH");

        Reply reply = machine.put("/connectors/my-warehouse", wrong.toString()).requireStatus(422);

        assertThat(reply.text("/code")).isEqualTo("FASTN-03005");
        assertThat(reply.text("/detail"))
                .isEqualTo("connector definition my-warehouse: actions.getItem.method is \"FETCH\"; allowed are DELETE,"
                        + " GET, HEAD, PATCH, POST, PUT");
        machine.get("/connectors/my-warehouse").requireStatus(404);
        machine.delete("/connectors/shop").requireStatus(409);
    }

    @Test
    void aNewVersionChangesNoDeployedWorkflow() {
        put(warehouse("one"));
        int first =
                machine.get("/connectors/my-warehouse").json().path("version").asInt();
        machine.install("unpinned", "instant", workflow("getItem({})"));
        ObjectNode pinned = Machine.draft(workflow("getItem({})"), "pinned", "instant");
        pinned.withObject("/configuration/connectors/my-warehouse").put("version", first);
        machine.install("pinned", pinned);

        put(warehouse("two"));

        assertThat(valueOf("unpinned")).isEqualTo("one");
        assertThat(valueOf("pinned")).isEqualTo("one");
        publishAndDeploy("unpinned");
        publishAndDeploy("pinned");
        assertThat(valueOf("unpinned")).as("published again").isEqualTo("two");
        assertThat(valueOf("pinned")).as("published again").isEqualTo("one");
        assertThat(machine.get("/workflows/pinned")
                        .json()
                        .at("/configuration/connectors/my-warehouse/version")
                        .asInt())
                .isEqualTo(first);
        assertThat(machine.get("/workflows/pinned/bpmn").body())
                .contains("name=\"fastn.connector.my-warehouse\" value=\"" + first + "\"");
        Reply docs = machine.get("/workflows/pinned/docs").requireStatus(200);
        assertThat(docs.text("/connectorVersions/0/slug")).isEqualTo("my-warehouse");
        assertThat(docs.text("/connectorVersions/0/version")).isEqualTo(Integer.toString(first));
    }

    @Test
    void aDeployedWorkflowOutlivesTheDefinitionItWasPublishedWith() {
        put(warehouse("one"));
        machine.install("outliving", "instant", workflow("getItem({})"));

        machine.delete("/connectors/my-warehouse").requireStatus(204);

        assertThat(valueOf("outliving")).isEqualTo("one");
        assertThat(machine.post("/workflows/outliving/publish", "")
                        .requireStatus(422)
                        .text("/diagnostics/0/code"))
                .isEqualTo("FASTN-01020");
    }

    @Test
    void aPinThatTheCodeNoLongerUsesIsStaleAndPublishingWarnsOfIt() {
        put(warehouse("one"));
        int version =
                machine.get("/connectors/my-warehouse").json().path("version").asInt();
        ObjectNode draft = Machine.draft(workflow("getItem({})"), "touches-less", "instant");
        draft.withObject("/configuration/connectors/my-warehouse").put("version", version);
        machine.install("touches-less", draft);
        assertThat(machine.get("/workflows/touches-less/manifest").json().path("stale"))
                .isEmpty();

        draft.put("code", "export default async () => await fastn.state.get('cursor')");
        machine.save("touches-less", draft).requireStatus(200);
        Reply published = machine.post("/workflows/touches-less/publish", "").requireStatus(201);

        assertThat(published.text("/warnings/0/message")).contains("my-warehouse");
        JsonNode manifest = machine.get("/workflows/touches-less/manifest?version=2")
                .requireStatus(200)
                .json();
        assertThat(manifest.at("/version").asText()).isEqualTo("2");
        assertThat(manifest.at("/stateKeys/0/name").asText()).isEqualTo("cursor");
        assertThat(manifest.at("/stateKeys/0/kinds").toString()).isEqualTo("[\"READ\"]");
        assertThat(manifest.at("/connectors")).isEmpty();
        assertThat(manifest.path("stale").findValuesAsText("what")).containsExactly("connector", "action", "pin");
        assertThat(manifest.path("stale").findValuesAsText("name"))
                .containsExactly("myWarehouse", "myWarehouse.getItem", "my-warehouse");
        assertThat(manifest.path("stale").findValuesAsText("lastUsedIn")).containsOnly("1");
        assertThat(manifest.path("stale").findValuesAsText("deployed")).containsOnly("true");
        assertThat(machine.get("/workflows/touches-less/manifest?version=draft")
                        .json()
                        .path("stale"))
                .isEqualTo(manifest.path("stale"));
        machine.get("/workflows/touches-less/manifest?version=3").requireProblem(404, "FASTN-04010");
    }

    @Test
    void aVersionThatDoesNotExistCanNotBePinned() {
        put(warehouse("one"));
        ObjectNode draft = Machine.draft(workflow("getItem({})"), "pinned-wrong", "instant");
        draft.withObject("/configuration/connectors/my-warehouse").put("version", 4711);

        Reply reply = machine.save("pinned-wrong", draft).requireStatus(404);

        assertThat(reply.text("/detail")).startsWith("connector \"my-warehouse\" has no version 4711");
        machine.get("/workflows/pinned-wrong").requireStatus(404);
    }

    @Test
    void anInputThatDoesNotFitItsSchemaIsRefusedBeforeTheCall() {
        put(warehouse("one"));
        machine.install("misfit", "instant", """
                export default async function (ctx) {
                  try {
                    return await fastn.connector.myWarehouse.getItem({ color: ctx.input });
                  } catch (error) {
                    return { code: error.code, message: error.message };
                  }
                }
                """);

        Reply reply = machine.execute("misfit", "{\"secret\": \"abcdef\"}").requireStatus(200);

        assertThat(reply.text("/data/code")).isEqualTo("FASTN-03004");
        assertThat(reply.text("/data/message"))
                .isEqualTo("myWarehouse.getItem: the input does not fit: /color: object found, string expected");
        assertThat(machine.save("misnamed", Machine.draft(workflow("getItem({ colour: 1 })"), "misnamed", "instant"))
                        .text("/diagnostics/0/instead"))
                .isEqualTo("did you mean \"color\"?");
    }

    @Test
    void theDeclarationsNameTheTenantsConnectorsAndAreSentOncePerChange() {
        put(warehouse("one"));

        Reply types = machine.get("/connectors/types.d.ts").requireStatus(200);

        assertThat(types.body()).contains("readonly myWarehouse: FastnConnector_myWarehouse.Actions;");
        assertThat(types.header("content-type")).isEqualTo("text/plain;charset=UTF-8");
        machine.with("if-none-match", types.header("etag"))
                .get("/connectors/types.d.ts")
                .requireStatus(304);
        machine.get("/connectors/types.d.ts?workflow=nothing").requireStatus(404);
    }

    @Test
    void anActionIsTriedByImitationAndOnlyWhenConfirmedForReal() {
        put(warehouse("one"));
        String test = "/connectors/my-warehouse/actions/getItem/test";
        int callsBefore = host.shop().calls().size();

        assertThat(machine.post(test, "{}").requireStatus(200).text("/result/output/value"))
                .isEqualTo("blue");
        machine.post(test, "{\"mode\": \"LIVE\"}").requireStatus(400);
        assertThat(host.shop().calls()).hasSize(callsBefore);

        Reply live = machine.post(test, "{\"mode\": \"LIVE\", \"confirm\": true, \"input\": {}}")
                .requireStatus(200);
        assertThat(live.text("/result/output/value")).isEqualTo("one");
        assertThat(live.json().at("/result/status").asInt()).isEqualTo(200);
        Reply refused = machine.post(test, "{\"mode\": \"LIVE\", \"confirm\": true, \"input\": {\"colour\": 1}}")
                .requireStatus(200);
        assertThat(refused.json().path("success").asBoolean()).isFalse();
        assertThat(refused.text("/error/code")).isEqualTo("FASTN-03004");
        machine.post("/connectors/my-warehouse/actions/nothing/test", "{}").requireStatus(404);
    }
}
