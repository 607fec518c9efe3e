package ai.fastn.camunda.effect.connector;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A definition that a tenant can call.
 *
 * @param stored what the tenant keeps of it; empty for a file of the operator
 */
public record InstalledConnector(ConnectorDefinition definition, Origin origin, Optional<Stored> stored) {

    /**
     * A version in the plugin's database.
     *
     * @param version from 1
     * @param document the definition as JSON, as it was given
     */
    public record Stored(int version, JsonNode document) {}

    static InstalledConnector file(ConnectorDefinition definition, Origin origin) {
        return new InstalledConnector(definition, origin, Optional.empty());
    }

    /** The version; empty for a file of the operator, which has none. */
    public OptionalInt version() {
        return stored.map(each -> OptionalInt.of(each.version())).orElse(OptionalInt.empty());
    }

    boolean isNamed(String accessorOrSlug) {
        return definition.isNamed(accessorOrSlug);
    }
}
