package ai.fastn.camunda.host;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A remote system: keeps every call it received. {@code GET /read/{x}} and {@code POST /write/{x}} answer
 * {@code {"value": x, "call": n}}, {@code POST /flaky/{key}} fails with 503 as often as it was told, {@code GET
 * /slow/{millis}} answers later. {@code POST /put/{x}} recognises a repetition by its {@code Idempotency-Key},
 * {@code POST /once/{x}} does not and must not be repeated unasked. {@code POST /shy/{x}} fails with 503 until
 * {@code put/{x}-failed} was called twice. {@code POST /narrow/{key}} answers 429 with {@code Retry-After: 5} as often
 * as {@code flaky} would fail.
 */
public final class FakeShop implements AutoCloseable {

    private static final String CONNECTOR = """
            slug: shop
            title: Shop
            baseUrl: http://localhost:${shop.port}
            actions:
              read: {title: Read item, method: GET, path: "/read/{x}"}
              write: {title: Write item, method: POST, path: "/write/{x}"}
              flaky: {title: Write unreliably, method: POST, path: "/flaky/{x}"}
              slow: {title: Read slowly, method: GET, path: "/slow/{x}"}
              put: {title: Put, method: POST, path: "/put/{x}", idempotent: true}
              once: {title: Pay, method: POST, path: "/once/{x}"}
              shy: {title: Write after two complaints, method: POST, path: "/shy/{x}"}
            """;

    private final HttpServer server;
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final Map<String, Set<String>> keys = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> failures = new ConcurrentHashMap<>();
    private volatile Runnable beforeSlow = () -> {};
    private volatile Way way = call -> () -> {};
    private final Path connectors;

    public FakeShop() {
        System.setProperty(
                "sun.net.httpserver.nodelay", "true"); // else each answer takes 40 ms, its body a second packet
        try {
            server = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
            connectors = Files.createTempDirectory("connectors");
            Files.writeString(connectors.resolve("shop.yaml"), CONNECTOR);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", this::answer);
        server.start();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public Path connectors() {
        return connectors;
    }

    /** The paths called so far, in order: {@code write/1}. */
    public List<String> calls() {
        return calls;
    }

    /** The different {@code Idempotency-Key}s under which each path was called. */
    public Map<String, Set<String>> keys() {
        return keys;
    }

    /** Forgets the calls. */
    public void clear() {
        calls.clear();
        beforeSlow = () -> {};
    }

    /** The next calls of {@code flaky} with this key fail so many times. */
    public void failNext(String key, int times) {
        failures.put(key, new AtomicInteger(times));
    }

    /** Done before each answer of {@code slow}: moves a clock that stands still, for example. */
    public void onSlow(Runnable action) {
        beforeSlow = action;
    }

    /** What lies between the callers and the shop. */
    public interface Way {

        /**
         * A call is about to reach the shop.
         *
         * @return done before its answer leaves
         * @throws IOException when it does not get there
         */
        Answer arrives(String path) throws IOException;

        /** The answer to one call; an exception is a lost one. */
        interface Answer {
            void leaves() throws IOException;
        }
    }

    /** Calls and answers go this way from now on. */
    public void onWay(Way between) {
        way = between;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            answer(exchange, exchange.getRequestURI().getPath().substring(1));
        }
    }

    private void answer(HttpExchange exchange, String path) throws IOException {
        exchange.getRequestBody().readAllBytes();
        Way.Answer answer = way.arrives(path);
        calls.add(path);
        String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
        keys.computeIfAbsent(path, p -> ConcurrentHashMap.newKeySet()).add(String.valueOf(key));
        String value = path.substring(path.indexOf('/') + 1);
        if (path.startsWith("slow/")) {
            beforeSlow.run();
            pause(Long.parseLong(value));
        }
        boolean narrow = path.startsWith("narrow/");
        boolean fails = (narrow || path.startsWith("flaky/"))
                        && failures.getOrDefault(value, new AtomicInteger()).getAndDecrement() > 0
                || path.startsWith("shy/")
                        && keys.getOrDefault("put/" + value + "-failed", Set.of())
                                        .size()
                                < 2;
        byte[] body = (fails ? "{\"error\":\"busy\"}" : "{\"value\":\"" + value + "\",\"call\":" + calls.size() + "}")
                .getBytes(StandardCharsets.UTF_8);
        answer.leaves();
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        if (fails && narrow) {
            exchange.getResponseHeaders().add("Retry-After", "5");
        }
        exchange.sendResponseHeaders(fails ? (narrow ? 429 : 503) : 200, body.length);
        exchange.getResponseBody().write(body);
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
