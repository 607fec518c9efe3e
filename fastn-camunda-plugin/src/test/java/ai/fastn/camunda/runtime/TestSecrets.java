package ai.fastn.camunda.runtime;

import ai.fastn.camunda.effect.Effect;
import ai.fastn.camunda.effect.EffectOutcome;
import ai.fastn.camunda.effect.EffectRequest;
import ai.fastn.camunda.effect.EffectScope;
import ai.fastn.camunda.effect.OutcomeRecord;
import ai.fastn.camunda.workflow.StepKind;

/** {@code fastn.secrets}: one value. */
record TestSecrets(String value) implements Effect {

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
        return new EffectOutcome.Succeeded("\"" + value + "\"");
    }
}
