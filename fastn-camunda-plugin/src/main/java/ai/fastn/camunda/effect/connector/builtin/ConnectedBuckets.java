package ai.fastn.camunda.effect.connector.builtin;

import ai.fastn.camunda.effect.connector.Credentials;
import ai.fastn.camunda.effect.connector.HttpRequests;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Buckets that tenants have connected; the clients of those that were used last are kept. Thread-safe. */
final class ConnectedBuckets implements AutoCloseable {

    private static final int KEPT = 100;
    private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
    private static final Pattern REGION = Pattern.compile("[a-z0-9-]{2,32}");

    private final HttpRequests requests;
    private final Map<FileStoreSettings, S3Files> clients = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<FileStoreSettings, S3Files> eldest) {
            return size() > KEPT; // it holds no thread and no socket of its own: nothing to close
        }
    };

    ConnectedBuckets(HttpRequests requests) {
        this.requests = requests;
    }

    /** The whole bucket of a connection. */
    FileStore get(Credentials credentials) {
        FileStoreSettings settings = settings(credentials.settings(), credentials.fields());
        synchronized (clients) {
            return clients.computeIfAbsent(settings, made -> S3Files.connected(made, requests));
        }
    }

    private static FileStoreSettings settings(Map<String, String> said, Map<String, String> fields) {
        return new FileStoreSettings(
                null,
                matching("bucket", said.get("bucket"), BUCKET),
                endpoint(said.get("endpoint")),
                said.containsKey("region") ? matching("region", said.get("region"), REGION) : null,
                fields.get("accessKey"),
                fields.get("secretKey"));
    }

    private static String matching(String setting, @Nullable String value, Pattern form) {
        if (value == null || !form.matcher(value).matches()) {
            throw Input.incomplete("setting \"" + setting + "\" of the connection is not the name of a " + setting);
        }
        return value;
    }

    private static @Nullable URI endpoint(@Nullable String text) {
        try {
            URI url = text == null ? null : new URI(text);
            if (url == null || url.getHost() != null) {
                return url;
            }
        } catch (URISyntaxException e) {
            // Not shown: the setting may hold what belongs into a field.
        }
        throw Input.incomplete("setting \"endpoint\" of the connection is not a URL: http(s)://host[:port]");
    }

    @Override
    public void close() {
        synchronized (clients) {
            for (S3Files client : clients.values()) { // a method reference would need the SDK, which need not be there
                client.close();
            }
        }
    }
}
