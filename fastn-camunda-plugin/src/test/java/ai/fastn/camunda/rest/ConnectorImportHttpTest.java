package ai.fastn.camunda.rest;

import static org.assertj.core.api.Assertions.assertThat;

import ai.fastn.camunda.host.RunningHost;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An OpenAPI document is previewed and becomes a connector of the tenant that workflows can call. */
class ConnectorImportHttpTest {

    private static final String PREVIEW = "/connectors/import/openapi/preview";
    private static final String IMPORT = "/connectors/import/openapi";
    private static final Path FIXTURES = Path.of("src/test/resources/openapi");

    private RunningHost host;
    private Machine machine;

    @BeforeEach
    void connect() {
        host = RunningHost.shared();
        machine = Machine.of(host);
    }

    @Test
    void aDocumentIsPreviewedAsTextAsMemberAndAsTheBodyItself() throws IOException {
        JsonNode crm = new ObjectMapper().readTree(Files.readString(FIXTURES.resolve("crm/document.json")));

        JsonNode whole =
                machine.post(PREVIEW, crm.toString()).requireStatus(200).json();
        JsonNode member =
                machine.post(PREVIEW, body(crm).toString()).requireStatus(200).json();
        JsonNode text = machine.post(PREVIEW, body("crm/document.json").toString())
                .requireStatus(200)
                .json();

        assertThat(whole).isEqualTo(member).isEqualTo(text);
        assertThat(whole.path("slug").asText()).isEqualTo("crm-objects");
        assertThat(whole.path("operations")).hasSize(84);
        assertThat(whole.at("/operations/0")).isEqualTo(new ObjectMapper().readTree("""
                        {"action": "getCrmV3ObjectsContactsGetPage", "method": "GET", "path": "/crm/v3/objects/contacts",
                         "title": "List", "description": "", "kind": "READ", "deprecated": false, "chosen": true,
                         "problem": null}
                        """));
    }

    @Test
    void theImportIsStoredAsTheTenantsConnectorAndItsVersionCounts() throws IOException {
        ObjectNode request = body("shop/document.yaml").put("slug", "corner-shop");
        request.putArray("operations").add("productsCreate").add("productsSeveral");
        request.putObject("kinds").put("productsCreate", "READ");
        request.put("title", "Our corner shop").put("baseUrl", "https://shop.example/admin");

        Reply first = machine.post(IMPORT, request.toString()).requireStatus(201);
        Reply same = machine.post(IMPORT, request.toString()).requireStatus(200);
        request.withArray("/operations").add("notesWrite");
        Reply more = machine.post(IMPORT, request.toString()).requireStatus(201);

        assertThat(first.text("/version")).isEqualTo("1");
        assertThat(first.text("/origin")).isEqualTo("custom");
        assertThat(first.text("/title")).isEqualTo("Our corner shop");
        assertThat(first.text("/definition/baseUrl")).isEqualTo("https://shop.example/admin");
        assertThat(first.text("/definition/actions/productsCreate/kind")).isEqualTo("READ");
        assertThat(first.json().at("/warnings/0/message").asText())
                .isEqualTo("has a pattern that can not be checked and is left out");
        assertThat(same.text("/version")).isEqualTo("1");
        assertThat(same.text("/unchanged")).isEqualTo("true");
        assertThat(more.text("/version")).isEqualTo("2");
        assertThat(machine.get("/connectors/corner-shop")
                        .requireStatus(200)
                        .text("/definition/actions/notesWrite/path"))
                .isEqualTo("/notes/{id}");
        acme().get("/connectors/corner-shop").requireStatus(404);
    }

