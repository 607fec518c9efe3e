package ai.fastn.camunda.rest;

import ai.fastn.camunda.diagnostic.SourceText;
import ai.fastn.camunda.execution.LastExecution;
import ai.fastn.camunda.lifecycle.ConfigurationJson;
import ai.fastn.camunda.lifecycle.Publication;
import ai.fastn.camunda.lifecycle.PublishedVersion;
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

    static Map<String, Object> row(Workflow workflow, List<LastExecution> last) {
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
        row.put("lastExecutions", last.stream().map(WorkflowJson::dot).toList());
        return row;
    }

    static Map<String, Object> whole(
            Workflow workflow, List<LastExecution> last, List<Map<String, Object>> diagnostics) {
        Map<String, Object> whole = row(workflow, last);
        whole.put("code", workflow.source().text());
        whole.put("fileName", workflow.source().fileName());
        whole.put("configuration", ConfigurationJson.of(workflow.configuration()));
        whole.put("revision", workflow.revision());
        whole.put("editedBy", workflow.editedBy());
        whole.put("bytes", bytesOf(workflow.source()));
        whole.put("diagnostics", diagnostics);
        return whole;
    }

    /** A row of the list of versions. */
    static Map<String, Object> version(Workflow workflow, Publication version) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("version", version.version());
        row.put("publishedAt", version.publishedAt());
        row.put("publishedBy", version.publishedBy());
        row.put("deployed", isDeployed(workflow, version.version()));
        return row;
    }

    /** A version with its code and configuration. */
    static Map<String, Object> version(Workflow workflow, PublishedVersion version) {
        Map<String, Object> whole = version(
                workflow, new Publication(version.version(), version.publishedAt(), version.publishedBy(), false));
        whole.put("code", version.source().text());
        whole.put("fileName", version.source().fileName());
        whole.put("configuration", ConfigurationJson.of(version.configuration()));
        whole.put("bytes", bytesOf(version.source()));
        return whole;
    }

    private static Map<String, Object> dot(LastExecution execution) {
        return Map.of("id", execution.id().value(), "status", execution.status().word());
    }

    private static boolean isDeployed(Workflow workflow, int version) {
        return workflow.deployment()
                .filter(deployed -> deployed.version() == version)
                .isPresent();
    }

    private static int bytesOf(SourceText source) {
        return source.text().getBytes(StandardCharsets.UTF_8).length;
    }
}
