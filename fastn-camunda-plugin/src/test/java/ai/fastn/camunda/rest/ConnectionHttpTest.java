package ai.fastn.camunda.rest;

import static org.assertj.core.api.Assertions.assertThat;

import ai.fastn.camunda.effect.connector.connection.FakeProvider;
import ai.fastn.camunda.host.RunningHost;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Connections, OAuth apps and an authorization in a browser, over HTTP; and a workflow that calls with them. */
class ConnectionHttpTest {

    private static final String CALLBACK = "/fastn/api/v1/oauth/callback";

    private RunningHost host;
    private Machine machine;

    @BeforeEach
    void clear() {
        host = RunningHost.shared();
        host.provider().expectRedirectTo(RunningHost.PUBLIC_URL + CALLBACK);
        machine = Machine.of(host);
        machine.delete("/oauth-apps/account");
        machine.get("/connections")
                .requireStatus(200)
                .json()
                .path("connections")
                .forEach(
                        each -> machine.delete("/connections/" + each.path("id").asText())
                                .requireStatus(204));
    }

    @Test
    void aConnectionIsMadeShownChangedAndDeletedAndNeverShowsItsKey() {
        Reply made = keyed("main", "not-the-key").requireStatus(201);
        String id = made.text("/id");
        assertThat(made.text("/orgId")).isEqualTo("managed");
        assertThat(made.text("/method")).isEqualTo("apiKey");
        assertThat(made.text("/status")).isEqualTo("ACTIVE");
        assertThat(made.json().path("isDefault").asBoolean()).isTrue();

        Reply refused = machine.post("/connections/" + id + "/verify", "").requireStatus(200);
        assertThat(refused.json().path("verified").asBoolean()).isFalse();
        assertThat(refused.text("/message")).isEqualTo("keyed.me: the service answered 401 Unauthorized");
        assertThat(refused.text("/connection/status")).isEqualTo("FAILED");

        Reply changed = machine.put(
                        "/connections/" + id,
                        "{\"label\": \"renamed\", \"fields\": {\"key\": \"" + FakeProvider.KEY + "\"}}")
                .requireStatus(200);
        assertThat(changed.text("/label")).isEqualTo("renamed");
        assertThat(changed.text("/status")).isEqualTo("ACTIVE");
        Reply verified = machine.post("/connections/" + id + "/verify", "").requireStatus(200);
        assertThat(verified.json().path("verified").asBoolean()).isTrue();
        assertThat(verified.text("/connection/lastVerified")).isNotEmpty();

        Reply shown = machine.get("/connections/" + id).requireStatus(200);
        Reply list = machine.get("/connections");
        for (Reply reply : new Reply[] {made, refused, changed, verified, shown, list}) {
            assertThat(reply.body()).doesNotContain(FakeProvider.KEY).doesNotContain("not-the-key");
        }
        machine.delete("/connections/" + id).requireStatus(204);
        machine.get("/connections/" + id).requireProblem(404, "FASTN-03060");
        machine.delete("/connections/" + id).requireProblem(404, "FASTN-03060");
    }

    @Test
    void aConnectorSaysWhatAConnectionNeeds() {
        Reply keyed = machine.get("/connectors/keyed").requireStatus(200);
        assertThat(keyed.text("/auth")).isEqualTo("apiKey");
        assertThat(keyed.text("/connection/fields/0")).isEqualTo("key");
        assertThat(keyed.text("/connection/verify")).isEqualTo("me");
        Reply account = machine.get("/connectors/account").requireStatus(200);
        assertThat(account.text("/auth")).isEqualTo("oauth2Code");
        assertThat(account.json().at("/connection/fields")).isEmpty();
        assertThat(words(keyed, "/connection/needs")).containsExactly("key");
        assertThat(keyed.json().at("/connection/auths")).isEmpty();

        Reply email = machine.get("/connectors/email").requireStatus(200);
        assertThat(words(email, "/connection/fields")).containsExactly("password", "username");
        assertThat(words(email, "/connection/needs")).containsExactly("host");
    }

