package ai.fastn.camunda.effect.mock;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.effect.EffectOutcome;
import ai.fastn.camunda.effect.EffectRequest;
import java.util.LinkedHashMap;
import java.util.Map;

/** Errors that an author has written, with what every error of such a call has. */
final class MockErrors {

    private MockErrors() {}

    static EffectOutcome of(EffectRequest request, MockAnswer.Thrown error) {
        Usual usual = usual(request.family());
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("code", usual.code().code());
        String[] name = request.name().split("\\.", 3);
        if (name.length == 3 && request.family().equals("connector")) {
            fields.put("connector", name[1]);
            fields.put("action", name[2]);
        }
        fields.put("retryable", false);
        fields.putAll(error.fields());
        return new EffectOutcome.Failed(error.name().isEmpty() ? usual.name() : error.name(), error.message(), fields);
    }

    private static Usual usual(String family) {
        return switch (family) {
            case "connector" -> new Usual("ConnectorError", ErrorCode.CONNECTOR_CALL_FAILED);
            case "fetch" -> new Usual("TypeError", ErrorCode.FETCH_FAILED);
            case "db" -> new Usual("DatabaseError", ErrorCode.DB_STATEMENT_FAILED);
            case "state" -> new Usual("StateError", ErrorCode.STATE_UNAVAILABLE);
            case "secrets" -> new Usual("SecretError", ErrorCode.SECRET_UNKNOWN);
            case "flow" -> new Usual("WorkflowError", ErrorCode.CALLED_WORKFLOW_FAILED);
            default -> new Usual("ConfigError", ErrorCode.SETTING_STORE);
        };
    }

    private record Usual(String name, ErrorCode code) {}
}
