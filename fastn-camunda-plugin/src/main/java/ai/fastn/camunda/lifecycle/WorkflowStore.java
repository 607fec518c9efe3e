package ai.fastn.camunda.lifecycle;

import ai.fastn.camunda.diagnostic.SourceText;
import ai.fastn.camunda.lifecycle.Workflow.Deployed;
import ai.fastn.camunda.workflow.TenantId;
import ai.fastn.camunda.workflow.WorkflowConfiguration;
import ai.fastn.camunda.workflow.WorkflowSlug;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Tables {@code fastn_workflow} and {@code fastn_workflow_version}. */
public final class WorkflowStore {

    private final JdbcClient jdbc;

    public WorkflowStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<Workflow> find(TenantId tenant, WorkflowSlug slug) {
        return jdbc.sql("SELECT * FROM fastn_workflow WHERE tenant = ? AND slug = ?")
                .params(tenant.value(), slug.value())
                .query((row, n) -> workflow(row))
                .optional();
    }

    List<Workflow> list(TenantId tenant) {
        return jdbc.sql("SELECT * FROM fastn_workflow WHERE tenant = ? ORDER BY updated_at DESC, slug")
                .param(tenant.value())
                .query((row, n) -> workflow(row))
                .list();
    }

    /** Locks the workflow's row until the transaction ends, so that two publishers get two versions. */
    Optional<Workflow> lock(TenantId tenant, WorkflowSlug slug) {
        return jdbc.sql("SELECT * FROM fastn_workflow WHERE tenant = ? AND slug = ? FOR UPDATE")
                .params(tenant.value(), slug.value())
                .query((row, n) -> workflow(row))
                .optional();
    }

    /** Creates the workflow; false when somebody else has just done so. */
    boolean create(TenantId tenant, WorkflowSlug slug, Draft draft, Author author) {
        return jdbc.sql("""
                        INSERT INTO fastn_workflow
                            (tenant, slug, revision, file_name, code, configuration, tier, enabled, edited_by, updated_by)
                        VALUES (?, ?, 1, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING""")
                        .params(
                                tenant.value(),
                                slug.value(),
                                draft.source().fileName(),
                                draft.source().text(),
                                ConfigurationJson.write(draft.configuration()),
                                draft.configuration().tier().name(),
                                draft.configuration().enabled(),
                                author.word(),
                                author.name())
                        .update()
                == 1;
    }

    void replaceDraft(TenantId tenant, WorkflowSlug slug, Draft draft, Author author) {
        jdbc.sql("""
                UPDATE fastn_workflow SET revision = revision + 1, file_name = ?, code = ?, configuration = ?, tier = ?, enabled = ?,
                    edited_by = ?, updated_by = ?, updated_at = now() WHERE tenant = ? AND slug = ?""")
                .params(
                        draft.source().fileName(),
                        draft.source().text(),
                        ConfigurationJson.write(draft.configuration()),
                        draft.configuration().tier().name(),
                        draft.configuration().enabled(),
                        author.word(),
                        author.name(),
                        tenant.value(),
                        slug.value())
                .update();
    }

    void addVersion(Workflow workflow, int version, String bpmn, Author author) {
        jdbc.sql("""
                INSERT INTO fastn_workflow_version (tenant, slug, version, file_name, code, configuration, bpmn, published_by)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)""")
                .params(
                        workflow.tenant().value(),
                        workflow.slug().value(),
                        version,
                        workflow.source().fileName(),
                        workflow.source().text(),
                        ConfigurationJson.write(workflow.configuration()),
                        bpmn,
                        author.name())
                .update();
        jdbc.sql("UPDATE fastn_workflow SET latest_version = ? WHERE tenant = ? AND slug = ?")
                .params(version, workflow.tenant().value(), workflow.slug().value())
                .update();
    }

    Optional<PublishedVersion> version(TenantId tenant, WorkflowSlug slug, int version) {
        return jdbc.sql("SELECT * FROM fastn_workflow_version WHERE tenant = ? AND slug = ? AND version = ?")
                .params(tenant.value(), slug.value(), version)
                .query((row, n) -> published(row))
                .optional();
    }

    List<Publication> versions(TenantId tenant, WorkflowSlug slug) {
        return jdbc.sql("""
                SELECT version, published_at, published_by FROM fastn_workflow_version
                WHERE tenant = ? AND slug = ? ORDER BY version DESC""")
                .params(tenant.value(), slug.value())
                .query((row, n) -> new Publication(
                        row.getInt("version"),
                        row.getTimestamp("published_at").toInstant(),
                        row.getString("published_by"),
                        false))
                .list();
    }

    /** Names of these workflows, without their code. */
    Map<WorkflowSlug, String> names(TenantId tenant, Collection<WorkflowSlug> slugs) {
        Map<WorkflowSlug, String> names = new HashMap<>();
        String[] asked = slugs.stream().map(WorkflowSlug::value).toArray(String[]::new);
        jdbc.sql(
                        "SELECT slug, configuration::json ->> 'name' AS name FROM fastn_workflow WHERE tenant = ? AND slug = ANY (?)")
                .params(tenant.value(), asked)
                .query((RowCallbackHandler)
                        row -> names.put(WorkflowSlug.of(row.getString("slug")), row.getString("name")));
        return names;
    }

    void setDeployed(TenantId tenant, WorkflowSlug slug, Deployed deployed) {
        jdbc.sql("UPDATE fastn_workflow SET deployed_version = ?, definition_id = ? WHERE tenant = ? AND slug = ?")
                .params(deployed.version(), deployed.definitionId(), tenant.value(), slug.value())
                .update();
    }

    private static Workflow workflow(ResultSet row) throws SQLException {
        WorkflowConfiguration configuration = ConfigurationJson.read(row.getString("configuration"));
        String definitionId = row.getString("definition_id");
        return new Workflow(
                new TenantId(row.getString("tenant")),
                WorkflowSlug.of(row.getString("slug")),
                row.getLong("revision"),
                new SourceText(row.getString("file_name"), row.getString("code")),
                configuration,
                row.getString("edited_by"),
                Optional.ofNullable(row.getObject("latest_version", Integer.class)),
                definitionId == null
                        ? Optional.empty()
                        : Optional.of(new Deployed(row.getInt("deployed_version"), definitionId)),
                row.getTimestamp("updated_at").toInstant(),
                row.getString("updated_by"));
    }

    private static PublishedVersion published(ResultSet row) throws SQLException {
        return new PublishedVersion(
                row.getInt("version"),
                new SourceText(row.getString("file_name"), row.getString("code")),
                ConfigurationJson.read(row.getString("configuration")),
                row.getString("bpmn"),
                row.getTimestamp("published_at").toInstant(),
                row.getString("published_by"));
    }
}
