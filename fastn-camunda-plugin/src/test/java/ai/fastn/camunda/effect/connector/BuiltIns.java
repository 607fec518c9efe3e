package ai.fastn.camunda.effect.connector;

import static ai.fastn.camunda.effect.EffectCalls.NO_RECORD;

import ai.fastn.camunda.effect.EffectCalls;
import ai.fastn.camunda.effect.EffectDatabases;
import ai.fastn.camunda.effect.EffectOutcome;
import ai.fastn.camunda.effect.EffectRequest;
import ai.fastn.camunda.effect.EffectScope;
import ai.fastn.camunda.effect.connector.builtin.BuiltInConnectors;
import ai.fastn.camunda.effect.connector.connection.Connection;
import ai.fastn.camunda.effect.connector.connection.ConnectionChange;
import ai.fastn.camunda.effect.connector.connection.ConnectionCredentials;
import ai.fastn.camunda.effect.connector.connection.ConnectionDraft;
import ai.fastn.camunda.effect.connector.connection.ConnectionStore;
import ai.fastn.camunda.effect.connector.connection.Connections;
import ai.fastn.camunda.effect.connector.connection.OAuthApps;
import ai.fastn.camunda.effect.connector.connection.Renewals;
import ai.fastn.camunda.effect.connector.connection.TokenClient;
import ai.fastn.camunda.effect.secret.MasterKey;
import ai.fastn.camunda.effect.secret.Sealing;
import ai.fastn.camunda.effect.secret.Secret;
import ai.fastn.camunda.effect.secret.SecretStore;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/** The built-in connectors as a run calls them, through the effect. */
public final class BuiltIns implements AutoCloseable {

    private final DataSource plugin = EffectDatabases.plugin();
    private final Sealing sealing =
            new Sealing(plugin, MasterKey.ofBase64("MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="));
    private final SecretStore secrets = new SecretStore(plugin, sealing, Clock.systemUTC());
    private final BuiltInConnectors connectors;
    private final Connections connections;
    private final ConnectorCalls calls;

    /** @param allowed host:port pairs that may be called */
    public BuiltIns(BuiltInConnectors.Settings settings, String allowed) {
        this(settings, EgressGuard.allowing(allowed));
    }

    public BuiltIns(BuiltInConnectors.Settings settings, EgressGuard guard) {
        connectors = new BuiltInConnectors(
                settings,
                guard,
                (scope, name) ->
                        secrets.get(scope.tenant(), scope.environment(), name).map(Secret::value),
                () -> {
                    throw new AssertionError("no engine here");
                });
        Clock clock = Clock.systemUTC();
        ConnectorRegistry registry = new ConnectorRegistry(connectors.definitions(), Map.of());
        ConnectionStore store = new ConnectionStore(plugin, sealing, clock);
        OAuthApps apps = new OAuthApps(plugin, sealing, clock);
        TokenClient tokens = new TokenClient(new GuardedRequests(guard));
        Renewals renewals = new Renewals(store, apps, tokens, clock);
        connections = new Connections(registry, store, apps, tokens, renewals);
        calls = new ConnectorCalls(
                registry,
                new ConnectionCredentials(registry, store, renewals, secrets, clock),
                secrets,
                guard,
                new SharedCalls(plugin));
    }

    /** Makes a connection of tenant a, for all environments. */
    public Connection connect(
            String connector, String label, Map<String, String> settings, Map<String, String> fields) {
        ConnectionDraft draft = new ConnectionDraft(
                connector, Optional.empty(), Optional.empty(), label, fields, settings, List.of(), Optional.empty());
        return connections.create(EffectCalls.TENANT_A, draft, "test");
    }

    public Connection change(Connection connection, Map<String, String> settings, Map<String, String> fields) {
        ConnectionChange change =
                new ConnectionChange(Optional.empty(), fields, Optional.of(settings), Optional.empty());
        return connections.change(EffectCalls.TENANT_A, connection.id(), change, "test");
    }

    /** A call by a connection that it names. */
    public JsonNode callBy(String connection, String action, String input) {
        return EffectCalls.succeeded(performBy(connection, action, input)).path("output");
    }

    public EffectOutcome.Failed failureBy(String connection, String action, String input) {
        return EffectCalls.failed(performBy(connection, action, input));
    }

    private EffectOutcome performBy(String connection, String action, String input) {
        String json = input.contains("\"") ? input : input.replace('\'', '"');
        String arguments = "{\"connection\": \"" + connection + "\", \"input\": " + json + "}";
        return calls.perform(
                new EffectRequest("connector." + action, arguments),
                EffectCalls.scope(EffectCalls.TENANT_A),
                NO_RECORD);
    }

    public void secret(String name, String value) {
        secrets.put(EffectCalls.TENANT_A, Optional.empty(), name, value, "test");
    }

    public List<ConnectorDefinition> definitions() {
        return connectors.definitions();
    }

    /** The result of a call that succeeds; where it has no double quotes, single ones stand for them. */
    public JsonNode call(String action, String input, EffectScope scope) {
        return EffectCalls.succeeded(perform(action, input, scope)).path("output");
    }

    public JsonNode call(String action, String input) {
        return call(action, input, EffectCalls.scope(EffectCalls.TENANT_A));
    }

    /** The error of a call that fails. */
    public EffectOutcome.Failed failure(String action, String input) {
        return failure(action, input, EffectCalls.scope(EffectCalls.TENANT_A));
    }

    public EffectOutcome.Failed failure(String action, String input, EffectScope scope) {
        return EffectCalls.failed(perform(action, input, scope));
    }

    private EffectOutcome perform(String action, String input, EffectScope scope) {
        String json = input.contains("\"") ? input : input.replace('\'', '"');
        EffectRequest request = new EffectRequest("connector." + action, "{\"input\": " + json + "}");
        return calls.perform(request, scope, NO_RECORD);
    }

    @Override
    public void close() {
        calls.close();
        connectors.close();
    }
}
