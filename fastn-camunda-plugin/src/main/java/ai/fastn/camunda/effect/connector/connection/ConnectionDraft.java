package ai.fastn.camunda.effect.connector.connection;

import ai.fastn.camunda.workflow.Environment;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What somebody says of a new connection.
 *
 * @param connector slug or accessor
 * @param orgId managed or custom; empty: the tenant's own definition, else the managed one
 * @param environment empty: for every environment
 * @param fields secret values by name
 * @param settings values that are not secret
 * @param scopes empty: those of the definition
 * @param isDefault empty: when it is the first of its connector and environment
 */
public record ConnectionDraft(
        String connector,
        Optional<String> orgId,
        Optional<Environment> environment,
        String label,
        Map<String, String> fields,
        Map<String, String> settings,
        List<String> scopes,
        Optional<Boolean> isDefault) {

    public ConnectionDraft {
        fields = Map.copyOf(fields);
        settings = Map.copyOf(settings);
        scopes = List.copyOf(scopes);
    }

    @Override
    public String toString() {
        return "draft of connection " + label;
    }
}
