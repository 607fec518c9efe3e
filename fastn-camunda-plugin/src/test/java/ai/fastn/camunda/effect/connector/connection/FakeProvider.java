package ai.fastn.camunda.effect.connector.connection;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A service with an authorization server, on a port of its own. It checks what it is shown as a real one does: client
 * and redirect address, PKCE, codes and refresh tokens that are used twice, digests.
 */
public final class FakeProvider implements AutoCloseable {

    public static final String CLIENT_ID = "client-4711";
    public static final String CLIENT_SECRET = "secret of the client/4711";
    static final String PASSWORD = "pass word-1234";
    public static final String KEY = "key-1234567890";

    /** How the token endpoint answers. */
    enum Style {
        PLAIN,
        NO_TOKEN_TYPE,
        FORM,
        SLACK,
        NUMBERS_AS_TEXT
    }

    final AtomicInteger tokenCalls = new AtomicInteger();
    final AtomicInteger logins = new AtomicInteger();
    final List<String> seen = new CopyOnWriteArrayList<>();
    final List<String> apiCalls = new CopyOnWriteArrayList<>();
    public final Set<String> given = ConcurrentHashMap.newKeySet();
    volatile Style style = Style.PLAIN;
    volatile long expiresIn = 3600;
    volatile int tokenStatus = 200;
    volatile boolean rotates = true;
    volatile long tokenMillis;
    volatile @Nullable String digestAlgorithm = "SHA-256";
    volatile @Nullable String redirectUri;

    private final Map<String, String> challengeByCode = new ConcurrentHashMap<>();
    private final Set<String> accessTokens = ConcurrentHashMap.newKeySet();
    private final Set<String> refreshTokens = ConcurrentHashMap.newKeySet();
    private final Set<String> nonces = ConcurrentHashMap.newKeySet();
    private final AtomicInteger number = new AtomicInteger();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;

    public FakeProvider() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        on("/authorize", this::authorize);
        on("/token", this::token);
        on("/revoke", this::revoke);
        on("/login", this::logIn);
        on("/api/me", exchange -> bearer(exchange));
        on(
                "/basic/me",
                exchange -> check(
                        exchange,
                        ("Basic " + Base64.getEncoder().encodeToString(("bob:" + PASSWORD).getBytes(UTF_8)))
                                .equals(header(exchange, "Authorization"))));
        on("/key/me", exchange -> check(exchange, ("Key " + KEY).equals(header(exchange, "X-Key"))));
        on(
                "/query/me",
                exchange -> check(
                        exchange,
                        KEY.equals(ProviderText.form(exchange.getRequestURI().getRawQuery())
                                .get("key"))));
        on("/digest/me", this::digest);
        server.setExecutor(threads);
        server.start();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public String url() {
        return "http://localhost:" + port();
    }

    /** Where browsers are sent back to. */
    public void expectRedirectTo(String uri) {
        redirectUri = uri;
    }

    /** All access that this service gave ends at once. */
    void revokeEverything() {
        accessTokens.clear();
        refreshTokens.clear();
    }

    boolean isLive() {
        return !refreshTokens.isEmpty();
    }

    /** Access tokens end before the time they were given for. */
    void endAccessTokens() {
        accessTokens.clear();
    }

    private void authorize(HttpExchange exchange) throws IOException {
        Map<String, String> query = ProviderText.form(exchange.getRequestURI().getRawQuery());
        boolean right = CLIENT_ID.equals(query.get("client_id"))
                && "code".equals(query.get("response_type"))
                && "S256".equals(query.get("code_challenge_method"))
                && query.getOrDefault("state", "").length() >= 43
                && query.getOrDefault("code_challenge", "").length() == 43
                && query.getOrDefault("redirect_uri", "").equals(redirectUri);
        if (!right) {
            reply(exchange, 400, "text/plain", "not a request: " + query);
            return;
        }
        String code = remember("code-" + number.incrementAndGet() + "-abcdef");
        challengeByCode.put(code, query.getOrDefault("code_challenge", ""));
        exchange.getResponseHeaders()
                .set("Location", query.get("redirect_uri") + "?code=" + code + "&state=" + query.get("state"));
        reply(exchange, 302, "text/plain", "");
    }

