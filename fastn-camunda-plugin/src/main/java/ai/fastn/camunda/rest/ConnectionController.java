package ai.fastn.camunda.rest;

import ai.fastn.camunda.access.Caller;
import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.effect.connector.connection.ConnectionChange;
import ai.fastn.camunda.effect.connector.connection.ConnectionDraft;
import ai.fastn.camunda.effect.connector.connection.Connections;
import ai.fastn.camunda.effect.connector.connection.Verification;
import ai.fastn.camunda.workflow.Environment;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Connections of the caller's tenant; their secrets come in and never go out. */
@RestController
@RequestMapping({Paths.MACHINES, Paths.PANELS})
public final class ConnectionController {

    private final Connections connections;
    private final Verification verification;

    public ConnectionController(Connections connections, Verification verification) {
        this.connections = connections;
        this.verification = verification;
    }

    @GetMapping("/connections")
    ResponseEntity<byte[]> list(Caller caller) {
        return Replies.ok(Map.of(
                "connections",
                connections.list(caller.tenant()).stream()
                        .map(ConnectionJson::of)
                        .toList()));
    }

    @GetMapping("/connections/{id}")
    ResponseEntity<byte[]> get(Caller caller, @PathVariable String id) {
        return Replies.ok(ConnectionJson.of(connections.get(caller.tenant(), id)));
    }

    /** A new connection; without fields where an authorization is begun. */
    record CreateRequest(
            @Nullable String connector,
            @Nullable String orgId,
            @Nullable String environment,
            @Nullable String label,
            @Nullable Map<String, String> fields,
            @Nullable Map<String, String> settings,
            @Nullable List<String> scopes,
            @Nullable Boolean isDefault) {

        ConnectionDraft draft() {
            return new ConnectionDraft(
                    required("connector", connector),
                    Optional.ofNullable(orgId),
                    Optional.ofNullable(environment).map(Environment::new),
                    required("label", label),
                    texts("fields", fields),
                    texts("settings", settings),
                    texts(scopes),
                    Optional.ofNullable(isDefault));
        }

        @Override
        public String toString() {
            return "request for a connection";
        }
    }

    @PostMapping("/connections")
    ResponseEntity<byte[]> create(Caller caller, @RequestBody(required = false) byte @Nullable [] body) {
        ConnectionDraft draft = Body.read(body, CreateRequest.class).draft();
        return Replies.of(
                HttpStatus.CREATED, ConnectionJson.of(connections.create(caller.tenant(), draft, caller.who())));
    }

    /** What shall be other. */
    record ChangeRequest(
            @Nullable String label,
            @Nullable Map<String, String> fields,
            @Nullable Map<String, String> settings,
            @Nullable String status) {

        ConnectionChange change() {
            return new ConnectionChange(
                    Optional.ofNullable(label),
                    texts("fields", fields),
                    settings == null ? Optional.empty() : Optional.of(texts("settings", settings)),
                    Optional.ofNullable(status).map(ChangeRequest::active));
        }

        private static boolean active(String status) {
            return switch (status) {
                case "ACTIVE" -> true;
                case "INACTIVE" -> false;
                default ->
                    throw new FastnException(
                            ErrorCode.REQUEST_FIELD,
                            "member \"status\" is \"" + status + "\": ACTIVE or INACTIVE is expected");
            };
        }

        @Override
        public String toString() {
            return "change of a connection";
        }
    }

    @PutMapping("/connections/{id}")
    ResponseEntity<byte[]> change(
            Caller caller, @PathVariable String id, @RequestBody(required = false) byte @Nullable [] body) {
        ConnectionChange change = Body.read(body, ChangeRequest.class).change();
        return Replies.ok(ConnectionJson.of(connections.change(caller.tenant(), id, change, caller.who())));
    }

    @PostMapping("/connections/{id}/verify")
    ResponseEntity<byte[]> verify(Caller caller, @PathVariable String id) {
        Verification.Verdict verdict = verification.verify(caller.tenant(), id);
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("verified", verdict.verified().orElse(null));
        members.put(
                "message",
                verdict.verified().isPresent()
                        ? verdict.message().orElse(null)
                        : "connector names no action to verify a connection with");
        members.put("connection", ConnectionJson.of(verdict.connection()));
        return Replies.ok(members);
    }

    @PostMapping("/connections/{id}/refresh")
    ResponseEntity<byte[]> refresh(Caller caller, @PathVariable String id) {
        return Replies.ok(ConnectionJson.of(connections.refresh(caller.tenant(), id)));
    }

    @PostMapping("/connections/{id}/default")
    ResponseEntity<byte[]> makeDefault(Caller caller, @PathVariable String id) {
        return Replies.ok(ConnectionJson.of(connections.makeDefault(caller.tenant(), id, caller.who())));
    }

    @DeleteMapping("/connections/{id}")
    ResponseEntity<byte[]> delete(Caller caller, @PathVariable String id) {
        connections.delete(caller.tenant(), id);
        return ResponseEntity.noContent().build();
    }

    static String required(String member, @Nullable String value) {
        if (value == null || value.isBlank()) {
            throw new FastnException(ErrorCode.REQUEST_FIELD, "body lacks member \"" + member + "\"");
        }
        return value;
    }

    static Map<String, String> texts(String member, @Nullable Map<String, String> texts) {
        if (texts != null && texts.containsValue(null)) {
            throw new FastnException(ErrorCode.REQUEST_FIELD, "member \"" + member + "\" has a null in it");
        }
        return texts == null ? Map.of() : texts;
    }

    static List<String> texts(@Nullable List<String> texts) {
        if (texts != null && texts.contains(null)) {
            throw new FastnException(ErrorCode.REQUEST_FIELD, "member \"scopes\" has a null in it");
        }
        return texts == null ? List.of() : texts;
    }
}
