package ai.fastn.camunda.rest;

import ai.fastn.camunda.execution.Execution;
import ai.fastn.camunda.lifecycle.ConfigurationJson;
import ai.fastn.camunda.lifecycle.Workflow;
import ai.fastn.camunda.lifecycle.Workflow.Deployed;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The JSON forms of a workflow: a row of the table, and the whole with code and configuration. */
final class WorkflowJson {

    private WorkflowJson() {}

    static Map<String, Object> row(Workflow workflow, List<Execution> last) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("slug", workflow.slug().value());
        row.put("name", workflow.configuration().name());
        row.put("description", workflow.configuration().description());
        row.put("tier", workflow.configuration().tier().name().toLowerCase(Locale.ROOT));
        row.put("status", workflow.isActive() ? "active" : "inactive");
        row.put("version", workflow.latestVersion().orElse(null));
        row.put("deployedVersion", workflow.deployment().map(Deployed::version).orElse(null));
        row.put(
                "processDefinitionId",
                workflow.deployment().map(Deployed::definitionId).orElse(null));
        row.put("updatedAt", workflow.updatedAt());
        row.put("updatedBy", workflow.updatedBy());
        row.put("lastExecutions", last.stream().map(ExecutionJson::dot).toList());
        return row;
    }

    static Map<String, Object> whole(Workflow workflow, List<Execution> last, List<Map<String, Object>> diagnostics) {
        Map<String, Object> whole = row(workflow, last);
        whole.put("code", workflow.source().text());
        whole.put("fileName", workflow.source().fileName());
        whole.put("configuration", ConfigurationJson.of(workflow.configuration()));
        whole.put("revision", workflow.revision());
        whole.put("editedBy", workflow.editedBy());
        whole.put("bytes", workflow.source().text().getBytes(StandardCharsets.UTF_8).length);
        whole.put("diagnostics", diagnostics);
        return whole;
    }
}
