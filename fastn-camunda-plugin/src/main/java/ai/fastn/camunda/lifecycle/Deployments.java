package ai.fastn.camunda.lifecycle;

import ai.fastn.camunda.lifecycle.Workflow.Deployed;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.DeploymentBuilder;
import org.camunda.bpm.engine.repository.ProcessDefinition;

/** Brings a published version into the engine, with its source and configuration beside the BPMN. */
public final class Deployments {

    private final RepositoryService repository;

    public Deployments(RepositoryService repository) {
        this.repository = repository;
    }

    Deployed deploy(Workflow workflow, PublishedVersion version) {
        String slug = workflow.slug().value();
        DeploymentBuilder deployment = repository
                .createDeployment()
                .name("fastn: " + slug + " v" + version.version())
                .source("fastn")
                .addString(slug + ".bpmn", version.bpmn())
                .addString(
                        slug + ".workflow" + suffixOf(version), version.source().text())
                .addString(slug + ".workflow.json", ConfigurationJson.write(version.configuration()));
        if (!workflow.tenant().isDefault()) {
            deployment.tenantId(workflow.tenant().value());
        }
        ProcessDefinition definition =
                deployment.deployWithResult().getDeployedProcessDefinitions().get(0);
        if (!workflow.configuration().enabled()) {
            repository.suspendProcessDefinitionById(definition.getId());
        }
        return new Deployed(version.version(), definition.getId());
    }

    /**
     * Blocks or allows new runs in the engine itself, so that a native start is refused too; running executions go on.
     */
    void setEnabled(Workflow workflow, boolean enabled) {
        workflow.deployment().map(Deployed::definitionId).ifPresent(id -> {
            if (enabled) {
                repository.activateProcessDefinitionById(id);
            } else {
                repository.suspendProcessDefinitionById(id);
            }
        });
    }

    private static String suffixOf(PublishedVersion version) {
        return version.source().isTypeScript() ? ".ts" : ".js";
    }
}
