package ai.fastn.examples.host.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.io.entity.EntityUtils;

/** A service that answers at once, to be called as a connector's action and by a bare HTTP client. */
final class CalledService {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final CloseableHttpClient client = HttpClients.createDefault();

    CalledService() throws IOException {
        System.setProperty("sun.net.httpserver.nodelay", "true"); // else each answer takes 40 ms
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("localhost"), 0), 0);
        server.createContext("/", CalledService::answer);
        server.setExecutor(Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "called-service");
            thread.setDaemon(true);
            return thread;
        }));
        server.start();
    }

    private static void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String query = exchange.getRequestURI().getQuery();
            byte[] body = ("{\"n\":" + query.substring(query.indexOf('=') + 1) + "}").getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** Puts the definition of the connector where the host looks for them. */
    void define(Path data) throws IOException {
        Path folder = Files.createDirectories(data.resolve("connectors"));
        Files.writeString(folder.resolve("service.yaml"), """
                slug: service
                title: Service
                baseUrl: http://localhost:%d
                limits: {requests: 100000, per: 1s, concurrent: 100}
                actions:
                  read: {method: GET, path: /read, query: [n]}
                """.formatted(port()));
    }

    /** What a program without Fastn does: so many calls, one after the other, each answer read as JSON. */
    void callBare(int times) {
        for (int n = 1; n <= times; n++) {
            try {
                String body = client.execute(
                        new HttpGet("http://localhost:" + port() + "/read?n=" + n),
                        response -> EntityUtils.toString(response.getEntity()));
                if (JSON.readTree(body).path("n").asInt() != n) {
                    throw new IllegalStateException("call " + n + " answered " + body);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
