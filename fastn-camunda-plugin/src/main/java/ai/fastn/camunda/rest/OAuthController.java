package ai.fastn.camunda.rest;

import ai.fastn.camunda.access.Caller;
import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.effect.connector.connection.Connection;
import ai.fastn.camunda.effect.connector.connection.ConnectionDraft;
import ai.fastn.camunda.effect.connector.connection.OAuthBegin;
import ai.fastn.camunda.effect.connector.connection.OAuthFlow;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseCookie;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.CookieValue;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Sends people to services to agree, and takes them back. */
@RestController
public final class OAuthController {

    /** Without access key or login: a browser comes from the service; the state and its cookie say for whom. */
    public static final String CALLBACK = Paths.MACHINES + "/oauth/callback";

    private static final String COOKIE = "fastn-oauth";
    private static final Duration COOKIE_LIFETIME = Duration.ofMinutes(10);
    private static final int LONGEST_TEXT = 300;

    private final OAuthFlow flow;
    private final Optional<URI> publicUrl;

    /** Browsers reach this installation at {@code publicUrl}. */
    public OAuthController(OAuthFlow flow, Optional<URI> publicUrl) {
        this.flow = flow;
        this.publicUrl = publicUrl;
    }

    /** A new connection, or the id of one to connect again. */
    record StartRequest(
            @Nullable String connectionId,
            @Nullable String connector,
            @Nullable String orgId,
            @Nullable String environment,
            @Nullable String label,
            @Nullable Map<String, String> settings,
            @Nullable List<String> scopes,
            @Nullable Boolean isDefault) {

        OAuthBegin begin() {
            String id = connectionId;
            ConnectionDraft draft = new ConnectionController.CreateRequest(
                            id == null ? connector : "-",
                            orgId,
                            environment,
                            id == null ? label : "-",
                            null,
                            settings,
                            scopes,
                            isDefault)
                    .draft();
            return new OAuthBegin(draft, Optional.ofNullable(id));
        }
    }

    @PostMapping({Paths.MACHINES + "/oauth/start", Paths.PANELS + "/oauth/start"})
    ResponseEntity<byte[]> start(
            Caller caller,
            @CookieValue(name = COOKIE, required = false) @Nullable String browser,
            @RequestBody(required = false) byte @Nullable [] body) {
        OAuthBegin begin = Body.read(body, StartRequest.class).begin();
        URI callback = callback();
        OAuthFlow.Started started =
                flow.start(caller.tenant(), begin, Optional.ofNullable(browser), callback.toString(), caller.who());
        ResponseCookie cookie = ResponseCookie.from(COOKIE, started.browser())
                .httpOnly(true)
                .sameSite("Lax")
                .secure("https".equals(callback.getScheme()))
                .path(callback.getPath().replaceFirst(CALLBACK + "$", "/"))
                .maxAge(COOKIE_LIFETIME)
                .build();
        return ResponseEntity.ok()
                .header(HttpHeaders.SET_COOKIE, cookie.toString())
                .contentType(MediaType.APPLICATION_JSON)
                .body(Json.write(Map.of("authorizeUrl", started.authorizeUrl().toString())));
    }

    @GetMapping(CALLBACK)
    ResponseEntity<byte[]> complete(
            @CookieValue(name = COOKIE, required = false) @Nullable String browser,
            @RequestParam(defaultValue = "") String state,
            @RequestParam(defaultValue = "") String code,
            @RequestParam(defaultValue = "") String error,
            @RequestParam(name = "error_description", defaultValue = "") String description) {
        try {
            if (!error.isEmpty() || code.isEmpty()) {
                flow.refuse(state, error, Optional.ofNullable(browser));
            }
            Connection made = flow.complete(state, code, Optional.ofNullable(browser));
            return OAuthPage.connected(made);
        } catch (FastnException e) {
            HttpStatus status = Problems.statusOf(e.code());
            return OAuthPage.failed(status, e, description.substring(0, Math.min(description.length(), LONGEST_TEXT)));
        }
    }

    private URI callback() {
        URI base = publicUrl.orElseThrow(() -> new FastnException(
                ErrorCode.INSTALLATION,
                "fastn.public-url is not set: services must know where they send browsers back to"));
        return URI.create(base + CALLBACK);
    }
}
