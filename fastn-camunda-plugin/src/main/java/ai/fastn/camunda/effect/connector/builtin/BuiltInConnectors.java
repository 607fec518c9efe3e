package ai.fastn.camunda.effect.connector.builtin;

import ai.fastn.camunda.effect.EffectScope;
import ai.fastn.camunda.effect.connector.ConnectorDefinition;
import ai.fastn.camunda.effect.connector.EgressGuard;
import ai.fastn.camunda.effect.connector.HttpRequests;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.camunda.bpm.engine.ProcessEngine;

/** The built-in connectors with what they hold open. */
public final class BuiltInConnectors implements AutoCloseable {

    private final HttpRequests requests;
    private final SqlSources sources;
    private final FileStores stores;
    private final List<ConnectorDefinition> definitions;

    /**
     * With what the operator has set.
     *
     * @param engine asked for at each call, since it needs the connectors to be made
     */
    public BuiltInConnectors(Settings settings, EgressGuard guard, Secrets secrets, Supplier<ProcessEngine> engine) {
        requests = new HttpRequests(guard);
        sources = new SqlSources(settings.sql());
        stores = new FileStores(settings.files(), requests);
        SqlConnections connections = new SqlConnections(sources, settings.sqlAllow(), guard);
        definitions = List.of(
                new HttpConnector(requests).definition(),
                new SqlConnector(sources, connections).definition(),
                new EmailConnector(settings.email(), guard).definition(),
                new SlackConnector(requests, secrets).definition(),
                new FilesConnector(stores).definition(),
                new CamundaConnector(engine, settings.processes()).definition());
    }

    /**
     * What the operator has set.
     *
     * @param sql data sources by name
     * @param sqlAllow databases that tenants may connect to as somebody they name
     * @param files stores by name
     * @param processes keys of processes that workflows may start, tell and complete
     */
    public record Settings(
            Map<String, SqlSource> sql,
            List<String> sqlAllow,
            MailServer email,
            Map<String, FileStoreSettings> files,
            List<String> processes) {

        /** Nothing set: the connectors say so when they are called. */
        public static final Settings NONE = new Settings(
                Map.of(), List.of(), new MailServer(null, null, null, null, null, null), Map.of(), List.of());
    }

    /** The secrets of tenants. */
    @FunctionalInterface
    public interface Secrets {

        /** The value as the environment of the run sees it; empty when there is none. */
        Optional<String> find(EffectScope scope, String name);
    }

    public List<ConnectorDefinition> definitions() {
        return definitions;
    }

    @Override
    public void close() {
        requests.close();
        sources.close();
        stores.close();
    }
}
