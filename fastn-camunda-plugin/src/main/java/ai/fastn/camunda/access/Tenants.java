package ai.fastn.camunda.access;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.workflow.TenantId;
import java.util.List;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The tenants of this installation; {@link TenantId#DEFAULT} is always one of them. */
public final class Tenants {

    private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9_-]{0,62}");

    private final JdbcClient jdbc;

    public Tenants(DataSource plugin) {
        this.jdbc = JdbcClient.create(plugin);
    }

    /**
     * Adds a tenant or renames it.
     *
     * @throws FastnException REQUEST_FIELD when the id does not have the form of an id
     */
    public void add(TenantId tenant, String name) {
        if (!FORM.matcher(tenant.value()).matches()) {
            throw new FastnException(
                    ErrorCode.REQUEST_FIELD,
                    "tenant id \"" + tenant
                            + "\" does not have the form of an id: 1 to 63 of a-z, 0-9, hyphen and underscore, the first a letter or digit");
        }
        jdbc.sql(
                        "INSERT INTO fastn_tenant (id, name) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET name = excluded.name")
                .params(tenant.value(), name)
                .update();
    }

    public boolean exists(TenantId tenant) {
        return jdbc.sql("SELECT 1 FROM fastn_tenant WHERE id = ?")
                .param(tenant.value())
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    /** All tenants by id. */
    public List<Tenant> all() {
        return jdbc.sql("SELECT id, name FROM fastn_tenant ORDER BY id")
                .query((row, number) -> new Tenant(new TenantId(row.getString(1)), row.getString(2)))
                .list();
    }
}
