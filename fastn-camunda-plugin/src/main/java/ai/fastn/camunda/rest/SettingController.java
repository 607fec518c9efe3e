package ai.fastn.camunda.rest;

import ai.fastn.camunda.access.Caller;
import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.effect.setting.Setting;
import ai.fastn.camunda.effect.setting.Settings;
import ai.fastn.camunda.workflow.Environment;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.util.LinkedHashMap;
import java.util.Map;
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

/** The settings of a tenant, which workflows read with {@code fastn.envConfig.get}. */
@RestController
@RequestMapping({Paths.MACHINES, Paths.PANELS})
public final class SettingController {

    private final Settings settings;

    public SettingController(Settings settings) {
        this.settings = settings;
    }

    @GetMapping("/env-config")
    ResponseEntity<byte[]> list(Caller caller) {
        return Replies.ok(Map.of(
                "settings",
                settings.list(caller.tenant()).stream()
                        .map(SettingController::json)
                        .toList()));
    }

    /** What is written: any JSON value. */
    record PutRequest(@Nullable JsonNode value) {}

    @PutMapping("/env-config/{key}")
    ResponseEntity<byte[]> put(
            Caller caller,
            @PathVariable String key,
            @RequestParam(required = false) @Nullable String environment,
            @RequestBody(required = false) byte @Nullable [] body) {
        JsonNode value = Body.read(body, PutRequest.class).value();
        if (value == null) {
            throw new FastnException(
                    ErrorCode.REQUEST_FIELD, "body lacks member \"value\": any JSON value is expected");
        }
        return Replies.ok(json(
                settings.put(caller.tenant(), Requests.environment(environment), key, value.toString(), caller.who())));
    }

    @DeleteMapping("/env-config/{key}")
    ResponseEntity<Void> delete(
            Caller caller, @PathVariable String key, @RequestParam(required = false) @Nullable String environment) {
        Optional<Environment> place = Requests.environment(environment);
        if (!settings.delete(caller.tenant(), place, key)) {
            throw new FastnException(
                    ErrorCode.SETTING_UNKNOWN,
                    "setting \"" + key + "\" does not exist "
                            + place.map(name -> "for environment \"" + name + "\" alone")
                                    .orElse("for all environments"));
        }
        return ResponseEntity.noContent().build();
    }

    private static Map<String, Object> json(Setting setting) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("key", setting.key());
        members.put("environment", setting.environment().map(Environment::name).orElse(null));
        members.put("value", new RawValue(setting.valueJson()));
        members.put("updatedAt", setting.updatedAt());
        members.put("updatedBy", setting.updatedBy());
        return members;
    }
}
