package ai.fastn.camunda.autoconfigure;

import ai.fastn.camunda.effect.connector.builtin.BuiltInConnectors;
import ai.fastn.camunda.effect.connector.builtin.FileStoreSettings;
import ai.fastn.camunda.effect.connector.builtin.MailServer;
import ai.fastn.camunda.effect.connector.builtin.SqlSource;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the built-in connectors, beside those of definition files.
 *
 * @param builtin whether they are installed
 * @param sql data sources by name
 * @param sqlAllow databases that connections of tenants may name: {@code jdbc:postgresql://host:port/database}, with
 *     {@code *} for every database of the host, and parameters behind {@code ?} that hold for them
 * @param email the server that takes mail
 * @param files stores by name
 * @param camunda what workflows may do in the engine
 */
@ConfigurationProperties("fastn.connectors")
public record BuiltInProperties(
        @DefaultValue("true") boolean builtin,
        @DefaultValue Map<String, SqlSource> sql,
        @DefaultValue List<String> sqlAllow,
        @DefaultValue MailServer email,
        @DefaultValue Map<String, FileStoreSettings> files,
        @DefaultValue Camunda camunda) {

    /**
     * The engine.
     *
     * @param processes keys of processes that workflows may start, tell and complete
     */
    public record Camunda(@DefaultValue List<String> processes) {}

    BuiltInConnectors.Settings settings() {
        return new BuiltInConnectors.Settings(sql, sqlAllow, email, files, camunda.processes());
    }
}
