package ai.fastn.camunda.effect.connector;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.effect.EffectCatalog;
import ai.fastn.camunda.effect.EffectCatalog.ConnectorEntry;
import ai.fastn.camunda.workflow.ConnectorVersions;
import ai.fastn.camunda.workflow.TenantId;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All connectors: those the operator installed for everybody (managed) and each tenant's own (custom), of which the
 * tenant keeps some in the database and the operator others in files.
 */
public final class ConnectorRegistry {

    private final List<InstalledConnector> managed;
    private final Map<TenantId, List<InstalledConnector>> files;
    private final Optional<StoredConnectors> stored;

    /**
     * These definitions and no others.
     *
     * @throws FastnException CONNECTOR_DEFINITION when an owner has two with one name
     */
    public ConnectorRegistry(List<ConnectorDefinition> managed, Map<TenantId, List<ConnectorDefinition>> custom) {
        this(managed, custom, Optional.empty());
    }

    /** These definitions, and what the tenants keep in the database. */
    public ConnectorRegistry(
            List<ConnectorDefinition> managed,
            Map<TenantId, List<ConnectorDefinition>> custom,
            StoredConnectors stored) {
        this(managed, custom, Optional.of(stored));
    }

    private ConnectorRegistry(
            List<ConnectorDefinition> managed,
            Map<TenantId, List<ConnectorDefinition>> custom,
            Optional<StoredConnectors> stored) {
        requireDistinct(managed);
        custom.values().forEach(ConnectorRegistry::requireDistinct);
        this.managed = installed(managed, Origin.MANAGED);
        this.files = custom.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey, each -> installed(each.getValue(), Origin.CUSTOM)));
        this.stored = stored;
    }

    private static List<InstalledConnector> installed(List<ConnectorDefinition> definitions, Origin origin) {
        return definitions.stream()
                .map(definition -> InstalledConnector.file(definition, origin))
                .toList();
    }

    /** What the compiler may know of a tenant's connectors as they are now. */
    public EffectCatalog catalogOf(TenantId tenant) {
        return catalogOf(tenant, ConnectorVersions.NONE);
    }

    /**
     * What the compiler may know: everything a tenant can call, its own definitions before managed ones.
     *
     * @param pinned versions that the workflow wants
     * @throws FastnException CONNECTOR_VERSION_UNKNOWN for one that does not exist
     */
    public EffectCatalog catalogOf(TenantId tenant, ConnectorVersions pinned) {
        Map<String, ConnectorEntry> entries = new HashMap<>();
        for (InstalledConnector connector : connectorsOf(tenant, pinned)) {
            ConnectorEntry entry = connector.definition().entry(versionOf(connector));
            entries.put(entry.accessor(), entry);
        }
        return new EffectCatalog(entries, hiddenBy(entries));
    }

    private Map<String, ConnectorEntry> hiddenBy(Map<String, ConnectorEntry> entries) {
        return managed.stream()
                .map(connector -> connector.definition().entry(versionOf(connector)))
                .filter(entry -> !entry.equals(entries.get(entry.accessor())))
                .collect(Collectors.toMap(ConnectorEntry::accessor, entry -> entry));
    }

    /** What a published workflow holds on to: nothing for the operator's file for one tenant. */
    private static OptionalInt versionOf(InstalledConnector connector) {
        return connector.origin() == Origin.MANAGED ? OptionalInt.of(ConnectorVersions.MANAGED) : connector.version();
    }

    /** The connectors that a name in code of a tenant means, by slug; the same for a workflow with pinned versions. */
    public List<InstalledConnector> connectorsOf(TenantId tenant, ConnectorVersions pinned) {
        Map<String, InstalledConnector> found = new LinkedHashMap<>();
        Stream.of(managed.stream(), filesOf(tenant).stream(), now(tenant).stream())
                .flatMap(connectors -> connectors)
                .forEach(connector -> found.put(connector.definition().accessor(), connector));
        pinned.bySlug().forEach((slug, version) -> {
            InstalledConnector connector = version(tenant, slug, version);
            found.put(connector.definition().accessor(), connector);
        });
        return found.values().stream()
                .sorted(Comparator.comparing(connector -> connector.definition().slug()))
                .toList();
    }

    /** The definitions a tenant can call, managed ones first. */
    public List<ConnectorDefinition> definitionsOf(TenantId tenant) {
        return Stream.of(managed, filesOf(tenant), now(tenant))
                .flatMap(List::stream)
                .map(InstalledConnector::definition)
                .toList();
    }

    /**
     * The connector of a slug as a tenant's code sees it.
     *
     * @throws FastnException CONNECTOR_UNKNOWN
     */
    public InstalledConnector get(TenantId tenant, String slug) {
        List<InstalledConnector> all = connectorsOf(tenant, ConnectorVersions.NONE);
        return all.stream()
                .filter(connector -> connector.definition().slug().equals(slug))
                .findFirst()
                .orElseThrow(() -> unknown(slug, null, all));
    }

    /** What {@link #put} has done: the version that is current now, and whether it was before. */
    public record Put(InstalledConnector connector, boolean unchanged) {}

    /**
     * Makes a definition of a tenant's own, or the next version of it; the version before stays for workflows that were
     * published with it.
     *
     * @param document has the form of a definition file
     * @throws FastnException CONNECTOR_DEFINITION naming the place of the first mistake, CONNECTOR_NOT_OWN
     */
    public Put put(TenantId tenant, String slug, JsonNode document, String who) {
        ConnectorDefinition definition = DefinitionReader.read(new DefinitionNode(slug, "", document));
        requireSlug(slug, definition);
        requireOwn(tenant, slug);
        List<InstalledConnector> before = now(tenant);
        requireFree(definition, before);
        Optional<InstalledConnector> same = before.stream()
                .filter(connector -> connector.definition().slug().equals(slug))
                .filter(connector -> connector.stored().orElseThrow().document().equals(document))
                .findFirst();
        if (same.isPresent()) {
            return new Put(same.get(), true);
        }
        int version = database().add(tenant, slug, document, who);
        return new Put(version(tenant, slug, version), false);
    }

    /**
     * Deletes a definition of a tenant's own: nobody can publish a workflow with it any more, and those that were go
     * on.
     *
     * @throws FastnException CONNECTOR_UNKNOWN, CONNECTOR_NOT_OWN
     */
    public void delete(TenantId tenant, String slug) {
        InstalledConnector connector = get(tenant, slug);
        if (connector.stored().isEmpty()) {
            throw notOwn(slug);
        }
        database().delete(tenant, slug);
        now(tenant);
    }

    /**
     * The versions of a tenant's own definition, newest first; none for what the operator installed.
     *
     * @throws FastnException CONNECTOR_UNKNOWN
     */
    public List<ConnectorVersion> versions(TenantId tenant, String slug) {
        List<ConnectorVersion> versions =
                stored.map(database -> database.versions(tenant, slug)).orElse(List.of());
        if (versions.isEmpty()) {
            get(tenant, slug);
        }
        return versions;
    }

    /**
     * One version of a tenant's own definition, also of one that was deleted since.
     *
     * @throws FastnException CONNECTOR_VERSION_UNKNOWN
     */
    public InstalledConnector version(TenantId tenant, String slug, int version) {
        return stored.flatMap(database -> database.version(tenant, slug, version))
                .orElseThrow(() -> new FastnException(
                        ErrorCode.CONNECTOR_VERSION_UNKNOWN,
                        "connector \"" + slug + "\" has no version " + version
                                + ": only definitions that a tenant keeps itself have versions"));
    }

    /**
     * The definition that code of a tenant means at the moment.
     *
     * @param orgId managed, custom, or null: the tenant's own, else the managed one
     * @throws FastnException CONNECTOR_UNKNOWN
     */
    public ConnectorDefinition resolve(TenantId tenant, String accessorOrSlug, @Nullable String orgId) {
        return resolve(tenant, accessorOrSlug, orgId, ConnectorVersions.NONE);
    }

    /**
     * The definition a call means.
     *
     * @param orgId managed, custom, or null: the tenant's own, else the managed one
     * @param versions with which the workflow was published
     * @throws FastnException CONNECTOR_UNKNOWN, CONNECTOR_VERSION_UNKNOWN
     */
    ConnectorDefinition resolve(
            TenantId tenant, String accessorOrSlug, @Nullable String orgId, ConnectorVersions versions) {
        List<InstalledConnector> candidates = switch (orgId == null ? "" : orgId) {
            case "" -> candidates(tenant, accessorOrSlug, versions);
            case "managed" -> managed;
            case "custom" -> own(tenant, accessorOrSlug, versions);
            default ->
                throw new FastnException(
                        ErrorCode.CONNECTOR_UNKNOWN,
                        "connector \"" + accessorOrSlug + "\": orgId \"" + orgId
                                + "\" is neither \"managed\" nor \"custom\"");
        };
        return candidates.stream()
                .filter(connector -> connector.isNamed(accessorOrSlug))
                .findFirst()
                .map(InstalledConnector::definition)
                .orElseThrow(() -> unknown(accessorOrSlug, orgId, candidates));
    }

    private List<InstalledConnector> candidates(TenantId tenant, String name, ConnectorVersions versions) {
        List<InstalledConnector> named =
                managed.stream().filter(connector -> connector.isNamed(name)).toList();
        boolean chosen = named.stream()
                .anyMatch(connector ->
                        versions.of(connector.definition().slug()).equals(OptionalInt.of(ConnectorVersions.MANAGED)));
        return chosen
                ? named
                : Stream.concat(own(tenant, name, versions).stream(), managed.stream())
                        .toList();
    }

    /** Whether the operator gave this definition, and not a tenant. */
    public boolean isManaged(ConnectorDefinition definition) {
        return managed.stream().anyMatch(each -> each.definition().equals(definition));
    }

    /** The tenant's own definitions; under this name the version that the workflow was published with. */
    private List<InstalledConnector> own(TenantId tenant, String name, ConnectorVersions versions) {
        Optional<InstalledConnector> published = versions.bySlug().entrySet().stream()
                .filter(each -> each.getValue() != ConnectorVersions.MANAGED)
                .filter(each -> ConnectorDefinition.isNamed(each.getKey(), name))
                .findFirst()
                .map(each -> version(tenant, each.getKey(), each.getValue()));
        return published
                .map(List::of)
                .orElseGet(() -> Stream.concat(
                                stored.map(database -> database.current(tenant)).orElse(List.of()).stream(),
                                filesOf(tenant).stream())
                        .toList());
    }

    private List<InstalledConnector> filesOf(TenantId tenant) {
        return files.getOrDefault(tenant, List.of());
    }

    private List<InstalledConnector> now(TenantId tenant) {
        return stored.map(database -> database.now(tenant)).orElse(List.of());
    }

    private StoredConnectors database() {
        return stored.orElseThrow(() -> new IllegalStateException("bug: this registry has files only"));
    }

    private void requireOwn(TenantId tenant, String slug) {
        if (filesOf(tenant).stream().anyMatch(file -> file.definition().slug().equals(slug))) {
            throw notOwn(slug);
        }
    }

    private static FastnException notOwn(String slug) {
        return new FastnException(
                ErrorCode.CONNECTOR_NOT_OWN,
                "connector \"" + slug + "\" is a file of the operator: only definitions that a tenant keeps itself can"
                        + " be changed here");
    }

    private static void requireSlug(String slug, ConnectorDefinition definition) {
        if (!definition.slug().equals(slug)) {
            throw new FastnException(
                    ErrorCode.CONNECTOR_DEFINITION,
                    "connector definition " + slug + ": slug is \"" + definition.slug() + "\" and the path says \""
                            + slug + "\"");
        }
    }

    private static void requireFree(ConnectorDefinition definition, List<InstalledConnector> others) {
        for (InstalledConnector other : others) {
            if (other.definition().accessor().equals(definition.accessor())
                    && !other.definition().slug().equals(definition.slug())) {
                throw new FastnException(
                        ErrorCode.CONNECTOR_DEFINITION,
                        "connector definition " + definition.slug() + ": in code it would be called \""
                                + definition.accessor() + "\", as \""
                                + other.definition().slug() + "\" is");
            }
        }
    }

    private static FastnException unknown(String name, @Nullable String orgId, List<InstalledConnector> candidates) {
        String known = candidates.stream()
                .map(connector -> connector.definition().accessor())
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
