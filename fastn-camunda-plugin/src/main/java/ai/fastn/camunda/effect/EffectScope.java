package ai.fastn.camunda.effect;

import ai.fastn.camunda.workflow.ConnectorVersions;
import ai.fastn.camunda.workflow.Environment;
import ai.fastn.camunda.workflow.ExecutionId;
import ai.fastn.camunda.workflow.TenantId;
import ai.fastn.camunda.workflow.WorkflowSlug;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * On whose behalf and under which name a call is performed.
 *
 * @param callers the workflows that have called this one, the outermost first
 * @param epoch raised each time a retry goes back to a failed call of the run
 * @param begunBefore whether it is on record that this very call was about to be performed
 * @param ordinal place of the call in the order the code calls effects, from 0
 * @param fence number of whoever works on the run: a higher one for the same run means that it was taken over; 0 for an
 *     Instant run, which nobody takes over
 * @param rebuilt whether an earlier attempt may have performed this very call: look a ledger up before performing it
 * @param connectors versions that the workflow was published with
 * @param remaining time left until the execution timeout; a call must give up by then
 * @param secrets those that the run has read: what the call stores may carry them
 * @param mocks what a run that the call starts inherits
 */
public record EffectScope(
        TenantId tenant,
        Environment environment,
        WorkflowSlug workflow,
        ExecutionId execution,
        int ordinal,
        long fence,
        boolean rebuilt,
        List<WorkflowSlug> callers,
        int epoch,
        boolean begunBefore,
        ConnectorVersions connectors,
        Duration remaining,
        SecretsKnown secrets,
        RunMocks mocks) {

    /** A call of a run that has read no secret. */
    public EffectScope(
            TenantId tenant,
            Environment environment,
            WorkflowSlug workflow,
            ExecutionId execution,
            int ordinal,
            long fence,
            boolean rebuilt,
            List<WorkflowSlug> callers,
            int epoch,
            boolean begunBefore,
            ConnectorVersions connectors,
            Duration remaining) {
        this(
                tenant,
                environment,
                workflow,
                execution,
                ordinal,
                fence,
                rebuilt,
                callers,
                epoch,
                begunBefore,
                connectors,
                remaining,
                SecretsKnown.NONE,
                RunMocks.NONE);
    }

    /** A call that a person tries, which belongs to no run. */
    public static EffectScope outsideRuns(TenantId tenant, Environment environment, String what, Duration limit) {
        return new EffectScope(
                tenant,
                environment,
                WorkflowSlug.of(what),
                new ExecutionId(UUID.randomUUID().toString()),
                0,
                0,
                false,
                List.of(),
                0,
                false,
                ConnectorVersions.NONE,
                limit);
    }

    /** The same call, performed as in another environment. */
    public EffectScope in(Environment other) {
        return new EffectScope(
                tenant,
                other,
                workflow,
                execution,
                ordinal,
                fence,
                rebuilt,
                callers,
                epoch,
                begunBefore,
                connectors,
                remaining,
                secrets,
                mocks);
    }

    /** Whether the caller of the workflow waits for the result, so that a call must not take long. */
    public boolean isInstant() {
        return fence == 0;
    }

    /** The same text on every try of this call: what a remote uses to recognise a repetition. */
    public String idempotencyKey() {
        return execution + "-" + ordinal;
    }
}
