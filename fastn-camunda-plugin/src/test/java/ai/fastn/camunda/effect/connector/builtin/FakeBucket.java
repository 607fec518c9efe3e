package ai.fastn.camunda.effect.connector.builtin;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A store that speaks as much of S3 as files need: objects, listings with a delimiter and pages, one access key. */
final class FakeBucket implements AutoCloseable {

    static final String ACCESS_KEY = "test-access-key";

    final Map<String, byte[]> objects = new ConcurrentSkipListMap<>();
    private final AtomicInteger failures = new AtomicInteger();
    private final HttpServer server;

    FakeBucket() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", this::answer);
        server.start();
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** The next calls fail so many times. */
    void failNext(int times) {
        failures.set(times);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String authorization = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
            String key = exchange.getRequestURI().getPath().replaceFirst("^/files/?", "");
            if (failures.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
                error(exchange, 503, "SlowDown");
            } else if (!authorization.startsWith("AWS4-HMAC-SHA256 Credential=" + ACCESS_KEY + "/")) {
                error(exchange, 403, "InvalidAccessKeyId");
            } else if (key.isEmpty()) {
                send(exchange, 200, listing(query(exchange)));
            } else {
                object(exchange, key, body);
            }
        }
    }

    private void object(HttpExchange exchange, String key, byte[] body) throws IOException {
        switch (exchange.getRequestMethod()) {
            case "PUT" -> {
                objects.put(key, body);
                exchange.getResponseHeaders().set("ETag", "\"1\"");
                exchange.sendResponseHeaders(200, -1);
            }
            case "DELETE" -> {
                objects.remove(key);
                exchange.sendResponseHeaders(204, -1);
            }
            case "HEAD" -> exchange.sendResponseHeaders(objects.containsKey(key) ? 200 : 404, -1);
            default -> {
                byte[] content = objects.get(key);
                if (content == null) {
                    error(exchange, 404, "NoSuchKey");
                    return;
                }
                exchange.sendResponseHeaders(200, content.length == 0 ? -1 : content.length);
                exchange.getResponseBody().write(content);
            }
        }
    }

    /** The token of the next page is what the last entry was. */
    private String listing(Map<String, String> query) {
        String prefix = query.getOrDefault("prefix", "");
        Map<String, String> entries = new LinkedHashMap<>();
        for (Map.Entry<String, byte[]> object : objects.entrySet()) {
            String rest = object.getKey()
                    .substring(Math.min(prefix.length(), object.getKey().length()));
            if (!object.getKey().startsWith(prefix)) {
                continue;
            }
            int slash = rest.indexOf('/');
            String key = slash < 0 ? object.getKey() : prefix + rest.substring(0, slash + 1);
            entries.put(
                    key,
                    slash < 0
                            ? "<Contents><Key>" + key
                                    + "</Key><LastModified>2026-03-01T10:00:00.000Z</LastModified><Size>"
                                    + object.getValue().length + "</Size></Contents>"
                            : "<CommonPrefixes><Prefix>" + key + "</Prefix></CommonPrefixes>");
        }
        String after = query.getOrDefault("continuation-token", "");
        List<String> keys = new ArrayList<>(entries.keySet().stream()
                .filter(key -> key.compareTo(after) > 0)
                .toList());
        int most = Integer.parseInt(query.getOrDefault("max-keys", "1000"));
        boolean more = keys.size() > most;
        List<String> page = more ? keys.subList(0, most) : keys;
        StringBuilder xml = new StringBuilder("<ListBucketResult><IsTruncated>" + more + "</IsTruncated>");
        page.forEach(key -> xml.append(entries.get(key)));
        if (more) {
            xml.append("<NextContinuationToken>").append(page.get(most - 1)).append("</NextContinuationToken>");
        }
        return xml.append("</ListBucketResult>").toString();
    }

    private static Map<String, String> query(HttpExchange exchange) {
        Map<String, String> query = new LinkedHashMap<>();
        for (String pair : exchange.getRequestURI().getRawQuery().split("&", -1)) {
            String[] parts = pair.split("=", 2);
            query.put(parts[0], parts.length > 1 ? URLDecoder.decode(parts[1], StandardCharsets.UTF_8) : "");
        }
        return query;
    }

    private static void error(HttpExchange exchange, int status, String code) throws IOException {
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(status, -1);
        } else {
            send(exchange, status, "<Error><Code>" + code + "</Code><Message>no</Message></Error>");
        }
    }

    private static void send(HttpExchange exchange, int status, String xml) throws IOException {
        byte[] bytes = ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + xml).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/xml");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
