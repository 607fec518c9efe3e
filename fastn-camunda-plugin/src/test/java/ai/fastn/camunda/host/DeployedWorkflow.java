package ai.fastn.camunda.host;

import ai.fastn.camunda.diagnostic.SourceText;
import ai.fastn.camunda.lifecycle.Author;
import ai.fastn.camunda.lifecycle.Draft;
import ai.fastn.camunda.lifecycle.Workflows;
import ai.fastn.camunda.workflow.Concurrency;
import ai.fastn.camunda.workflow.ConnectorVersions;
import ai.fastn.camunda.workflow.ExecutionTimeout;
import ai.fastn.camunda.workflow.RetryPolicy;
import ai.fastn.camunda.workflow.TenantId;
import ai.fastn.camunda.workflow.Tier;
import ai.fastn.camunda.workflow.WorkflowConfiguration;
import ai.fastn.camunda.workflow.WorkflowSlug;
import java.util.OptionalLong;

/** A workflow of a test: the body of its function, saved, published and deployed. */
public final class DeployedWorkflow {

    private DeployedWorkflow() {}

    /** The body becomes {@code export default async function (ctx) { ... }}. */
    public static void of(Workflows workflows, String slug, Tier tier, RetryPolicy retries, String body) {
        WorkflowSlug name = WorkflowSlug.of(slug);
        Author author = new Author("test", false);
        WorkflowConfiguration configuration = new WorkflowConfiguration(
                slug,
                "",
                tier,
                ExecutionTimeout.defaultOf(tier),
                retries,
                Concurrency.UNLIMITED,
                ConnectorVersions.NONE,
                true);
        SourceText source = new SourceText(slug + ".js", "export default async function (ctx) {\n" + body + "\n}");
        workflows.save(TenantId.DEFAULT, name, new Draft(source, configuration, OptionalLong.empty()), author);
        int version = workflows.publish(TenantId.DEFAULT, name, author).version();
        workflows.deploy(TenantId.DEFAULT, name, version);
    }
}
