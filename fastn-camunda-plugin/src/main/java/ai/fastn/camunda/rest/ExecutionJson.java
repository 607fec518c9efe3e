package ai.fastn.camunda.rest;

import ai.fastn.camunda.execution.Execution;
import ai.fastn.camunda.runtime.RunFailure;
import com.fasterxml.jackson.databind.util.RawValue;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The JSON form of a row of the Execution Log. */
final class ExecutionJson {

    private ExecutionJson() {}

    static Map<String, Object> of(Execution execution, String workflowName) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("id", execution.id().value());
        row.put("workflow", execution.workflow().value());
        row.put("workflowName", workflowName);
        row.put("version", execution.version());
        row.put("tier", execution.tier().name().toLowerCase(Locale.ROOT));
        row.put("status", execution.status().word());
        row.put("mode", execution.mode().name());
        row.put("recorded", execution.recorded());
        row.put("triggeredBy", execution.triggeredBy().word());
        row.put("startedBy", execution.startedBy());
        row.put(
                "calledBy",
                execution.caller().map(caller -> caller.execution().value()).orElse(null));
        row.put("startedAt", execution.startedAt());
        row.put("endedAt", execution.endedAt().orElse(null));
        row.put(
                "durationMs",
                execution
                        .endedAt()
                        .map(end -> Duration.between(execution.startedAt(), end).toMillis())
                        .orElse(null));
        row.put("result", execution.result().map(RawValue::new).orElse(null));
        row.put("error", execution.error().map(ExecutionJson::errorOf).orElse(null));
        row.put("processInstanceId", execution.processInstanceId());
        row.put("attempts", execution.attempts());
        return row;
    }

    /** A run that another one has called. */
    static Map<String, Object> shortly(Execution execution) {
        return Map.of(
                "id", execution.id().value(),
                "workflow", execution.workflow().value(),
                "status", execution.status().word());
    }

    static Map<String, Object> errorOf(RunFailure failure) {
        Map<String, Object> error = new LinkedHashMap<>(failure.fields());
        error.put("code", failure.code());
        error.put("name", failure.name());
        error.put("message", failure.message());
        error.put("step", failure.step());
        error.put("line", failure.line());
        error.put("column", failure.column());
        return error;
    }
}
