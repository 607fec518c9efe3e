package ai.fastn.camunda.host;

import ai.fastn.camunda.effect.EffectDatabases;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/** What a host needs to be: a Spring Boot application with Camunda, a PostgreSQL and one more dependency. */
@SpringBootApplication(scanBasePackages = "ai.fastn.camunda.host.none")
public class PluginApplication {

    private static @Nullable ConfigurableApplicationContext running;

    /**
     * A running host on a database of its own, with the connectors of {@link FakeShop}. Camunda keeps its default
     * engine in a static field, so a JVM has one host at a time: starting another stops the one that runs.
     */
    public static ConfigurableApplicationContext start(FakeShop shop, Map<String, Object> settings)
            throws SQLException {
        return start(shop, settings, context -> {});
    }

    /** The same, with beans that the caller adds or exchanges. */
    public static ConfigurableApplicationContext start(
            FakeShop shop,
            Map<String, Object> settings,
            ApplicationContextInitializer<ConfigurableApplicationContext> more)
            throws SQLException {
        return start(
                properties(shop, EffectDatabases.fresh("engine"), EffectDatabases.fresh("tenants"), settings), more);
    }

    /** A running host with these properties and no others. */
    public static ConfigurableApplicationContext start(
            Map<String, Object> properties, ApplicationContextInitializer<ConfigurableApplicationContext> more) {
        stop();
        SpringApplication application = new SpringApplication(PluginApplication.class);
        application.setWebApplicationType(WebApplicationType.SERVLET);
        application.setDefaultProperties(properties);
        application.addInitializers(more);
        running = application.run();
        return running;
    }

    /** What a host of a test is started with. */
    public static Map<String, Object> properties(
            FakeShop shop, DataSource engine, DataSource tenants, Map<String, Object> settings) throws SQLException {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("spring.datasource.url", urlOf(engine));
        properties.put("spring.datasource.username", "postgres");
        properties.put("spring.datasource.password", "");
        properties.put("spring.main.banner-mode", "off");
        properties.put("logging.level.root", "WARN");
        properties.put("logging.level.org.camunda.bpm.engine.context", "OFF");
        properties.put("server.port", "0");
        properties.put("camunda.bpm.auto-deployment-enabled", "false");
        properties.put("camunda.bpm.history-level", "audit");
        properties.put("camunda.bpm.metrics.enabled", "false");
        properties.put("camunda.bpm.admin-user.id", "demo");
        properties.put("camunda.bpm.admin-user.password", "demo");
        properties.put("camunda.bpm.generic-properties.properties.history-removal-time-strategy", "start");
        properties.put("fastn.secrets.master-key", "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=");
        properties.put("fastn.tenants.datasource.url", urlOf(tenants));
        properties.put("fastn.tenants.datasource.username", "postgres");
        properties.put("fastn.connectors.directory", shop.connectors().toString());
        properties.put("fastn.egress.allow", "localhost:" + shop.port());
        properties.put("shop.port", shop.port());
        properties.putAll(settings);
        return properties;
    }

    private static void stop() {
        if (running != null) {
            running.close();
            running = null;
        }
    }

    private static String urlOf(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection()) {
            return connection.getMetaData().getURL();
        }
    }
}