    @Test
    void aWorkflowCallsAnImportedActionAndItsInputIsChecked() {
        ObjectNode request = JsonNodeFactory.instance.objectNode().put("document", """
                openapi: 3.0.3
                info: {title: Ledger, version: "1"}
                paths:
                  /write/{entry}:
                    post:
                      operationId: ledger.write
                      parameters: [{name: entry, in: path, required: true, schema: {type: string}}]
                      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Entry'}}}}
                      responses: {'200': {description: ok}}
                components:
                  schemas:
                    Entry: {type: object, properties: {parts: {type: array, items: {$ref: '#/components/schemas/Part'}}}}
                    Part: {type: object, properties: {amount: {type: number}, parts: {type: array, items: {$ref: '#/components/schemas/Part'}}}}
                """);
        request.put("slug", "ledger")
                .put(
                        "baseUrl",
                        machine.get("/connectors/shop").requireStatus(200).text("/baseUrl"));
        machine.post(IMPORT, request.toString()).requireStatus(201);
        machine.install("writes-the-ledger", "standard", """
                export default async function (ctx) {
                  try {
                    const written = await fastn.connector.ledger.ledgerWrite(ctx.input);
                    return written.value;
                  } catch (error) {
                    return error.message;
                  }
                }
                """);

        assertThat(resultOf("{\"entry\": \"e1\", \"parts\": [{\"amount\": 1, \"parts\": [{\"amount\": \"2\"}]}]}"))
                .startsWith("ledger.ledgerWrite: the input does not fit: ")
                .contains("/parts/0/parts/0/amount");
        assertThat(resultOf("{\"entry\": \"e2\", \"parts\": [{\"amount\": 1}]}"))
                .isEqualTo("e2");
    }

    @Test
    void whatCanNotBeImportedIsSaidWithItsCode() throws IOException {
        assertThat(machine.post(PREVIEW, "{}").requireProblem(422, "FASTN-03051"))
                .isEqualTo("OpenAPI document: has no member \"openapi\", which would say its version");
        assertThat(machine.post(PREVIEW, "{\"document\": 5}").requireProblem(400, "FASTN-06003"))
                .isEqualTo("member \"document\" is neither an object nor a text");
        assertThat(machine.post(PREVIEW, "{\"document\": \"a: [\"}").requireProblem(422, "FASTN-03050"))
                .startsWith("OpenAPI document: line 1, column ");
        assertThat(machine.post(IMPORT, "{\"slug\": \"x\"}").requireProblem(400, "FASTN-06003"))
                .isEqualTo("body lacks member \"document\"");
        ObjectNode request = body("shop/document.yaml");
        assertThat(machine.post(IMPORT, request.toString()).requireProblem(400, "FASTN-06003"))
                .isEqualTo("body lacks member \"slug\"");
        request.put("slug", "x").putArray("operations").add("matrixGet");
        assertThat(machine.post(IMPORT, request.toString()).requireProblem(422, "FASTN-03053"))
                .isEqualTo(
                        "OpenAPI import: operation \"matrixGet\" can not be imported: paths./matrix/{id}.get.parameters[0]"
                                + " has style matrix, which paths of actions do not have");
        request.putObject("kinds").put("matrixGet", "LOOK");
        assertThat(machine.post(IMPORT, request.toString()).requireProblem(400, "FASTN-06003"))
                .isEqualTo("member \"kinds.matrixGet\" is \"LOOK\": READ or WRITE is expected");
        machine.without("x-fastn-access-key").post(PREVIEW, "{}").requireProblem(401, "FASTN-05001");
    }

    private String resultOf(String input) {
        String id =
                machine.execute("writes-the-ledger", input).requireStatus(202).text("/data/executionId");
        return machine.awaitEnd(id).at("/result").asText();
    }

    private Machine acme() {
        return machine.with("x-fastn-access-key", host.acmeKey()).with("x-fastn-account-tenant-id", "acme");
    }

    private static ObjectNode body(JsonNode document) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.set("document", document);
        return body;
    }

    private static ObjectNode body(String fixture) throws IOException {
        return JsonNodeFactory.instance.objectNode().put("document", Files.readString(FIXTURES.resolve(fixture)));
    }
}
