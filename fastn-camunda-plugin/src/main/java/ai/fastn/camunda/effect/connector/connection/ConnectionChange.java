package ai.fastn.camunda.effect.connector.connection;

import java.util.Map;
import java.util.Optional;

/**
 * What shall be other in a connection; what is empty stays.
 *
 * @param fields new secret values by name; the others stay
 * @param settings all settings
 * @param active whether calls may use it
 */
public record ConnectionChange(
        Optional<String> label,
        Map<String, String> fields,
        Optional<Map<String, String>> settings,
        Optional<Boolean> active) {

    public ConnectionChange {
        fields = Map.copyOf(fields);
    }

    @Override
    public String toString() {
        return "change of a connection";
    }
}
