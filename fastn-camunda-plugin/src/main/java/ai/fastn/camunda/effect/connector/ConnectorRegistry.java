package ai.fastn.camunda.effect.connector;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.effect.EffectCatalog;
import ai.fastn.camunda.effect.EffectCatalog.ConnectorEntry;
import ai.fastn.camunda.workflow.TenantId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All connectors: those the operator installed for everybody (managed) and each tenant's own (custom). */
public final class ConnectorRegistry {

    private final List<ConnectorDefinition> managed;
    private final Map<TenantId, List<ConnectorDefinition>> custom;

    /**
     * These definitions.
     *
     * @throws FastnException CONNECTOR_DEFINITION when an owner has two with one name
     */
    public ConnectorRegistry(List<ConnectorDefinition> managed, Map<TenantId, List<ConnectorDefinition>> custom) {
        this.managed = List.copyOf(managed);
        this.custom = Map.copyOf(custom);
        requireDistinct(managed);
        custom.values().forEach(ConnectorRegistry::requireDistinct);
    }

    /** What the compiler may know: everything a tenant can call, its own definitions before managed ones. */
    public EffectCatalog catalogOf(TenantId tenant) {
        Map<String, ConnectorEntry> entries = new HashMap<>();
        Stream.concat(managed.stream(), own(tenant).stream())
                .forEach(definition -> entries.put(definition.accessor(), definition.entry()));
        return new EffectCatalog(entries);
    }

    /** The definitions a tenant can call, managed ones first. */
    public List<ConnectorDefinition> definitionsOf(TenantId tenant) {
        return Stream.concat(managed.stream(), own(tenant).stream()).toList();
    }

    /**
     * The definition a call means.
     *
     * @param orgId managed, custom, or null: the tenant's own, else the managed one
     * @throws FastnException CONNECTOR_UNKNOWN
     */
    public ConnectorDefinition resolve(TenantId tenant, String accessorOrSlug, @Nullable String orgId) {
        List<ConnectorDefinition> candidates = switch (orgId == null ? "" : orgId) {
            case "" -> Stream.concat(own(tenant).stream(), managed.stream()).toList();
            case "managed" -> managed;
            case "custom" -> own(tenant);
            default ->
                throw new FastnException(
                        ErrorCode.CONNECTOR_UNKNOWN,
                        "connector \"" + accessorOrSlug + "\": orgId \"" + orgId
                                + "\" is neither \"managed\" nor \"custom\"");
        };
        return candidates.stream()
                .filter(definition -> definition.isNamed(accessorOrSlug))
                .findFirst()
                .orElseThrow(() -> unknown(accessorOrSlug, orgId, candidates));
    }

    /** Whether the operator gave this definition, and not a tenant. */
    public boolean isManaged(ConnectorDefinition definition) {
        return managed.contains(definition);
    }

    /** Every definition of any owner under this name. */
    List<ConnectorDefinition> named(String accessorOrSlug) {
        return Stream.concat(managed.stream(), custom.values().stream().flatMap(List::stream))
                .filter(definition -> definition.isNamed(accessorOrSlug))
                .toList();
    }

    private List<ConnectorDefinition> own(TenantId tenant) {
        return custom.getOrDefault(tenant, List.of());
    }

    private static FastnException unknown(String name, @Nullable String orgId, List<ConnectorDefinition> candidates) {
        String known = candidates.stream()
                .map(ConnectorDefinition::accessor)
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
        String owner = Optional.ofNullable(orgId).map(o -> o + " ").orElse("");
        return new FastnException(
                ErrorCode.CONNECTOR_UNKNOWN,
                owner + "connector \"" + name + "\" does not exist; there "
                        + (known.isEmpty() ? "is none" : "are " + known));
    }

    private static void requireDistinct(List<ConnectorDefinition> definitions) {
        Set<String> names = new HashSet<>();
        for (ConnectorDefinition definition : definitions) {
            if (!names.add(definition.accessor())) {
                throw new FastnException(
                        ErrorCode.CONNECTOR_DEFINITION,
                        "connector \"" + definition.slug() + "\" is defined twice by one owner");
            }
        }
    }
}
