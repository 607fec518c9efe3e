package ai.fastn.camunda.rest;

import ai.fastn.camunda.host.RunningHost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;

/** A browser with Cockpit's cookies. */
final class Browser {

    private final CookieManager cookies = new CookieManager();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .cookieHandler(cookies)
            .build();
    private final RunningHost host;

    Browser(RunningHost host) {
        this.host = host;
    }

    /** Opens Cockpit, which gives the first token, and logs in. */
    Reply logIn(String user, String password) {
        send(request("/camunda/app/cockpit/default/").GET());
        String form = "username=" + URLEncoder.encode(user, StandardCharsets.UTF_8) + "&password="
                + URLEncoder.encode(password, StandardCharsets.UTF_8);
        Reply reply = send(request("/camunda/api/admin/auth/user/default/login/cockpit")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("X-XSRF-TOKEN", token())
                .POST(BodyPublishers.ofString(form)));
        // Cockpit loads itself anew after a login, and gets the token of the new session with that.
        send(request("/camunda/app/cockpit/default/").GET());
        return reply;
    }

    Reply get(String path) {
        return send(request("/camunda/api/fastn/default" + path).GET());
    }

    /** Goes to a page of the host itself. */
    Reply open(String path) {
        return send(request(path).GET());
    }

    Reply post(String path, String body) {
        return send(posting(path, body).header("X-XSRF-TOKEN", token()));
    }

    Reply postWithoutToken(String path, String body) {
        return send(posting(path, body));
    }

    Reply put(String path, String body) {
        return send(request("/camunda/api/fastn/default" + path)
                .header("X-XSRF-TOKEN", token())
                .PUT(BodyPublishers.ofString(body)));
    }

    private HttpRequest.Builder posting(String path, String body) {
        return request("/camunda/api/fastn/default" + path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + host.port() + path));
    }

    private String token() {
        return cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals("XSRF-TOKEN"))
                .map(HttpCookie::getValue)
                .findFirst()
                .orElse("");
    }

    private Reply send(HttpRequest.Builder request) {
        try {
            var response = http.send(request.build(), BodyHandlers.ofString());
            return new Reply(response.statusCode(), response.headers(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
