package ai.fastn.camunda.execution;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.effect.EffectOutcome;
import ai.fastn.camunda.runtime.RunFailure;
import ai.fastn.camunda.workflow.ExecutionId;
import ai.fastn.camunda.workflow.ExecutionStatus;
import java.util.LinkedHashMap;
import java.util.Map;

/** The error that a caller sees when the workflow it called has ended without a result. */
final class CalledRunFailure {

    /** Name of the Error. */
    static final String NAME = "WorkflowError";

    private CalledRunFailure() {}

    static EffectOutcome of(Execution called) {
        String workflow = called.workflow().value();
        if (called.status() == ExecutionStatus.FAILED && called.error().isPresent()) {
            return of(workflow, called.id(), called.error().get());
        }
        boolean timedOut = called.status() == ExecutionStatus.TIMEOUT;
        return new EffectOutcome.Failed(
                NAME,
                "workflow \"" + workflow + "\" " + (timedOut ? "reached its execution timeout" : "was canceled"),
                fields(workflow, called.id(), called.status(), timedOut));
    }

    /** It failed with an error of its own, which is the cause; a retry runs it again unless that error says not to. */
    static EffectOutcome of(String workflow, ExecutionId called, RunFailure failure) {
        boolean retryable = !Boolean.FALSE.equals(failure.fields().get("retryable"));
        Map<String, Object> fields = fields(workflow, called, ExecutionStatus.FAILED, retryable);
        fields.put("cause", Map.of("name", failure.name(), "message", failure.message(), "code", failure.code()));
        return new EffectOutcome.Failed(
                NAME, "workflow \"" + workflow + "\" failed: " + failure.name() + ": " + failure.message(), fields);
    }

    private static Map<String, Object> fields(
            String workflow, ExecutionId called, ExecutionStatus status, boolean retryable) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("code", ErrorCode.CALLED_WORKFLOW_FAILED.code());
        fields.put("workflow", workflow);
        fields.put("executionId", called.value());
        fields.put("status", status.word());
        fields.put("retryable", retryable);
        return fields;
    }
}
