package ai.fastn.camunda.lifecycle;

import ai.fastn.camunda.diagnostic.SourceText;
import ai.fastn.camunda.workflow.TenantId;
import ai.fastn.camunda.workflow.WorkflowConfiguration;
import ai.fastn.camunda.workflow.WorkflowSlug;
import java.time.Instant;
import java.util.Optional;

/**
 * A workflow as it is stored: its draft, and which versions are published and deployed.
 *
 * @param revision raised by every save
 * @param editedBy {@code manually} or {@code agent}
 * @param deployment what is deployed, if anything is
 */
public record Workflow(
        TenantId tenant,
        WorkflowSlug slug,
        long revision,
        SourceText source,
        WorkflowConfiguration configuration,
        String editedBy,
        Optional<Integer> latestVersion,
        Optional<Deployed> deployment,
        Instant updatedAt,
        String updatedBy) {

    /** The version that handles runs, and its Camunda process definition. */
    public record Deployed(int version, String definitionId) {}

    /** Whether triggers are processed: deployed and enabled. */
    public boolean isActive() {
        return deployment.isPresent() && configuration.enabled();
    }
}
