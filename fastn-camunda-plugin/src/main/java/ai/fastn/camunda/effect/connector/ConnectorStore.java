package ai.fastn.camunda.effect.connector;

import ai.fastn.camunda.workflow.TenantId;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Tables {@code fastn_connector}, {@code fastn_connector_version} and {@code fastn_connector_revision}: the definitions
 * that tenants keep themselves, as JSON texts. Each change is one statement, so that nobody sees half of it.
 */
final class ConnectorStore {

    private final JdbcClient jdbc;

    ConnectorStore(DataSource plugin) {
        this.jdbc = JdbcClient.create(plugin);
    }

    /** One version. */
    record Row(String slug, int version, String document) {}

    /** A number that every change raises. */
    long revision() {
        return jdbc.sql("SELECT revision FROM fastn_connector_revision")
                .query(Long.class)
                .single();
    }

    /** The newest version of each definition that is not deleted. */
    List<Row> current(TenantId tenant) {
        return jdbc.sql("""
                        SELECT slug, version, document FROM fastn_connector
                        JOIN fastn_connector_version USING (tenant, slug, version)
                        WHERE tenant = ? AND NOT deleted ORDER BY slug""")
                .param(tenant.value())
                .query((row, n) -> new Row(row.getString("slug"), row.getInt("version"), row.getString("document")))
                .list();
    }

    /** A version, also of a definition that was deleted since. */
    Optional<Row> version(TenantId tenant, String slug, int version) {
        return jdbc.sql("SELECT document FROM fastn_connector_version WHERE tenant = ? AND slug = ? AND version = ?")
                .params(tenant.value(), slug, version)
                .query(String.class)
                .optional()
                .map(document -> new Row(slug, version, document));
    }

    /** The versions of a definition, newest first. */
    List<ConnectorVersion> versions(TenantId tenant, String slug) {
        return jdbc.sql("""
                        SELECT version, created_at, created_by FROM fastn_connector_version
                        WHERE tenant = ? AND slug = ? ORDER BY version DESC""")
                .params(tenant.value(), slug)
                .query((row, n) -> new ConnectorVersion(
                        row.getInt("version"), row.getTimestamp("created_at").toInstant(), row.getString("created_by")))
                .list();
    }

    /** Adds a version, which becomes the current one; the first statement makes two writers follow each other. */
    int add(TenantId tenant, String slug, String document, String who) {
        return jdbc.sql("""
                        WITH raised AS (UPDATE fastn_connector_revision SET revision = revision + 1),
                        numbered AS (
                            INSERT INTO fastn_connector (tenant, slug, version) VALUES (?, ?, 1)
                            ON CONFLICT (tenant, slug) DO UPDATE
                                SET version = fastn_connector.version + 1, deleted = false
                            RETURNING tenant, slug, version)
                        INSERT INTO fastn_connector_version (tenant, slug, version, document, created_by)
                        SELECT tenant, slug, version, ?, ? FROM numbered RETURNING version""")
                .params(tenant.value(), slug, document, who)
                .query(Integer.class)
                .single();
    }

    /** Marks a definition as deleted; its versions stay, for workflows that were published with them. */
    boolean delete(TenantId tenant, String slug) {
        return jdbc.sql("""
                        WITH raised AS (UPDATE fastn_connector_revision SET revision = revision + 1)
                        UPDATE fastn_connector SET deleted = true WHERE tenant = ? AND slug = ? AND NOT deleted""").params(tenant.value(), slug).update() > 0;
    }
}