    private void token(HttpExchange exchange) throws IOException {
        tokenCalls.incrementAndGet();
        String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        seen.add(body);
        pause();
        if (tokenStatus != 200) {
            reply(exchange, tokenStatus, "text/html", "<html>busy</html>");
            return;
        }
        Map<String, String> asked = body.startsWith("{") ? ProviderText.json(body) : ProviderText.form(body);
        if (!isClient(exchange, asked)) {
            error(exchange, "invalid_client");
            return;
        }
        switch (asked.getOrDefault("grant_type", "")) {
            case "authorization_code" -> {
                String challenge = challengeByCode.remove(asked.getOrDefault("code", ""));
                String proof = Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(ProviderText.sha("SHA-256", asked.getOrDefault("code_verifier", "")));
                boolean right = proof.equals(challenge)
                        && asked.getOrDefault("redirect_uri", "").equals(redirectUri);
                answer(exchange, right, true);
            }
            case "refresh_token" -> answer(exchange, redeem(asked.getOrDefault("refresh_token", "")), rotates);
            case "client_credentials" -> answer(exchange, true, false);
            default -> error(exchange, "unsupported_grant_type");
        }
    }

    /** A refresh token that comes a second time is a theft: then all that came of it ends. */
    private boolean redeem(String refreshToken) {
        if (!rotates) {
            return refreshTokens.contains(refreshToken);
        }
        if (refreshTokens.remove(refreshToken)) {
            return true;
        }
        revokeEverything();
        return false;
    }

    private boolean isClient(HttpExchange exchange, Map<String, String> asked) {
        String basic = "Basic "
                + Base64.getEncoder()
                        .encodeToString((CLIENT_ID + ":" + URLEncoder.encode(CLIENT_SECRET, UTF_8)).getBytes(US_ASCII));
        return basic.equals(header(exchange, "Authorization"))
                || (CLIENT_ID.equals(asked.get("client_id")) && CLIENT_SECRET.equals(asked.get("client_secret")));
    }

    private void answer(HttpExchange exchange, boolean right, boolean gives) throws IOException {
        if (!right) {
            error(exchange, "invalid_grant");
            return;
        }
        String access = remember("access-" + number.incrementAndGet() + "-abcdefgh");
        String refresh = remember("refresh-" + number.incrementAndGet() + "-abcdefgh");
        accessTokens.add(access);
        if (gives) {
            refreshTokens.add(refresh);
        }
        String more = gives ? ",\"refresh_token\":\"" + refresh + "\"" : "";
        switch (style) {
            case FORM ->
                reply(
                        exchange,
                        200,
                        "application/x-www-form-urlencoded; charset=utf-8",
                        "access_token=" + access + "&scope=repo%2Cuser&token_type=bearer&refresh_token=" + refresh
                                + "&expires_in=" + expiresIn);
            case SLACK ->
                json(
                        exchange,
                        "{\"ok\":true,\"token_type\":\"bot\",\"access_token\":\"not this one\",\"team\":{\"name\":\"Acme\"},"
                                + "\"authed_user\":{\"access_token\":\"" + access + "\",\"expires_in\":" + expiresIn
                                + ",\"token_type\":\"user\"" + more + "}}");
            case NO_TOKEN_TYPE ->
                json(exchange, "{\"access_token\":\"" + access + "\",\"expires_in\":" + expiresIn + more + "}");
            case NUMBERS_AS_TEXT ->
                json(
                        exchange,
                        "{\"access_token\":\"" + access + "\",\"expires_in\":\"" + expiresIn + "\"" + more + "}");
            default ->
                json(
                        exchange,
                        "{\"access_token\":\"" + access + "\",\"token_type\":\"Bearer\",\"scope\":\"a b\""
                                + (expiresIn > 0 ? ",\"expires_in\":" + expiresIn : "") + more + "}");
        }
    }

