package ai.fastn.examples.host.first;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

/** Calls the plugin's REST API as any other machine would: over HTTP, with the three headers. */
public final class WorkflowsClient {

    private static final String WORKFLOW = "/workflows/{slug}";

    private final RestClient http;

    public WorkflowsClient(String hostUrl, DemoTenant tenant, String accessKey) {
        http = RestClient.builder()
                .requestFactory(new JdkClientHttpRequestFactory())
                .baseUrl(hostUrl + "/fastn/api/v1")
                .defaultHeader("x-fastn-access-key", accessKey)
                .defaultHeader("x-fastn-account-id", tenant.accountId())
                .defaultHeader("x-fastn-account-tenant-id", tenant.tenantId())
                .defaultHeader(HttpHeaders.ACCEPT, MediaType.APPLICATION_JSON_VALUE, "application/problem+json")
                .build();
    }

    /** Whether the API takes the access key. */
    boolean knowsAccessKey() {
        return !status("/workflows").equals(HttpStatusCode.valueOf(401));
    }

    boolean has(Example example) {
        return status(WORKFLOW, example.slug()).is2xxSuccessful();
    }

    /** Saves, publishes and deploys: from here on the workflow runs. */
    public void install(Example example) {
        ObjectNode draft = JsonNodeFactory.instance.objectNode();
        draft.put("code", example.code()).put("fileName", example.fileName());
        ObjectNode configuration = example.configuration().deepCopy();
        configuration.remove("slug");
        draft.set("configuration", configuration);
        http.put()
                .uri(WORKFLOW, example.slug())
                .contentType(MediaType.APPLICATION_JSON)
                .body(draft)
                .retrieve()
                .toBodilessEntity();
        post(WORKFLOW + "/publish", example.slug(), JsonNodeFactory.instance.objectNode());
        post(WORKFLOW + "/deploy", example.slug(), JsonNodeFactory.instance.objectNode());
    }

    /** Whether the tenant has a connection of this connector. */
    boolean hasConnection(String connector) {
        JsonNode all = http.get().uri("/connections").retrieve().body(JsonNode.class);
        return all != null
                && all.path("connections").findValuesAsText("connector").contains(connector);
    }

    /** Makes the default connection of a managed connector. */
    void connect(String connector, Map<String, String> fields) {
        ObjectNode wanted = JsonNodeFactory.instance.objectNode();
        wanted.put("connector", connector)
                .put("orgId", "managed")
                .put("label", "Demo")
                .put("isDefault", true);
        ObjectNode secret = wanted.putObject("fields");
        fields.forEach(secret::put);
        http.post()
                .uri("/connections")
                .contentType(MediaType.APPLICATION_JSON)
                .body(wanted)
                .retrieve()
                .toBodilessEntity();
    }

    /** Starts a run; the answer carries its id in header {@code x-fastn-execution-id}. */
    public ResponseEntity<JsonNode> execute(String slug, JsonNode input) {
        return start(slug, JsonNodeFactory.instance.objectNode().set("input", input));
    }

    /** The same with everything that a start may say. */
    public ResponseEntity<JsonNode> start(String slug, ObjectNode body) {
        return post(WORKFLOW + "/execute", slug, body);
    }

    /** What the calls of a recorded run gave, as mocks. */
    public JsonNode recording(String id) {
        JsonNode mocks =
                http.get().uri("/executions/{id}/recording", id).retrieve().body(JsonNode.class);
        return mocks == null ? JsonNodeFactory.instance.missingNode() : mocks;
    }

    /** One run: status, result or error. */
    public JsonNode execution(String id) {
        JsonNode execution = http.get().uri("/executions/{id}", id).retrieve().body(JsonNode.class);
        return execution == null ? JsonNodeFactory.instance.missingNode() : execution;
    }

    private ResponseEntity<JsonNode> post(String path, String slug, JsonNode body) {
        return http.post()
                .uri(path, slug)
                .contentType(MediaType.APPLICATION_JSON)
                .body(body)
                .retrieve()
                .toEntity(JsonNode.class);
    }

    private HttpStatusCode status(String path, Object... variables) {
        return http.get().uri(path, variables).exchange((request, response) -> response.getStatusCode());
    }
}
