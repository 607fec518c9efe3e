package ai.fastn.camunda.effect;

import ai.fastn.camunda.workflow.ConnectorVersions;
import ai.fastn.camunda.workflow.Environment;
import ai.fastn.camunda.workflow.ExecutionId;
import ai.fastn.camunda.workflow.TenantId;
import ai.fastn.camunda.workflow.WorkflowSlug;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** Short ways to call an effect and to look at its outcome. */
public final class EffectCalls {

    public static final OutcomeRecord NO_RECORD = (connection, outcome) -> {};
    public static final TenantId TENANT_A = new TenantId("a");
    public static final TenantId TENANT_B = new TenantId("b");

    private EffectCalls() {}

    /** First call of a new run of workflow {@code sync}. */
    public static EffectScope scope(TenantId tenant) {
        return scope(tenant, new ExecutionId(UUID.randomUUID().toString()), 0, false);
    }

    public static EffectScope scope(TenantId tenant, ExecutionId execution, int ordinal, boolean rebuilt) {
        return new EffectScope(
                tenant,
                Environment.PRODUCTION,
                WorkflowSlug.of("sync"),
                execution,
                ordinal,
                1,
                rebuilt,
                List.of(),
                0,
                false,
                ConnectorVersions.NONE,
                Duration.ofSeconds(20));
    }

    public static JsonNode succeeded(EffectOutcome outcome) {
        if (outcome instanceof EffectOutcome.Succeeded success) {
            return json(success.json());
        }
        throw new AssertionError("failed: " + outcome);
    }

    public static EffectOutcome.Failed failed(EffectOutcome outcome) {
        if (outcome instanceof EffectOutcome.Failed failure) {
            return failure;
        }
        throw new AssertionError("did not fail: " + outcome);
    }

    public static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(text, e);
        }
    }
}
