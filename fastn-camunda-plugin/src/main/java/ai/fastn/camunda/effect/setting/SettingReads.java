package ai.fastn.camunda.effect.setting;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.effect.Effect;
import ai.fastn.camunda.effect.EffectOutcome;
import ai.fastn.camunda.effect.EffectRequest;
import ai.fastn.camunda.effect.EffectScope;
import ai.fastn.camunda.effect.OutcomeRecord;
import ai.fastn.camunda.workflow.StepKind;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import org.springframework.dao.DataAccessException;

/** {@code fastn.envConfig.get(key)}: the value that the run's environment has for the key; null where it has none. */
public final class SettingReads implements Effect {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Settings settings;

    public SettingReads(Settings settings) {
        this.settings = settings;
    }

    @Override
    public String family() {
        return "envConfig";
    }

    @Override
    public StepKind kind(EffectRequest request) {
        return StepKind.READ;
    }

    @Override
    public EffectOutcome perform(EffectRequest request, EffectScope scope, OutcomeRecord record) {
        try {
            String key = JSON.readTree(request.arguments()).path("key").asText();
            return new EffectOutcome.Succeeded(
                    settings.get(scope.tenant(), scope.environment(), key).orElse("null"));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("bug: arguments of envConfig.get are not JSON", e);
        } catch (DataAccessException e) {
            return new EffectOutcome.Failed(
                    "ConfigError",
                    "settings can not be reached",
                    Map.of("code", ErrorCode.SETTING_STORE.code(), "retryable", true));
        }
    }
}
