package ai.fastn.camunda.runtime;

import ai.fastn.camunda.effect.RunInput;
import ai.fastn.camunda.workflow.Environment;
import ai.fastn.camunda.workflow.ExecutionId;
import ai.fastn.camunda.workflow.TenantId;
import ai.fastn.camunda.workflow.TriggerKind;
import ai.fastn.camunda.workflow.WorkflowSlug;
import java.util.List;

/**
 * Which run it is and what it was started with; the same for all its steps and attempts.
 *
 * @param version of the workflow, from 1
 * @param input what {@code ctx.input} is
 * @param headersJson what {@code ctx.headers} is, one JSON object
 * @param callers the workflows that have called this one, the outermost first
 * @param durable whether the journal is kept in the database; an Instant run keeps it in memory
 */
public record RunScope(
        TenantId tenant,
        Environment environment,
        WorkflowSlug workflow,
        int version,
        ExecutionId execution,
        RunInput input,
        String headersJson,
        TriggerKind trigger,
        List<WorkflowSlug> callers,
        boolean durable) {

    @Override
    public String toString() {
        return "execution " + execution + " of " + workflow + " v" + version;
    }
}
