package ai.fastn.camunda.host;

import ai.fastn.camunda.access.AccessKeys;
import ai.fastn.camunda.access.Account;
import ai.fastn.camunda.access.CreatedKey;
import ai.fastn.camunda.access.Tenants;
import ai.fastn.camunda.workflow.TenantId;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The host that the HTTP tests share, with its job executor on: started by the first of them, started again after
 * another host has stopped it. Has the tenants {@code default} and {@code acme} and a key for each.
 */
public final class RunningHost {

    public static final TenantId ACME = new TenantId("acme");

    private static @Nullable RunningHost shared;

    private final FakeShop shop = new FakeShop();
    private final ConfigurableApplicationContext context;
    private final CreatedKey key;
    private final CreatedKey acmeKey;

    private RunningHost() throws SQLException {
        context = PluginApplication.start(shop, Map.of());
        bean(Tenants.class).add(ACME, "Acme");
        key = createKey("test key", TenantId.DEFAULT);
        acmeKey = createKey("acme key", ACME);
    }

    /** The running one. */
    public static RunningHost shared() {
        RunningHost running = shared;
        if (running == null || !running.context.isActive()) {
            try {
                running = new RunningHost();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
            shared = running;
        }
        return running;
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    public FakeShop shop() {
        return shop;
    }

    public int port() {
        return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    /** A new key for these tenants. */
    public CreatedKey createKey(String name, TenantId... tenants) {
        return bean(AccessKeys.class).create(name, Set.of(tenants), Optional.empty(), "test");
    }

    public String key() {
        return key.key();
    }

    public String acmeKey() {
        return acmeKey.key();
    }

    public String account() {
        return bean(Account.class).id();
    }

    /** How many rows a table of the engine's database has. */
    public long rows(String table) {
        return JdbcClient.create(bean(DataSource.class))
                .sql("SELECT count(*) FROM " + table)
                .query(Long.class)
                .single();
    }

    /** The one text a query of the engine's database gives; empty where it gives none. */
    public String text(String sql) {
        return JdbcClient.create(bean(DataSource.class))
                .sql(sql)
                .query(String.class)
                .optional()
                .orElse("");
    }
}
