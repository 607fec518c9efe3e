package ai.fastn.camunda.effect.db;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.effect.Effect;
import ai.fastn.camunda.effect.EffectOutcome;
import ai.fastn.camunda.effect.EffectRequest;
import ai.fastn.camunda.effect.EffectScope;
import ai.fastn.camunda.effect.OutcomeRecord;
import ai.fastn.camunda.workflow.StepKind;
import java.util.Map;

/**
 * {@code fastn.db} of an installation that has no database for tenant data: every call says which setting is missing.
 */
public final class UnconfiguredDb implements Effect {

    @Override
    public String family() {
        return "db";
    }

    @Override
    public StepKind kind(EffectRequest request) {
        return StepKind.WRITE;
    }

    @Override
    public EffectOutcome perform(EffectRequest request, EffectScope scope, OutcomeRecord record) {
        return new EffectOutcome.Failed(
                "DatabaseError",
                "fastn.db has no database for tenant data: the operator sets fastn.tenants.datasource.url, username and password",
                Map.of("code", ErrorCode.DB_UNAVAILABLE.code(), "retryable", false));
    }
}