    private void error(HttpExchange exchange, String code) throws IOException {
        if (style == Style.SLACK) {
            json(
                    exchange,
                    "{\"ok\":false,\"error\":\"" + (code.equals("invalid_grant") ? "token_revoked" : code) + "\"}");
        } else if (style == Style.FORM) {
            reply(
                    exchange,
                    200,
                    "application/x-www-form-urlencoded",
                    "error=bad_refresh_token&error_description=The+x");
        } else {
            reply(
                    exchange,
                    400,
                    "application/json",
                    "{\"error\":\"" + code + "\",\"error_description\":\"" + PASSWORD + "\"}");
        }
    }

    private void revoke(HttpExchange exchange) throws IOException {
        Map<String, String> asked =
                ProviderText.form(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
        if (refreshTokens.contains(asked.getOrDefault("token", ""))) {
            revokeEverything();
        }
        reply(exchange, 200, "text/plain", "");
    }

    private void logIn(HttpExchange exchange) throws IOException {
        logins.incrementAndGet();
        String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        seen.add(body);
        Map<String, String> asked = body.startsWith("{") ? ProviderText.json(body) : ProviderText.form(body);
        if (!"bob".equals(asked.get("user")) || !PASSWORD.equals(asked.get("pass"))) {
            reply(exchange, 403, "application/json", "{\"error\":\"wrong_password\"}");
            return;
        }
        String session = remember("session-" + number.incrementAndGet() + "-abcdefgh");
        accessTokens.add(session);
        json(exchange, "{\"data\":{\"token\":\"" + session + "\"}}");
    }

    private void bearer(HttpExchange exchange) throws IOException {
        String shown = String.valueOf(header(exchange, "Authorization")).replaceFirst("^(Bearer|Session) ", "");
        apiCalls.add(shown);
        check(exchange, accessTokens.contains(shown));
    }

    private void check(HttpExchange exchange, boolean right) throws IOException {
        String echo = String.valueOf(header(exchange, "Authorization"));
        reply(
                exchange,
                right ? 200 : 401,
                "application/json",
                "{\"right\":" + right + ",\"echo\":\"" + echo.replace("\"", "'") + "\"}");
    }

    /** RFC 7616 with qop auth: each nonce once, so that its count is 1. */
    private void digest(HttpExchange exchange) throws IOException {
        Map<String, String> shown = ProviderText.directives(String.valueOf(header(exchange, "Authorization")));
        String algorithm = String.valueOf(digestAlgorithm);
        if (shown.containsKey("response") && nonces.remove(shown.get("nonce"))) {
            String hash1 = ProviderText.hex(algorithm, "bob:the realm:" + PASSWORD);
            String hash2 = ProviderText.hex(algorithm, exchange.getRequestMethod() + ":" + exchange.getRequestURI());
            String expected = ProviderText.hex(
                    algorithm,
                    String.join(":", hash1, shown.get("nonce"), shown.get("nc"), shown.get("cnonce"), "auth", hash2));
            check(
                    exchange,
                    expected.equals(shown.get("response"))
                            && "00000001".equals(shown.get("nc"))
                            && "auth".equals(shown.get("qop"))
                            && exchange.getRequestURI().toString().equals(shown.get("uri")));
            return;
        }
        String nonce = "nonce" + number.incrementAndGet();
        nonces.add(nonce);
        exchange.getResponseHeaders()
                .add(
                        "WWW-Authenticate",
                        "Digest realm=\"the realm\", qop=\"auth,auth-int\", algorithm=" + algorithm + ", nonce=\""
                                + nonce + "\", opaque=\"o\"");
        reply(exchange, 401, "text/plain", "");
    }

    private String remember(String secret) {
        given.add(secret);
        return secret;
    }

    private void pause() {
        if (tokenMillis > 0) {
            LockSupport.parkNanos(tokenMillis * 1_000_000);
        }
    }

    private static @Nullable String header(HttpExchange exchange, String name) {
        return exchange.getRequestHeaders().getFirst(name);
    }

    private static void json(HttpExchange exchange, String body) throws IOException {
        reply(exchange, 200, "application/json", body);
    }

    private static void reply(HttpExchange exchange, int status, String type, String body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        byte[] bytes = body.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private void on(String path, Handling handling) {
        server.createContext(path, exchange -> {
            try (exchange) {
                handling.handle(exchange);
            }
        });
    }

    private interface Handling {
        void handle(HttpExchange exchange) throws IOException;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
