package ai.fastn.camunda.rest;

import static org.assertj.core.api.Assertions.assertThat;

import ai.fastn.camunda.host.RunningHost;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.List;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.User;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The API of the Cockpit panels: a Camunda login and its token instead of a key. */
class PanelHttpTest {

    private RunningHost host;
    private Browser browser;

    @BeforeEach
    void openBrowser() {
        host = RunningHost.shared();
        browser = new Browser(host);
        Machine machine = Machine.of(host);
        if (machine.get("/workflows/panel").status() == 404) {
            machine.install(
                    "panel", "instant", "export default async (ctx) => ({input: ctx.input, headers: ctx.headers})");
        }
    }

    @Test
    void withoutALoginNothingIsShown() {
        for (String path : List.of("/workflows", "/workflows/panel", "/executions", "/nothing")) {
            browser.get(path).requireProblem(401, "FASTN-05005");
        }
        assertThat(browser.logIn("nobody", "wrong").status()).isEqualTo(401);
        browser.get("/workflows").requireProblem(401, "FASTN-05005");
    }

    @Test
    void anAccessKeyIsNoLogin() {
        Reply reply = Machine.send(HttpRequest.newBuilder(
                        URI.create("http://localhost:" + host.port() + "/camunda/api/fastn/default/workflows"))
                .header("x-fastn-access-key", host.key())
                .header("x-fastn-account-id", host.account()));

        reply.requireProblem(401, "FASTN-05005");
    }

    @Test
    void aUserSeesAndRunsWorkflows() {
        browser.logIn("demo", "demo").requireStatus(200);

        assertThat(browser.get("/workflows")
                        .requireStatus(200)
                        .json()
                        .path("workflows")
                        .findValuesAsText("slug"))
                .contains("panel");
        Reply run = browser.post("/workflows/panel/execute", "{\"input\": {\"a\": 1}}")
                .requireStatus(200);

        assertThat(run.body()).isEqualTo("{\"data\":{\"input\":{\"a\":1},\"headers\":{}}}");
        JsonNode execution = browser.get("/executions/" + run.header("x-fastn-execution-id"))
                .requireStatus(200)
                .json();
        assertThat(execution.path("triggeredBy").asText()).isEqualTo("manual");
        assertThat(execution.path("startedBy").asText()).isEqualTo("demo");
    }

    @Test
    void headersOfTheTestPanelArriveInLowerCaseAndWithoutCredentials() throws Exception {
        browser.logIn("demo", "demo").requireStatus(200);

        Reply run = browser.post("/workflows/panel/execute", """
                {"headers": {"Content-Type": "text/plain", "X-Request-ID": "7", "Authorization": "Bearer canary",
                 "COOKIE": "canary", "x-fastn-access-key": "canary", "Proxy-Authorization": "canary", "X-API-Key": "canary",
                 "X_Api_Key": "canary", "apikey": "canary", "X-Auth-Token": "canary", "x-fastn-account-id": "acc"}}""");

        JsonNode headers = run.requireStatus(200).json().at("/data/headers");
        assertThat(headers)
                .isEqualTo(
                        new ObjectMapper()
                                .readTree(
                                        "{\"content-type\":\"text/plain\",\"x-fastn-account-id\":\"acc\",\"x-request-id\":\"7\"}"));
        assertThat(host.text(
                        "SELECT headers FROM fastn_execution WHERE id = '" + run.header("x-fastn-execution-id") + "'"))
                .contains("x-request-id")
                .doesNotContain("canary");
    }

    @Test
    void headersThatAreNoTextsAreRefused() {
        browser.logIn("demo", "demo").requireStatus(200);

        assertThat(browser.post("/workflows/panel/execute", "{\"headers\": []}").requireProblem(400, "FASTN-06003"))
                .isEqualTo("member \"headers\" is not a JSON object");
        assertThat(browser.post("/workflows/panel/execute", "{\"headers\": {\"a\": 1}}")
                        .requireProblem(400, "FASTN-06003"))
                .isEqualTo("member \"headers.a\" is not a string");
    }

    @Test
    void aPostWithoutTheTokenIsRefusedAndEndsTheSession() {
        browser.logIn("demo", "demo").requireStatus(200);
        long rows = host.rows("fastn_execution");

        assertThat(browser.postWithoutToken("/workflows/panel/execute", "{}").status())
                .isEqualTo(403);

        assertThat(host.rows("fastn_execution")).isEqualTo(rows);
        browser.get("/workflows").requireProblem(401, "FASTN-05005");
    }

    @Test
    void aSaveByAUserNamesTheUser() {
        browser.logIn("demo", "demo").requireStatus(200);

        Reply saved = browser.put(
                "/workflows/by-demo",
                Machine.draft("export default async () => 1", "<img src=x onerror=alert(1)>", "instant")
                        .toString());

        assertThat(saved.requireStatus(200).text("/updatedBy")).isEqualTo("demo");
        assertThat(saved.text("/name")).isEqualTo("<img src=x onerror=alert(1)>");
        assertThat(saved.header("content-type")).isEqualTo("application/json");
        assertThat(saved.header("x-content-type-options")).isEqualTo("nosniff");
    }

    @Test
    void eachLoginIsNamedInItsRuns() {
        IdentityService identity = host.bean(IdentityService.class);
        if (identity.createUserQuery().userId("mary").count() == 0) {
            User mary = identity.newUser("mary");
            mary.setPassword("mary");
            identity.saveUser(mary);
        }
        browser.logIn("mary", "mary").requireStatus(200);

        Reply run = browser.post("/workflows/panel/execute", "{}").requireStatus(200);

        assertThat(browser.get("/executions/" + run.header("x-fastn-execution-id"))
                        .text("/startedBy"))
                .isEqualTo("mary");
    }
}
