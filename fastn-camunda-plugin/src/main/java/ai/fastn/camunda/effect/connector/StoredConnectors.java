package ai.fastn.camunda.effect.connector;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.workflow.TenantId;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessException;

/**
 * The tenants' own definitions in the plugin's database, kept in memory. At most once per second a node asks whether
 * any node has changed one; a call of an effect does not wait for a query otherwise. Thread-safe.
 */
public final class StoredConnectors {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long OLDEST_NANOS = Duration.ofSeconds(1).toNanos();
    private static final int VERSIONS_KEPT = 1_000;

    private final ConnectorStore store;
    private final AtomicLong checkedAt = new AtomicLong(System.nanoTime() - OLDEST_NANOS);
    private final Map<VersionKey, InstalledConnector> versions = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<VersionKey, InstalledConnector> eldest) {
            return size() > VERSIONS_KEPT;
        }
    };
    private volatile Snapshot snapshot = new Snapshot(-1, new ConcurrentHashMap<>());

    public StoredConnectors(DataSource plugin) {
        this.store = new ConnectorStore(plugin);
    }

    /** What was read since the tables had a revision. */
    private record Snapshot(long revision, ConcurrentMap<TenantId, List<InstalledConnector>> current) {}

    private record VersionKey(TenantId tenant, String slug, int version) {}

    /** The newest versions, at most a second old where another node has changed one. */
    List<InstalledConnector> current(TenantId tenant) {
        long checked = checkedAt.get();
        long now = System.nanoTime();
        if (now - checked >= OLDEST_NANOS && checkedAt.compareAndSet(checked, now)) {
            renew();
        }
        return known(tenant);
    }

    /** The newest versions. */
    List<InstalledConnector> now(TenantId tenant) {
        renew();
        return known(tenant);
    }

    /** One version, also of a definition that was deleted since. */
    Optional<InstalledConnector> version(TenantId tenant, String slug, int version) {
        VersionKey key = new VersionKey(tenant, slug, version);
        synchronized (versions) {
            InstalledConnector known = versions.get(key);
            if (known != null) {
                return Optional.of(known);
            }
        }
        Optional<InstalledConnector> found =
                read(() -> store.version(tenant, slug, version)).map(StoredConnectors::installed);
        found.ifPresent(connector -> {
            synchronized (versions) {
                versions.put(key, connector);
            }
        });
        return found;
    }

    List<ConnectorVersion> versions(TenantId tenant, String slug) {
        return read(() -> store.versions(tenant, slug));
    }

    int add(TenantId tenant, String slug, JsonNode document, String who) {
        return read(() -> store.add(tenant, slug, document.toString(), who));
    }

    boolean delete(TenantId tenant, String slug) {
        return read(() -> store.delete(tenant, slug));
    }

    private void renew() {
        long revision = read(store::revision);
        if (revision != snapshot.revision()) {
            snapshot = new Snapshot(revision, new ConcurrentHashMap<>());
        }
    }

    private List<InstalledConnector> known(TenantId tenant) {
        return snapshot.current()
                .computeIfAbsent(
                        tenant,
                        absent -> read(() -> store.current(tenant)).stream()
                                .map(StoredConnectors::installed)
                                .toList());
    }

    private static InstalledConnector installed(ConnectorStore.Row row) {
        JsonNode document = parse(row.document());
        return new InstalledConnector(
                DefinitionReader.read(new DefinitionNode(row.slug(), "", document)),
                Origin.CUSTOM,
                Optional.of(new InstalledConnector.Stored(row.version(), document)));
    }

    private static JsonNode parse(String document) {
        try {
            return JSON.readTree(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("bug: a stored definition is JSON", e);
        }
    }

    private static <T> T read(Supplier<T> query) {
        try {
            return query.get();
        } catch (DataAccessException e) {
            throw new FastnException(
                    ErrorCode.CONNECTOR_STORE, "connector definitions can not be reached: the database refuses", e);
        }
    }
}
