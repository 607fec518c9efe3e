package ai.fastn.camunda.runtime;

import ai.fastn.camunda.effect.EffectOutcome;
import ai.fastn.camunda.effect.EffectScope;
import ai.fastn.camunda.effect.RunInput;
import ai.fastn.camunda.effect.SecretsKnown;
import ai.fastn.camunda.workflow.ExecutionId;
import ai.fastn.camunda.workflow.TriggerKind;
import ai.fastn.camunda.workflow.WorkflowSlug;
import java.nio.charset.StandardCharsets;

/**
 * The input of a workflow that another one calls. When the caller has read secrets, anybody sees the input without
 * them; the run that is called gets it whole, and knows the secrets as if it had read them itself.
 */
public record SealedInputs(FrameCipher cipher) {

    /**
     * The input of a call.
     *
     * @param json as the caller gave it
     */
    public RunInput of(String json, EffectScope caller, WorkflowSlug workflow, ExecutionId called) {
        return of(caller.secrets(), json, caller, workflow, called)
                .with(caller.mocks().inherited());
    }

    private RunInput of(
            SecretsKnown known, String json, EffectScope caller, WorkflowSlug workflow, ExecutionId called) {
        if (known.isEmpty()) {
            return RunInput.of(json);
        }
        SecretsRead secrets = new SecretsRead();
        secrets.add(known);
        RunInput visible = RunInput.of(secrets.withoutSecretsInJson(json));
        byte[] whole = known.with(json).getBytes(StandardCharsets.UTF_8);
        return new RunInput(visible.json(), cipher.seal(whole, scope(caller, workflow, called, visible)));
    }

    private static RunScope scope(EffectScope caller, WorkflowSlug workflow, ExecutionId called, RunInput visible) {
        return new RunScope(
                caller.tenant(),
                caller.environment(),
                workflow,
                0,
                called,
                visible,
                "{}",
                TriggerKind.WORKFLOW,
                Caller.path(caller.callers(), caller.workflow()),
                true);
    }

    /** The whole input of a run, with the secrets that it carries. */
    EffectOutcome.Succeeded open(RunScope scope) {
        byte[] sealed = scope.input().sealed();
        return sealed == null
                ? new EffectOutcome.Succeeded(scope.input().json())
                : SecretsKnown.parse(new String(cipher.open(sealed, scope), StandardCharsets.UTF_8));
    }
}
