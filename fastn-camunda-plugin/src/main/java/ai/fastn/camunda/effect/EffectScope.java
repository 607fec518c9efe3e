package ai.fastn.camunda.effect;

import ai.fastn.camunda.workflow.Environment;
import ai.fastn.camunda.workflow.ExecutionId;
import ai.fastn.camunda.workflow.TenantId;
import ai.fastn.camunda.workflow.WorkflowSlug;
import java.time.Duration;

/**
 * On whose behalf and under which name a call is performed.
 *
 * @param ordinal place of the call in the order the code calls effects, from 0
 * @param fence number of whoever works on the run: a higher one for the same run means that it was taken over; 0 for an
 *     Instant run, which nobody takes over
 * @param rebuilt whether an earlier attempt may have performed this very call: look a ledger up before performing it
 * @param remaining time left until the execution timeout; a call must give up by then
 */
public record EffectScope(
        TenantId tenant,
        Environment environment,
        WorkflowSlug workflow,
        ExecutionId execution,
        int ordinal,
        long fence,
        boolean rebuilt,
        Duration remaining) {

    /** The same text on every try of this call: what a remote uses to recognise a repetition. */
    public String idempotencyKey() {
        return execution + "-" + ordinal;
    }
}
