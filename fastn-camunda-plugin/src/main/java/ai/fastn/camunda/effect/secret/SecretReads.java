package ai.fastn.camunda.effect.secret;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.effect.Effect;
import ai.fastn.camunda.effect.EffectOutcome;
import ai.fastn.camunda.effect.EffectRequest;
import ai.fastn.camunda.effect.EffectScope;
import ai.fastn.camunda.effect.OutcomeRecord;
import ai.fastn.camunda.workflow.StepKind;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import org.springframework.dao.DataAccessException;

/** {@code fastn.secrets.get(name)}: a string, or the parsed value of a secret that is a JSON object or array. */
public final class SecretReads implements Effect {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final SecretStore secrets;

    public SecretReads(SecretStore secrets) {
        this.secrets = secrets;
    }

    @Override
    public String family() {
        return "secrets";
    }

    @Override
    public StepKind kind(EffectRequest request) {
        return StepKind.READ;
    }

    @Override
    public EffectOutcome perform(EffectRequest request, EffectScope scope, OutcomeRecord record) {
        if (!request.name().equals("secrets.get")) {
            return failed(
                    ErrorCode.SECRET_UNKNOWN,
                    "fastn." + request.name()
                            + " is not a function; there are fastn.secrets.get and fastn.secrets.ref");
        }
        try {
            JsonNode name = JSON.readTree(request.arguments()).path("name");
            return name.isTextual()
                    ? read(name.textValue(), scope)
                    : failed(ErrorCode.SECRET_UNKNOWN, "name of a secret is not a string");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("bug: arguments of secrets.get are not JSON", e);
        } catch (FastnException e) {
            return failed(e.code(), e.getMessage());
        } catch (DataAccessException e) {
            return failed(ErrorCode.SECRET_STORE, "secrets can not be reached", true);
        }
    }

    private EffectOutcome read(String name, EffectScope scope) {
        return secrets.get(scope.tenant(), scope.environment(), name)
                .<EffectOutcome>map(secret ->
                        new EffectOutcome.Succeeded(json(secret.value()).toString()))
                .orElseGet(() -> failed(
                        ErrorCode.SECRET_UNKNOWN,
                        "secret \"" + name + "\" does not exist in environment \"" + scope.environment() + "\""));
    }

    /** A secret as the code sees it: text, or what a JSON object or array says. */
    static JsonNode json(String value) {
        String stripped = value.strip();
        if (stripped.startsWith("{") || stripped.startsWith("[")) {
            try {
                return JSON.readTree(stripped);
            } catch (JsonProcessingException e) {
                return TextNode.valueOf(value);
            }
        }
        return TextNode.valueOf(value);
    }

    private static EffectOutcome failed(ErrorCode code, String message) {
        return failed(code, message, false);
    }

    private static EffectOutcome failed(ErrorCode code, String message, boolean retryable) {
        return new EffectOutcome.Failed("SecretError", message, Map.of("code", code.code(), "retryable", retryable));
    }
}
