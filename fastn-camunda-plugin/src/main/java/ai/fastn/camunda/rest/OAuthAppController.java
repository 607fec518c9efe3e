package ai.fastn.camunda.rest;

import ai.fastn.camunda.access.Caller;
import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.effect.connector.ConnectorDefinition;
import ai.fastn.camunda.effect.connector.ConnectorRegistry;
import ai.fastn.camunda.effect.connector.connection.OAuthApp;
import ai.fastn.camunda.effect.connector.connection.OAuthApps;
import ai.fastn.camunda.workflow.TenantId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Clients at authorization servers: the tenant's own, and for people with a login those of the operator. */
@RestController
@RequestMapping({Paths.MACHINES, Paths.PANELS})
public final class OAuthAppController {

    private final ConnectorRegistry connectors;
    private final OAuthApps apps;

    public OAuthAppController(ConnectorRegistry connectors, OAuthApps apps) {
        this.connectors = connectors;
        this.apps = apps;
    }

    @GetMapping("/oauth-apps/{slug}")
    ResponseEntity<byte[]> get(Caller caller, @PathVariable String slug) {
        ConnectorDefinition definition = connectors.resolve(caller.tenant(), slug, null);
        OAuthApp app = apps.find(caller.tenant(), definition.slug(), connectors.isManaged(definition))
                .orElseThrow(() -> missing(slug));
        return Replies.ok(ConnectionJson.of(app));
    }

    /** The client that the authorization server knows. */
    record AppRequest(
            @Nullable String clientId,
            @Nullable String clientSecret,
            @Nullable Boolean managed) {

        @Override
        public String toString() {
            return "OAuth app";
        }
    }

    @PutMapping("/oauth-apps/{slug}")
    ResponseEntity<byte[]> put(
            Caller caller, @PathVariable String slug, @RequestBody(required = false) byte @Nullable [] body) {
        AppRequest request = Body.read(body, AppRequest.class);
        boolean managed = Boolean.TRUE.equals(request.managed());
        Optional<TenantId> owner = owner(caller, managed);
        ConnectorDefinition definition = connectors.resolve(caller.tenant(), slug, managed ? "managed" : null);
        apps.put(
                owner,
                definition.slug(),
                ConnectionController.required("clientId", request.clientId()),
                Optional.ofNullable(request.clientSecret()).filter(secret -> !secret.isEmpty()),
                caller.who());
        return get(caller, slug);
    }

    @DeleteMapping("/oauth-apps/{slug}")
    ResponseEntity<byte[]> delete(
            Caller caller, @PathVariable String slug, @RequestParam(defaultValue = "false") boolean managed) {
        if (!apps.delete(owner(caller, managed), slug)) {
            throw missing(slug);
        }
        return ResponseEntity.noContent().build();
    }

    /** An access key belongs to tenants; what is the operator's is for people. */
    private static Optional<TenantId> owner(Caller caller, boolean managed) {
        if (managed && caller.keyId().isPresent()) {
            throw new FastnException(
                    ErrorCode.PERMISSION_MISSING,
                    "managed OAuth apps are changed by people with a login, not by access keys");
        }
        return managed ? Optional.empty() : Optional.of(caller.tenant());
    }

    private static FastnException missing(String slug) {
        return new FastnException(ErrorCode.OAUTH_APP_MISSING, "connector \"" + slug + "\" has no OAuth app");
    }
}
