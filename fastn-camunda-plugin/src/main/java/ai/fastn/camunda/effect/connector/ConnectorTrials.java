package ai.fastn.camunda.effect.connector;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.effect.EffectOutcome;
import ai.fastn.camunda.effect.EffectRequest;
import ai.fastn.camunda.effect.EffectScope;
import ai.fastn.camunda.workflow.Environment;
import ai.fastn.camunda.workflow.TenantId;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Performs an action outside any workflow, or imitates it, for somebody who tries it. */
public final class ConnectorTrials {

    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final ConnectorRegistry registry;
    private final ConnectorCalls calls;
    private final Environment environment;

    public ConnectorTrials(ConnectorRegistry registry, ConnectorCalls calls, Environment environment) {
        this.registry = registry;
        this.calls = calls;
        this.environment = environment;
    }

    /**
     * Really performs an action, with the connection and the secrets of the tenant.
     *
     * @param connection which of several; null: the usual one
     * @throws FastnException CONNECTOR_UNKNOWN, ACTION_UNKNOWN
     */
    public EffectOutcome live(
            TenantId tenant, String slug, String action, @Nullable String connection, JsonNode input) {
        InstalledConnector connector = connector(tenant, slug, action);
        ObjectNode arguments = JsonNodeFactory.instance.objectNode();
        arguments.put("orgId", connector.origin().word()).put("connection", connection);
        arguments.set("input", input);
        EffectRequest request = new EffectRequest(
                "connector." + connector.definition().accessor() + "." + action, arguments.toString());
        return calls.perform(
                request,
                EffectScope.outsideRuns(tenant, environment, "connector-test", LONGEST),
                (database, outcome) -> {});
    }

    /**
     * What an action would answer: the example of its output schema, or a value that fits it; null where it has none.
     *
     * @throws FastnException CONNECTOR_UNKNOWN, ACTION_UNKNOWN
     */
    public JsonNode imitated(TenantId tenant, String slug, String action) {
        ConnectorDefinition definition = connector(tenant, slug, action).definition();
        return new ImitatedCalls(definition, definition.action(action).orElseThrow()).sample();
    }

    private InstalledConnector connector(TenantId tenant, String slug, String action) {
        InstalledConnector connector = registry.get(tenant, slug);
        if (connector.definition().action(action).isEmpty()) {
            throw new FastnException(
                    ErrorCode.ACTION_UNKNOWN, "action \"" + action + "\" of connector \"" + slug + "\" does not exist");
        }
        return connector;
    }
}