    @Test
    void aConnectorThatLeavesTheAuthToAConnectionSaysWhichThereAreAndWhatEachNeeds() {
        Reply http = machine.get("/connectors/http").requireStatus(200);

        assertThat(words(http, "/connection/needs")).containsExactly("baseUrl");
        JsonNode kinds = http.json().at("/connection/auths");
        assertThat(kinds.findValuesAsText("type"))
                .containsExactly(
                        "none", "bearer", "apiKey", "basic", "digest", "oauth2ClientCredentials", "customLogin");
        assertThat(words(http, "/connection/auths/2/fields")).containsExactly("key");
        assertThat(words(http, "/connection/auths/2/needs")).containsExactly("auth.name", "key");
        assertThat(kinds.get(2).path("settings").fieldNames())
                .toIterable()
                .containsExactly("auth.name", "auth.in", "auth.prefix");
        assertThat(kinds.get(5).path("takesScopes").asBoolean()).isTrue();
        assertThat(kinds.get(6).path("namesFields").asBoolean()).isTrue();
    }

    private static List<String> words(Reply reply, String pointer) {
        List<String> words = new ArrayList<>();
        reply.json().at(pointer).forEach(each -> words.add(each.asText()));
        return words;
    }

    @Test
    void connectionsOfAnotherTenantAreNotFound() {
        String id = keyed("main", FakeProvider.KEY).requireStatus(201).text("/id");
        Machine acme = machine.with("x-fastn-access-key", host.acmeKey()).with("x-fastn-account-tenant-id", "acme");

        acme.get("/connections/" + id).requireProblem(404, "FASTN-03060");
        acme.put("/connections/" + id, "{\"label\": \"x\"}").requireProblem(404, "FASTN-03060");
        acme.post("/connections/" + id + "/default", "").requireProblem(404, "FASTN-03060");
        acme.post("/connections/" + id + "/refresh", "").requireProblem(404, "FASTN-03060");
        assertThat(acme.get("/connections").json().path("connections")).isEmpty();
    }

    @Test
    void theDefaultCanBeAnotherOne() {
        keyed("one", "not-the-key").requireStatus(201);
        String two = keyed("two", FakeProvider.KEY).requireStatus(201).text("/id");

        machine.post("/connections/" + two + "/default", "").requireStatus(200);

        JsonNode connections = machine.get("/connections").json().path("connections");
        assertThat(connections)
                .hasSize(2)
                .allSatisfy(each -> assertThat(each.path("isDefault").asBoolean())
                        .isEqualTo(each.path("id").asText().equals(two)));
    }

    @Test
    void aBuiltInConnectorIsConnectedTriedSwitchedOffAndRotatedLikeAnyOther() {
        Reply made = machine.post("/connections", """
                        {"connector": "http", "orgId": "managed", "label": "any", "fields": {"key": "%s"}, "settings":
                          {"baseUrl": "%s/key", "auth.type": "apiKey", "auth.name": "X-Key", "auth.prefix": "Key "}}""".formatted(
                                "not-the-key", host.provider().url()))
                .requireStatus(201);
        String id = made.text("/id");
        assertThat(made.text("/method")).isEqualTo("apiKey");
        assertThat(tried().text("/error/message")).isEqualTo("http.get: the service answered 401 Unauthorized");

        machine.put("/connections/" + id, "{\"fields\": {\"key\": \"" + FakeProvider.KEY + "\"}}")
                .requireStatus(200);
        assertThat(tried().json().at("/result/output/status").asInt()).isEqualTo(200);
        machine.put("/connections/" + id, "{\"status\": \"INACTIVE\"}").requireStatus(200);
        assertThat(tried().text("/error/code")).isEqualTo("FASTN-03063");
        assertThat(machine.put("/connections/" + id, "{\"settings\": {\"baseUrl\": \"https://evil.example.com\"}}")
                        .requireProblem(400, "FASTN-06003"))
                .startsWith("member \"settings\" makes the method of the connection");
    }

