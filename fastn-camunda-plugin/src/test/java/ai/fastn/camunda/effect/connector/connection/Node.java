package ai.fastn.camunda.effect.connector.connection;

import static ai.fastn.camunda.effect.EffectCalls.NO_RECORD;

import ai.fastn.camunda.effect.EffectOutcome;
import ai.fastn.camunda.effect.EffectRequest;
import ai.fastn.camunda.effect.EffectScope;
import ai.fastn.camunda.effect.connector.ConnectorCalls;
import ai.fastn.camunda.effect.connector.ConnectorFiles;
import ai.fastn.camunda.effect.connector.ConnectorRegistry;
import ai.fastn.camunda.effect.connector.EgressGuard;
import ai.fastn.camunda.effect.connector.GuardedRequests;
import ai.fastn.camunda.effect.connector.SharedCalls;
import ai.fastn.camunda.effect.secret.MasterKey;
import ai.fastn.camunda.effect.secret.Sealing;
import ai.fastn.camunda.effect.secret.SecretStore;
import ai.fastn.camunda.workflow.Environment;
import ai.fastn.camunda.workflow.TenantId;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/** The parts of one node that have to do with connections, over a database that nodes share. */
record Node(
        ConnectionStore store,
        OAuthApps apps,
        Connections connections,
        OAuthFlow flow,
        SecretStore secrets,
        ConnectorCalls calls) {

    static Node of(DataSource plugin, MasterKey key, ConnectorRegistry registry, FakeProvider provider, Clock clock) {
        Sealing sealing = new Sealing(plugin, key);
        EgressGuard guard = EgressGuard.allowing("localhost:" + provider.port());
        ConnectionStore store = new ConnectionStore(plugin, sealing, clock);
        OAuthApps apps = new OAuthApps(plugin, sealing, clock);
        TokenClient tokens = new TokenClient(new GuardedRequests(guard));
        Renewals renewals = new Renewals(store, apps, tokens, clock);
        SecretStore secrets = new SecretStore(plugin, sealing, clock);
        ConnectorCalls calls = new ConnectorCalls(
                registry,
                new ConnectionCredentials(registry, store, renewals, secrets, clock),
                secrets,
                guard,
                new SharedCalls(plugin));
        Connections connections = new Connections(registry, store, apps, tokens, renewals);
        OAuthFlow flow = new OAuthFlow(registry, connections, apps, tokens, plugin, sealing, clock);
        return new Node(store, apps, connections, flow, secrets, calls);
    }

    /** A connector with the READ action {@code me}. */
    static String definition(FakeProvider provider, String slug, String path, String auth) {
        return "slug: " + slug + "\ntitle: Service\nbaseUrl: " + provider.url() + "\nauth: " + auth
                + "\nconnection: {verify: me}\nactions:\n  me: {method: GET, path: " + path + "}\n";
    }

    static ConnectorRegistry registry(List<String> definitions) {
        ConnectorFiles files = new ConnectorFiles(text -> text);
        return new ConnectorRegistry(
                definitions.stream().map(yaml -> files.parse("test.yaml", yaml)).toList(), Map.of());
    }

    EffectOutcome call(String connector, String arguments, EffectScope scope) {
        return calls.perform(
                new EffectRequest("connector." + connector + ".me", arguments.replace('\'', '"')), scope, NO_RECORD);
    }

    Connection connect(TenantId tenant, String connector, String label, Map<String, String> fields) {
        return connect(tenant, connector, label, fields, Optional.empty());
    }

    Connection connect(
            TenantId tenant,
            String connector,
            String label,
            Map<String, String> fields,
            Optional<Environment> environment) {
        return connections.create(
                tenant,
                new ConnectionDraft(
                        connector, Optional.empty(), environment, label, fields, Map.of(), List.of(), Optional.empty()),
                "anna");
    }
}
