package ai.fastn.camunda.lifecycle;

import ai.fastn.camunda.lifecycle.Workflow.Deployed;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.management.UpdateJobDefinitionSuspensionStateBuilder;
import org.camunda.bpm.engine.management.UpdateJobDefinitionSuspensionStateTenantBuilder;
import org.camunda.bpm.engine.repository.DeploymentBuilder;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.engine.repository.UpdateProcessDefinitionSuspensionStateBuilder;
import org.camunda.bpm.engine.repository.UpdateProcessDefinitionSuspensionStateTenantBuilder;

/** Brings a published version into the engine, with its source and configuration beside the BPMN. */
public final class Deployments {

    private final RepositoryService repository;
    private final ManagementService management;

    public Deployments(RepositoryService repository, ManagementService management) {
        this.repository = repository;
        this.management = management;
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
            setEnabled(workflow, false);
        }
        return new Deployed(version.version(), definition.getId());
    }

    /**
     * Blocks or allows new runs of every deployed version in the engine itself, so that a native start is refused too.
     * Running executions go on: with a definition the engine suspends its job definitions, whose later jobs would never
     * be executed, so those are activated again.
     */
    void setEnabled(Workflow workflow, boolean enabled) {
        if (enabled) {
            definitionsOf(workflow).activate();
        } else {
            definitionsOf(workflow).suspend();
            jobDefinitionsOf(workflow).activate();
        }
    }

    private UpdateProcessDefinitionSuspensionStateBuilder definitionsOf(Workflow workflow) {
        UpdateProcessDefinitionSuspensionStateTenantBuilder definitions = repository
                .updateProcessDefinitionSuspensionState()
                .byProcessDefinitionKey(workflow.slug().value());
        return workflow.tenant().isDefault()
                ? definitions.processDefinitionWithoutTenantId()
                : definitions.processDefinitionTenantId(workflow.tenant().value());
    }

    private UpdateJobDefinitionSuspensionStateBuilder jobDefinitionsOf(Workflow workflow) {
        UpdateJobDefinitionSuspensionStateTenantBuilder jobs = management
                .updateJobDefinitionSuspensionState()
                .byProcessDefinitionKey(workflow.slug().value());
        return workflow.tenant().isDefault()
                ? jobs.processDefinitionWithoutTenantId()
                : jobs.processDefinitionTenantId(workflow.tenant().value());
    }

    private static String suffixOf(PublishedVersion version) {
        return version.source().isTypeScript() ? ".ts" : ".js";
    }
}