    private Reply tried() {
        return machine.post(
                        "/connectors/http/actions/get/test",
                        "{\"mode\": \"LIVE\", \"confirm\": true, \"connection\": \"any\", \"input\": {\"url\": \"/me\"}}")
                .requireStatus(200);
    }

    @Test
    void whatIsWrongWithARequestIsNamed() {
        assertThat(machine.post("/connections", "{\"label\": \"x\"}").requireProblem(400, "FASTN-06003"))
                .isEqualTo("body lacks member \"connector\"");
        assertThat(machine.post(
                                "/connections",
                                "{\"connector\": \"keyed\", \"label\": \"x\", \"fields\": {\"kee\": \"123456\"}}")
                        .requireProblem(400, "FASTN-06003"))
                .isEqualTo("member \"fields\" has unknown kee; known are key");
        machine.post("/connections", "{\"connector\": \"keyed\", \"label\": \"x\"}")
                .requireProblem(422, "FASTN-03064");
        machine.post("/connections", "{\"connector\": \"keyed\", \"label\": \"x\", \"fields\": {\"key\": null}}")
                .requireProblem(400, "FASTN-06003");
        machine.post("/connections", "{\"connector\": \"nothing\", \"label\": \"x\"}")
                .requireProblem(404, "FASTN-03001");
        machine.post("/connections", "{\"connector\": \"account\", \"label\": \"x\"}")
                .requireProblem(422, "FASTN-03068");
        String id = keyed("main", FakeProvider.KEY).text("/id");
        assertThat(machine.put("/connections/" + id, "{\"status\": \"FAILED\"}").requireProblem(400, "FASTN-06003"))
                .isEqualTo("member \"status\" is \"FAILED\": ACTIVE or INACTIVE is expected");
        assertThat(machine.post("/connections/" + id + "/refresh", "").requireProblem(400, "FASTN-06003"))
                .isEqualTo("connection \"" + id + "\" has no token to renew");
    }

    @Test
    void aPersonConnectsInABrowserAndAWorkflowCallsWithIt() {
        app();
        Browser browser = browser();
        String authorizeUrl = begin(browser, "of a person");

        Reply page = browser.open(CALLBACK + "?" + agree(authorizeUrl)).requireStatus(200);

        JsonNode made = machine.get("/connections").json().path("connections").get(0);
        assertThat(made.path("label").asText()).isEqualTo("of a person");
        assertThat(made.path("updatedBy").asText()).isEqualTo("demo");
        assertThat(page.header("content-type")).startsWith("text/html");
        assertThat(page.header("content-security-policy")).startsWith("default-src 'none'; script-src 'nonce-");
        assertThat(page.header("referrer-policy")).isEqualTo("no-referrer");
        assertThat(page.body())
                .contains("Connected: of a person")
                .contains("window.opener.postMessage(told, window.location.origin)")
                .contains("\"connectionId\":\"" + made.path("id").asText() + "\"");
        host.provider().given.forEach(secret -> assertThat(page.body()).doesNotContain(secret));

        machine.install("calls-account", "instant", """
                const fastn = new Fastn({ connectors: { account: { orgId: "managed", connection: "of a person" } } });
                export default async () => (await fastn.connector.account.me()).output;
                """);
        Reply run = machine.execute("calls-account", "{}").requireStatus(200);
        assertThat(run.json().at("/data/right").asBoolean()).isTrue();
        assertThat(run.json().at("/data/echo").asText()).isEqualTo("Bearer «secret:of a person.accessToken»");
    }

    @Test
    void anotherBrowserIsTurnedAway() {
        app();
        String back = agree(begin(browser(), "foreign"));

        Reply page = new Browser(host).open(CALLBACK + "?" + back).requireStatus(422);

        assertThat(page.body())
                .contains("Not connected: authorization was begun in another browser (FASTN-03068)")
                .contains("\"error\":\"authorization was begun in another browser\"");
        assertThat(machine.get("/connections").json().path("connections")).isEmpty();
    }

