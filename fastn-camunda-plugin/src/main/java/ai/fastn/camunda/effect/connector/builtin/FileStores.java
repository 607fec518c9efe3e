package ai.fastn.camunda.effect.connector.builtin;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.effect.connector.Credentials;
import ai.fastn.camunda.effect.connector.HttpRequests;
import ai.fastn.camunda.workflow.TenantId;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** The stores that the operator lists, of which each tenant sees its own folder, and the buckets of connections. */
final class FileStores implements AutoCloseable {

    private static final String USUAL_TENANT = "[A-Za-z0-9_-][A-Za-z0-9._-]*";

    private final Map<String, FileStoreSettings> listed;
    private final Map<String, S3Files> buckets = new ConcurrentHashMap<>();
    private final ConnectedBuckets connected;

    /** INSTALLATION when a store is neither a folder nor a bucket, or both. */
    FileStores(Map<String, FileStoreSettings> listed, HttpRequests requests) {
        this.connected = new ConnectedBuckets(requests);
        this.listed = new TreeMap<>(listed);
        listed.forEach((name, settings) -> {
            if ((settings.directory() == null) == (settings.bucket() == null)) {
                throw new FastnException(
                        ErrorCode.INSTALLATION,
                        "fastn.connectors.files." + name + " is to have either directory or bucket");
            }
        });
    }

    /** A store that the call names, else that of its connection, else the only one. */
    FileStore get(Optional<String> name, TenantId tenant, Credentials credentials) {
        return name.isPresent() || credentials.connection().isEmpty() ? get(name, tenant) : connected.get(credentials);
    }

    /** BUILT_IN_SETTING when there is no such store. */
    private FileStore get(Optional<String> name, TenantId tenant) {
        if (listed.isEmpty()) {
            throw Input.notSet("no store of files is set: make a connection, or the operator lists them as"
                    + " fastn.connectors.files.<name>.directory");
        }
        if (name.isEmpty() && listed.size() > 1) {
            throw Input.wrong("input member \"store\" is missing; there are " + String.join(", ", listed.keySet()));
        }
        String wanted = name.orElseGet(() -> listed.keySet().iterator().next());
        FileStoreSettings settings = listed.get(wanted);
        if (settings == null) {
            throw Input.notSet("store \"" + wanted + "\" is not set; there are " + String.join(", ", listed.keySet()));
        }
        String folder = folder(tenant);
        return settings.directory() == null
                ? buckets.computeIfAbsent(wanted, any -> S3Files.of(settings)).below(folder)
                : new LocalFiles(Path.of(Objects.requireNonNull(settings.directory()), folder));
    }

    private static String folder(TenantId tenant) {
        if (!tenant.value().matches(USUAL_TENANT)) {
            throw Input.refused("tenant \"" + tenant + "\" has a name that no folder can have");
        }
        return tenant.value();
    }

    @Override
    public void close() {
        for (S3Files bucket : buckets.values()) { // a method reference would need the SDK, which need not be there
            bucket.close();
        }
        connected.close();
    }
}
