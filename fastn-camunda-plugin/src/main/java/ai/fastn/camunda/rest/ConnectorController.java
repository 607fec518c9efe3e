package ai.fastn.camunda.rest;

import ai.fastn.camunda.access.Caller;
import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.effect.connector.ConnectorRegistry;
import ai.fastn.camunda.effect.connector.ConnectorTrials;
import ai.fastn.camunda.effect.connector.InstalledConnector;
import ai.fastn.camunda.effect.connector.declaration.TypeDeclarations;
import ai.fastn.camunda.lifecycle.Workflows;
import ai.fastn.camunda.workflow.ConnectorVersions;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Connectors: which a tenant can call, what their actions take, the tenant's own definitions, and a try of an action.
 */
@RestController
@RequestMapping({Paths.MACHINES, Paths.PANELS})
public final class ConnectorController {

    private final ConnectorRegistry registry;
    private final ConnectorTrials trials;
    private final Workflows workflows;

    public ConnectorController(ConnectorRegistry registry, ConnectorTrials trials, Workflows workflows) {
        this.registry = registry;
        this.trials = trials;
        this.workflows = workflows;
    }

    @GetMapping("/connectors")
    ResponseEntity<byte[]> list(Caller caller, @RequestParam(required = false) @Nullable String query) {
        List<InstalledConnector> found = registry.connectorsOf(caller.tenant(), ConnectorVersions.NONE).stream()
                .filter(connector -> query == null || matches(connector, query.toLowerCase(Locale.ROOT)))
                .toList();
        return Replies.ok(Map.of("connectors", ConnectorJson.rows(found)));
    }

    private static boolean matches(InstalledConnector connector, String query) {
        String text =
                connector.definition().slug() + " " + connector.definition().accessor() + " "
                        + connector.definition().title();
        return text.toLowerCase(Locale.ROOT).contains(query);
    }

    /**
     * TypeScript declarations of what code can call.
     *
     * @param workflow the connectors in the versions that its configuration pins
     */
    @GetMapping("/connectors/types.d.ts")
    ResponseEntity<byte[]> types(
            Caller caller,
            @RequestParam(required = false) @Nullable String workflow,
            @RequestHeader(value = HttpHeaders.IF_NONE_MATCH, required = false) @Nullable String known) {
        ConnectorVersions pinned = workflow == null
                ? ConnectorVersions.NONE
                : workflows
                        .get(caller.tenant(), Requests.slug(workflow))
                        .configuration()
                        .connectors();
        String text = TypeDeclarations.of(registry.connectorsOf(caller.tenant(), pinned));
        return Replies.text(text, MediaType.parseMediaType("text/plain;charset=UTF-8"), known);
    }

    @GetMapping("/connectors/{slug}")
    ResponseEntity<byte[]> get(
            Caller caller, @PathVariable String slug, @RequestParam(required = false) @Nullable Integer version) {
        return Replies.ok(ConnectorJson.whole(
                version == null
                        ? registry.get(caller.tenant(), slug)
                        : registry.version(caller.tenant(), slug, version)));
    }

    @PutMapping("/connectors/{slug}")
    ResponseEntity<byte[]> put(
            Caller caller, @PathVariable String slug, @RequestBody(required = false) byte @Nullable [] body) {
        ConnectorRegistry.Put put =
                registry.put(caller.tenant(), slug, Body.read(body, ObjectNode.class), caller.who());
        Map<String, Object> reply = new LinkedHashMap<>(ConnectorJson.whole(put.connector()));
        reply.put("unchanged", put.unchanged());
        return Replies.of(put.unchanged() ? HttpStatus.OK : HttpStatus.CREATED, reply);
    }

    @DeleteMapping("/connectors/{slug}")
    ResponseEntity<byte[]> delete(Caller caller, @PathVariable String slug) {
        registry.delete(caller.tenant(), slug);
        return ResponseEntity.noContent().build();
    }

    @GetMapping("/connectors/{slug}/versions")
    ResponseEntity<byte[]> versions(Caller caller, @PathVariable String slug) {
        return Replies.ok(Map.of("versions", registry.versions(caller.tenant(), slug)));
    }

    /**
     * What to try.
     *
     * @param mode MOCK (the usual one) or LIVE
     * @param confirm true for LIVE: the service is really called
     */
    record TrialRequest(
            @Nullable String mode,
            @Nullable Boolean confirm,
            @Nullable String connection,
            @Nullable JsonNode input) {}

    @PostMapping("/connectors/{slug}/actions/{action}/test")
    ResponseEntity<byte[]> test(
            Caller caller,
            @PathVariable String slug,
            @PathVariable String action,
            @RequestBody(required = false) byte @Nullable [] body) {
        TrialRequest request = Body.read(body, TrialRequest.class);
        return switch (request.mode() == null ? "MOCK" : request.mode()) {
            case "MOCK" -> Replies.ok(ConnectorJson.imitation(trials.imitated(caller.tenant(), slug, action)));
            case "LIVE" -> live(caller, slug, action, request);
            default ->
                throw new FastnException(
                        ErrorCode.REQUEST_FIELD,
                        "member \"mode\" is \"" + request.mode() + "\": MOCK or LIVE is expected");
        };
    }

    private ResponseEntity<byte[]> live(Caller caller, String slug, String action, TrialRequest request) {
        if (!Boolean.TRUE.equals(request.confirm())) {
            throw new FastnException(
                    ErrorCode.REQUEST_FIELD,
                    "member \"confirm\" is not true: a LIVE test really performs action \"" + action
                            + "\" of connector \"" + slug + "\"");
        }
        JsonNode input = request.input() == null ? NullNode.getInstance() : request.input();
        return Replies.ok(
                ConnectorJson.outcome(trials.live(caller.tenant(), slug, action, request.connection(), input)));
    }
}