    @Test
    void theCookieOfABeginningIsForThisHostAndNotForScripts() {
        app();
        Browser browser = browser();

        Reply started = browser.post("/oauth/start", "{\"connector\": \"account\", \"label\": \"cookie\"}")
                .requireStatus(200);

        String cookie = started.headers().allValues("set-cookie").stream()
                .filter(each -> each.startsWith("fastn-oauth="))
                .findFirst()
                .orElse("");
        assertThat(cookie)
                .contains("HttpOnly")
                .contains("SameSite=Lax")
                .contains("Path=/;")
                .contains("Max-Age=600")
                .doesNotContain("Domain");
        assertThat(started.text("/authorizeUrl")).doesNotContain(cookie.substring(12, 55));
    }

    @Test
    void aRefusalIsShownAsPlainText() {
        app();
        Browser browser = browser();
        String authorizeUrl = begin(browser, "refused");
        String state = authorizeUrl.replaceAll(".*[?&]state=([^&]+).*", "$1");

        Reply page = browser.open(CALLBACK + "?error=access_denied&state=" + state
                        + "&error_description=%3Cscript%3Ealert(1)%3C/script%3E")
                .requireStatus(422);

        assertThat(page.body())
                .contains("Not connected: service refused the authorization: access_denied (FASTN-03068)")
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;")
                .doesNotContain("<script>alert");
        browser.open(CALLBACK + "?state=%3Cb%3E&code=x").requireStatus(422);
        browser.open(CALLBACK).requireStatus(422);
    }

    @Test
    void anOAuthAppShowsItsIdAndNeverItsSecret() {
        machine.get("/oauth-apps/account").requireProblem(404, "FASTN-03067");
        machine.post("/oauth/start", "{\"connector\": \"account\", \"label\": \"x\"}")
                .requireProblem(404, "FASTN-03067");
        Reply put = app();
        Reply shown = machine.get("/oauth-apps/account").requireStatus(200);

        assertThat(shown.text("/clientId")).isEqualTo(FakeProvider.CLIENT_ID);
        assertThat(shown.json().path("hasSecret").asBoolean()).isTrue();
        assertThat(put.body() + shown.body()).doesNotContain(FakeProvider.CLIENT_SECRET);
        machine.delete("/oauth-apps/account").requireStatus(204);
        machine.get("/oauth-apps/account").requireProblem(404, "FASTN-03067");
    }

    @Test
    void theOperatorsAppIsNotForAccessKeys() {
        assertThat(machine.put("/oauth-apps/account", "{\"clientId\": \"mine\", \"managed\": true}")
                        .requireProblem(403, "FASTN-05006"))
                .isEqualTo("managed OAuth apps are changed by people with a login, not by access keys");
        machine.delete("/oauth-apps/account?managed=true").requireProblem(403, "FASTN-05006");
    }

    private Browser browser() {
        Browser browser = new Browser(host);
        browser.logIn("demo", "demo").requireStatus(200);
        return browser;
    }

    private Reply app() {
        return machine.put(
                        "/oauth-apps/account",
                        "{\"clientId\": \"" + FakeProvider.CLIENT_ID + "\", \"clientSecret\": \""
                                + FakeProvider.CLIENT_SECRET + "\"}")
                .requireStatus(200);
    }

    private Reply keyed(String label, String key) {
        return machine.post(
                "/connections",
                "{\"connector\": \"keyed\", \"label\": \"" + label + "\", \"fields\": {\"key\": \"" + key + "\"}}");
    }

    private static String begin(Browser browser, String label) {
        return browser.post("/oauth/start", "{\"connector\": \"account\", \"label\": \"" + label + "\"}")
                .requireStatus(200)
                .text("/authorizeUrl");
    }

    /** The query that the service sends the browser back with. */
    private static String agree(String authorizeUrl) {
        try {
            var answer = HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(URI.create(authorizeUrl)).build(), BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(302);
            return URI.create(answer.headers().firstValue("Location").orElseThrow())
                    .getRawQuery();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
