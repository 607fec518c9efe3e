package ai.fastn.examples.host.demo;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * The authorization server of the carrier: tokens for client credentials and for refresh tokens, which work once. A
 * token is valid for a few seconds only, so that one run needs several.
 */
@RestController
@RequestMapping("/demo/carrier/oauth")
public class CarrierTokens {

    /** The one client that is known. */
    public static final String CLIENT_ID = "fastn-demo";

    /** Its secret. */
    public static final String CLIENT_SECRET = "carrier-client-secret";

    private static final int LIFETIME_SECONDS = 4;

    private final DemoStore store;

    CarrierTokens(DemoStore store) {
        this.store = store;
    }

    @PostMapping(path = "/token", consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
    ResponseEntity<Map<String, Object>> token(
            @RequestHeader(name = "Authorization", required = false) @Nullable String authorization,
            @RequestParam(name = "grant_type") String grantType,
            @RequestParam(name = "client_id", defaultValue = "") String clientId,
            @RequestParam(name = "client_secret", defaultValue = "") String clientSecret,
            @RequestParam(name = "refresh_token", defaultValue = "") String refreshToken) {
        String shown = Optional.ofNullable(authorization).orElse(basic(clientId, clientSecret));
        if (!same(basic(CLIENT_ID, CLIENT_SECRET), shown)) {
            return refused(HttpStatus.UNAUTHORIZED, "invalid_client");
        }
        return switch (grantType) {
            case "client_credentials" -> ResponseEntity.ok(issue(grantType));
            case "refresh_token" ->
                isUsed(refreshToken)
                        ? ResponseEntity.ok(issue(grantType))
                        : refused(HttpStatus.BAD_REQUEST, "invalid_grant");
            default -> refused(HttpStatus.BAD_REQUEST, "unsupported_grant_type");
        };
    }

    /** Whether a request carries a token that has not expired. */
    boolean accepts(@Nullable String authorization) {
        return authorization != null
                && store.sql(
                                        "SELECT count(*) FROM demo.carrier_token WHERE 'Bearer ' || access_token = ? AND expires_at > now()")
                                .param(authorization)
                                .query(Long.class)
                                .single()
                        > 0;
    }

    private Map<String, Object> issue(String grantType) {
        String access = "at_" + UUID.randomUUID();
        String refresh = "rt_" + UUID.randomUUID();
        store.sql("""
                        INSERT INTO demo.carrier_token (access_token, refresh_token, grant_type, expires_at)
                        VALUES (?, ?, ?, now() + make_interval(secs => ?))""").params(access, refresh, grantType, LIFETIME_SECONDS).update();
        return Map.of(
                "access_token", access,
                "token_type", "Bearer",
                "expires_in", LIFETIME_SECONDS,
                "refresh_token", refresh);
    }

    /** Takes the refresh token away. */
    private boolean isUsed(String refreshToken) {
        return store.sql(
                                "UPDATE demo.carrier_token SET refresh_token = 'used ' || refresh_token WHERE refresh_token = ?")
                        .param(refreshToken)
                        .update()
                > 0;
    }

    private static String basic(String clientId, String clientSecret) {
        String pair = clientId + ":" + clientSecret;
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private static boolean same(String expected, String shown) {
        return MessageDigest.isEqual(expected.getBytes(StandardCharsets.UTF_8), shown.getBytes(StandardCharsets.UTF_8));
    }

    private static ResponseEntity<Map<String, Object>> refused(HttpStatus status, String error) {
        return ResponseEntity.status(status).body(Map.of("error", error));
    }
}
