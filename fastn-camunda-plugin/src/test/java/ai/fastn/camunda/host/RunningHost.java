package ai.fastn.camunda.host;

import ai.fastn.camunda.access.AccessKeys;
import ai.fastn.camunda.access.Account;
import ai.fastn.camunda.access.CreatedKey;
import ai.fastn.camunda.access.Tenants;
import ai.fastn.camunda.effect.connector.connection.FakeProvider;
import ai.fastn.camunda.workflow.TenantId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
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

    /** Where browsers would reach this host; nothing listens there. */
    public static final String PUBLIC_URL = "http://localhost:1";

    private final FakeShop shop = new FakeShop();
    private final FakeProvider provider = new FakeProvider();
    private final ConfigurableApplicationContext context;
    private final CreatedKey key;
    private final CreatedKey acmeKey;

    private RunningHost() throws SQLException {
        define(provider);
        context = PluginApplication.start(
                shop,
                Map.of(
                        "fastn.egress.allow",
                        "localhost:" + shop.port() + ",localhost:" + provider.port(),
                        "fastn.public-url",
                        PUBLIC_URL));
        bean(Tenants.class).add(ACME, "Acme");
        key = createKey("test key", TenantId.DEFAULT);
        acmeKey = createKey("acme key", ACME);
    }

    /** Connectors {@code account} (a person agrees) and {@code keyed} (a key), both with READ action {@code me}. */
    private void define(FakeProvider service) {
        String end = "connection: {verify: me}\nactions:\n  me: {method: GET, path: ";
        String start = "title: Service\nbaseUrl: " + service.url() + "\nauth: {type: ";
        try {
            Files.writeString(
                    shop.connectors().resolve("account.yaml"),
                    "slug: account\n" + start + "oauth2Code, authorizeUrl: '" + service.url()
                            + "/authorize', tokenUrl: '" + service.url() + "/token'}\n" + end + "/api/me}\n");
            Files.writeString(
                    shop.connectors().resolve("keyed.yaml"),
                    "slug: keyed\n" + start + "apiKey, name: X-Key, prefix: 'Key '}\n" + end + "/key/me}\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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

    public FakeProvider provider() {
        return provider;
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
