package ai.fastn.camunda.effect;

import ai.fastn.camunda.workflow.ConnectorVersions;
import ai.fastn.camunda.workflow.StepKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the compiler knows of the connectors of one tenant: names, titles and kinds, a snapshot. The same catalog gives
 * the same BPMN.
 *
 * @param connectors by accessor ({@code hubspotCrm}); where a tenant's own and a managed definition share a name, the
 *     tenant's own
 * @param hidden managed ones, by accessor, whose name the tenant uses for its own
 */
public record EffectCatalog(Map<String, ConnectorEntry> connectors, Map<String, ConnectorEntry> hidden) {

    public static final EffectCatalog EMPTY = new EffectCatalog(Map.of());

    public EffectCatalog {
        connectors = Map.copyOf(connectors);
        hidden = Map.copyOf(hidden);
    }

    /** These, of which none hides another. */
    public EffectCatalog(Map<String, ConnectorEntry> connectors) {
        this(connectors, Map.of());
    }

    /** The same where the managed one is meant, also where the tenant has its own. */
    public Optional<ConnectorEntry> managedConnector(String accessorOrSlug) {
        return find(hidden, accessorOrSlug).or(() -> connector(accessorOrSlug));
    }

    /** Finds a connector by accessor ({@code hubspotCrm}) or slug ({@code hubspot-crm}). */
    public Optional<ConnectorEntry> connector(String accessorOrSlug) {
        return find(connectors, accessorOrSlug);
    }

    private static Optional<ConnectorEntry> find(Map<String, ConnectorEntry> entries, String accessorOrSlug) {
        ConnectorEntry byAccessor = entries.get(accessorOrSlug);
        return byAccessor != null
                ? Optional.of(byAccessor)
                : entries.values().stream()
                        .filter(entry -> entry.slug().equals(accessorOrSlug))
                        .findFirst();
    }

    /**
     * One connector: {@code slug} hubspot-crm, {@code accessor} hubspotCrm, {@code title} "HubSpot CRM".
     *
     * @param version what a published workflow holds on to, see {@link ConnectorVersions}; empty: nothing
     */
    public record ConnectorEntry(
            String slug, String accessor, String title, List<ActionEntry> actions, OptionalInt version) {

        public ConnectorEntry {
            actions = List.copyOf(actions);
        }

        public Optional<ActionEntry> action(String name) {
            return actions.stream().filter(action -> action.name().equals(name)).findFirst();
        }
    }

    /**
     * One action: {@code name} getDeal, {@code title} "Get deal", READ or WRITE.
     *
     * @param parameters the members that its argument may have; empty: also others
     * @param required the members that its argument must have
     */
    public record ActionEntry(
            String name, String title, StepKind kind, Optional<List<String>> parameters, List<String> required) {

        public ActionEntry {
            parameters = parameters.map(List::copyOf);
            required = List.copyOf(required);
        }
    }
}
