package ai.fastn.camunda.effect.connector.connection;

import ai.fastn.camunda.effect.EffectOutcome;
import ai.fastn.camunda.effect.EffectRequest;
import ai.fastn.camunda.effect.EffectScope;
import ai.fastn.camunda.effect.connector.ConnectorCalls;
import ai.fastn.camunda.effect.connector.ConnectorDefinition;
import ai.fastn.camunda.workflow.Environment;
import ai.fastn.camunda.workflow.TenantId;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** Finds out whether a connection works, by the READ action that its definition names for that. */
public final class Verification {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final Connections connections;
    private final ConnectionStore store;
    private final ConnectorCalls calls;
    private final Environment environment;
    private final Clock clock;

    public Verification(
            Connections connections,
            ConnectionStore store,
            ConnectorCalls calls,
            Environment environment,
            Clock clock) {
        this.connections = connections;
        this.store = store;
        this.calls = calls;
        this.environment = environment;
        this.clock = clock;
    }

    /**
     * What was found out.
     *
     * @param verified whether the service accepted it; empty: the definition names no action to try
     * @param message why not
     */
    public record Verdict(Connection connection, Optional<Boolean> verified, Optional<String> message) {}

    /**
     * Tries it, and keeps what was found out as its status.
     *
     * @throws ai.fastn.camunda.diagnostic.FastnException CONNECTION_UNKNOWN
     */
    public Verdict verify(TenantId tenant, String id) {
        Connection connection = connections.get(tenant, id);
        ConnectorDefinition definition = connections.definitionOf(connection);
        Optional<String> action = definition.connection().verify();
        if (action.isEmpty()) {
            return new Verdict(connection, Optional.empty(), Optional.empty());
        }
        if (connection.status() == ConnectionStatus.EXPIRED) {
            store.setStatus(connection, ConnectionStatus.ACTIVE, Optional.empty());
        }
        EffectOutcome outcome = calls.perform(
                request(connection, definition, action.get()), scope(connection), (database, record) -> {});
        Optional<String> message =
                outcome instanceof EffectOutcome.Failed failed ? Optional.of(failed.message()) : Optional.empty();
        keep(connections.get(tenant, id), message.isEmpty());
        return new Verdict(connections.get(tenant, id), Optional.of(message.isEmpty()), message);
    }

    /** What is switched off or has expired stays so, whatever the reason of the failure. */
    private void keep(Connection connection, boolean works) {
        if (works) {
            store.setStatus(connection, ConnectionStatus.ACTIVE, Optional.of(clock.instant()));
        } else if (connection.status() == ConnectionStatus.ACTIVE) {
            store.setStatus(connection, ConnectionStatus.FAILED, Optional.empty());
        }
    }

    private static EffectRequest request(Connection connection, ConnectorDefinition definition, String action) {
        ObjectNode arguments = JsonNodeFactory.instance
                .objectNode()
                .put("orgId", connection.managed() ? "managed" : "custom")
                .put("connection", connection.id());
        arguments.putObject("input");
        return new EffectRequest("connector." + definition.accessor() + "." + action, arguments.toString());
    }

    private EffectScope scope(Connection connection) {
        return EffectScope.outsideRuns(
                connection.tenant(), connection.environment().orElse(environment), "verify-connection", LIMIT);
    }
}
