package ai.fastn.camunda.rest;

import ai.fastn.camunda.access.Caller;
import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.effect.secret.KeyRotation;
import ai.fastn.camunda.effect.secret.SecretEntry;
import ai.fastn.camunda.effect.secret.SecretStore;
import ai.fastn.camunda.workflow.Environment;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
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
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The secrets of a tenant: written, listed by name and deleted; no answer ever has a value. */
@RestController
@RequestMapping({Paths.MACHINES, Paths.PANELS})
public final class SecretController {

    private final SecretStore secrets;
    private final KeyRotation keys;

    public SecretController(SecretStore secrets, KeyRotation keys) {
        this.secrets = secrets;
        this.keys = keys;
    }

    @GetMapping("/secrets")
    ResponseEntity<byte[]> list(Caller caller) {
        return Replies.ok(Map.of(
                "secrets",
                secrets.list(caller.tenant()).stream()
                        .map(SecretController::json)
                        .toList()));
    }

    /** What is written: text, or a JSON object or array. */
    record PutRequest(@Nullable JsonNode value) {}

    @PutMapping("/secrets/{name}")
    ResponseEntity<byte[]> put(
            Caller caller,
            @PathVariable String name,
            @RequestParam(required = false) @Nullable String environment,
            @RequestBody(required = false) byte @Nullable [] body) {
        Optional<Environment> place = Requests.environment(environment);
        String value = text(Body.read(body, PutRequest.class).value());
        secrets.put(caller.tenant(), place, name, value, caller.who());
        return secrets.list(caller.tenant()).stream()
                .filter(entry ->
                        entry.name().equals(name) && entry.environment().equals(place))
                .findFirst()
                .map(entry -> Replies.ok(json(entry)))
                .orElseThrow(() -> unknown(name, place));
    }

    /** The tenant gets a new key; everything is sealed with it by and by. */
    @PostMapping("/secrets/rotate-key")
    ResponseEntity<byte[]> rotateKey(Caller caller) {
        return Replies.of(HttpStatus.ACCEPTED, Map.of("begun", keys.begin(caller.tenant())));
    }

    @DeleteMapping("/secrets/{name}")
    ResponseEntity<Void> delete(
            Caller caller, @PathVariable String name, @RequestParam(required = false) @Nullable String environment) {
        Optional<Environment> place = Requests.environment(environment);
        if (!secrets.delete(caller.tenant(), place, name)) {
            throw unknown(name, place);
        }
        return ResponseEntity.noContent().build();
    }

    private static Map<String, Object> json(SecretEntry entry) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("name", entry.name());
        members.put("environment", entry.environment().map(Environment::name).orElse(null));
        members.put("version", entry.version());
        members.put("updatedAt", entry.updatedAt());
        members.put("updatedBy", entry.updatedBy());
        return members;
    }

    private static String text(@Nullable JsonNode value) {
        if (value == null || !(value.isTextual() || value.isContainerNode())) {
            throw new FastnException(
                    ErrorCode.REQUEST_FIELD, "member \"value\" is not a string, a JSON object or a JSON array");
        }
        return value.isTextual() ? value.textValue() : value.toString();
    }

    private static FastnException unknown(String name, Optional<Environment> place) {
        return new FastnException(
                ErrorCode.SECRET_MISSING,
                "secret \"" + name + "\" does not exist "
                        + place.map(environment -> "for environment \"" + environment + "\" alone")
                                .orElse("for all environments"));
    }
}
