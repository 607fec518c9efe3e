package ai.fastn.camunda.effect.connector;

import static ai.fastn.camunda.effect.EffectCalls.NO_RECORD;

import ai.fastn.camunda.effect.EffectCalls;
import ai.fastn.camunda.effect.EffectDatabases;
import ai.fastn.camunda.effect.EffectOutcome;
import ai.fastn.camunda.effect.EffectRequest;
import ai.fastn.camunda.effect.EffectScope;
import ai.fastn.camunda.effect.connector.builtin.BuiltInConnectors;
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
    private final SecretStore secrets = new SecretStore(
            plugin,
            new Sealing(plugin, MasterKey.ofBase64("MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=")),
            Clock.systemUTC());
    private final BuiltInConnectors connectors;
    private final ConnectorCalls calls;

    /** @param allowed host:port pairs that may be called */
    public BuiltIns(BuiltInConnectors.Settings settings, String allowed) {
        EgressGuard guard = EgressGuard.allowing(allowed);
        connectors = new BuiltInConnectors(
                settings,
                guard,
                (scope, name) ->
                        secrets.get(scope.tenant(), scope.environment(), name).map(Secret::value),
                () -> {
                    throw new AssertionError("no engine here");
                });
        calls = new ConnectorCalls(new ConnectorRegistry(connectors.definitions(), Map.of()), secrets, guard);
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
