package ai.fastn.camunda.rest;

import ai.fastn.camunda.access.Caller;
import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.effect.connector.ConnectorRegistry;
import ai.fastn.camunda.effect.connector.openapi.ImportChoice;
import ai.fastn.camunda.effect.connector.openapi.ImportedDefinition;
import ai.fastn.camunda.effect.connector.openapi.OpenApiImport;
import ai.fastn.camunda.workflow.StepKind;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** OpenAPI documents: what they have to offer, and a connector of the tenant made of one. */
@RestController
@RequestMapping({Paths.MACHINES, Paths.PANELS})
public final class ConnectorImportController {

    private final OpenApiImport imports;
    private final ConnectorRegistry registry;

    public ConnectorImportController(OpenApiImport imports, ConnectorRegistry registry) {
        this.imports = imports;
        this.registry = registry;
    }

    /** The body is the document, or has it as member {@code document}: as JSON, or as a text that is JSON or YAML. */
    @PostMapping("/connectors/import/openapi/preview")
    ResponseEntity<byte[]> preview(Caller caller, @RequestBody(required = false) byte @Nullable [] body) {
        ObjectNode sent = Body.read(body, ObjectNode.class);
        return Replies.ok(imports.preview(bytes(sent.has("document") ? sent.get("document") : sent)));
    }

    /**
     * What to import.
     *
     * @param operations names of actions; the preview's choice where none is given
     * @param kinds READ or WRITE by name of action
     * @param auth as in a definition
     */
    record ImportRequest(
            @Nullable JsonNode document,
            @Nullable String slug,
            @Nullable String title,
            @Nullable String baseUrl,
            @Nullable List<String> operations,
            @Nullable Map<String, String> kinds,
            @Nullable JsonNode auth) {}

    /** Stores the definition as the tenant's own connector: a new version where it has the slug already. */
    @PostMapping("/connectors/import/openapi")
    ResponseEntity<byte[]> connector(Caller caller, @RequestBody(required = false) byte @Nullable [] body) {
        ImportRequest request = Body.read(body, ImportRequest.class);
        if (request.document() == null || request.slug() == null) {
            throw wrong("body lacks member \"" + (request.document() == null ? "document" : "slug") + "\"");
        }
        ImportedDefinition made = imports.definition(bytes(request.document()), choice(request, request.slug()));
        ConnectorRegistry.Put put = registry.put(caller.tenant(), request.slug(), made.document(), caller.who());
        Map<String, Object> reply = new LinkedHashMap<>(ConnectorJson.whole(put.connector()));
        reply.put("unchanged", put.unchanged());
        reply.put("warnings", made.warnings());
        return Replies.of(put.unchanged() ? HttpStatus.OK : HttpStatus.CREATED, reply);
    }

    private static ImportChoice choice(ImportRequest request, String slug) {
        Map<String, StepKind> kinds = new LinkedHashMap<>();
        if (request.kinds() != null) {
            request.kinds().forEach((action, kind) -> kinds.put(action, kind(action, kind)));
        }
        return new ImportChoice(
                slug,
                Optional.ofNullable(request.title()),
                Optional.ofNullable(request.baseUrl()),
                request.operations() == null ? List.of() : request.operations(),
                kinds,
                Optional.ofNullable(request.auth()));
    }

    private static StepKind kind(String action, @Nullable String kind) {
        if ("READ".equals(kind)) {
            return StepKind.READ;
        }
        if ("WRITE".equals(kind)) {
            return StepKind.WRITE;
        }
        throw wrong("member \"kinds." + action + "\" is \"" + kind + "\": READ or WRITE is expected");
    }

    private static byte[] bytes(JsonNode document) {
        if (!document.isTextual() && !document.isObject()) {
            throw wrong("member \"document\" is neither an object nor a text");
        }
        String text = document.isTextual() ? document.textValue() : document.toString();
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static FastnException wrong(String message) {
        return new FastnException(ErrorCode.REQUEST_FIELD, message);
    }
}
