package ai.fastn.camunda.rest;

import static org.assertj.core.api.Assertions.assertThat;

import ai.fastn.camunda.effect.setting.Settings;
import ai.fastn.camunda.host.RunningHost;
import ai.fastn.camunda.workflow.Environment;
import ai.fastn.camunda.workflow.TenantId;
import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Row C15: {@code fastn.envConfig.get} gives what the environment has, and the code stays the same. */
class EnvConfigHttpTest {

    private final RunningHost host = RunningHost.shared();
    private final Machine machine = Machine.of(host);

    @AfterEach
    void forget() {
        machine.delete("/env-config/shop.url");
        machine.delete("/env-config/shop.url?environment=production");
        machine.delete("/env-config/shop.url?environment=test");
    }

    @Test
    void aKeyHasTheValueOfItsEnvironmentAndElseTheOneOfAll() {
        machine.install(
                "configured", "instant", "export default async () => await fastn.envConfig.get('shop.url') ?? 'none'");
        assertThat(value()).isEqualTo("\"none\"");

        put("shop.url", "", "\"https://all.example\"");
        assertThat(value()).isEqualTo("\"https://all.example\"");
        put("shop.url", "?environment=test", "\"https://test.example\"");
        assertThat(value()).as("of another environment").isEqualTo("\"https://all.example\"");
        put("shop.url", "?environment=production", "{\"url\": \"https://live.example\", \"tries\": 3}");
        assertThat(value()).isEqualTo("{\"url\":\"https://live.example\",\"tries\":3}");
        assertThat(host.bean(Settings.class).get(TenantId.DEFAULT, new Environment("test"), "shop.url"))
                .hasValue("\"https://test.example\"");

        machine.delete("/env-config/shop.url?environment=production").requireStatus(204);
        assertThat(value()).isEqualTo("\"https://all.example\"");
    }

    @Test
    void aRunThatGoesOnLaterKeepsWhatItHasRead() {
        put("shop.url", "", "\"before\"");
        machine.install("configured-long", "long", """
                export default async function (ctx) {
                  const first = await fastn.envConfig.get('shop.url');
                  await fastn.connector.shop.slow({ x: 1 });
                  await fastn.sleep(2500);
                  const second = await fastn.envConfig.get('shop.url');
                  return { first, second };
                }""");
        host.shop().onSlow(() -> put("shop.url", "", "\"after\""));

        JsonNode run = machine.awaitEnd(machine.execute("configured-long", "1").text("/data/executionId"));

        host.shop().clear();
        assertThat(run.path("result").toString()).isEqualTo("{\"first\":\"before\",\"second\":\"after\"}");
        assertThat(machine.get("/workflows/configured-long/flow").body()).contains("Read setting shop.url");
        assertThat(machine.get("/workflows/configured-long/manifest").text("/settings/0/name"))
                .isEqualTo("shop.url");
    }

    @Test
    void settingsAreListedWithTheirValuesForTheirTenantAlone() {
        put("shop.url", "", "[1, null]");
        put("shop.url", "?environment=test", "false");

        JsonNode settings = machine.get("/env-config").requireStatus(200).json().path("settings");

        assertThat(settings).hasSize(2);
        assertThat(settings.at("/0/key").asText()).isEqualTo("shop.url");
        assertThat(settings.at("/0/environment").isNull()).isTrue();
        assertThat(settings.at("/0/value").toString()).isEqualTo("[1,null]");
        assertThat(settings.at("/0/updatedBy").asText()).isEqualTo("test key");
        assertThat(settings.at("/1/environment").asText()).isEqualTo("test");
        assertThat(settings.at("/1/value").toString()).isEqualTo("false");
        Machine acme = machine.with("x-fastn-access-key", host.acmeKey()).with("x-fastn-account-tenant-id", "acme");
        assertThat(acme.get("/env-config").json().path("settings")).isEmpty();
        acme.delete("/env-config/shop.url").requireProblem(404, "FASTN-03035");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1a", "a b", "a%C3%A4", "-"})
    void aKeyThatIsNoneIsRefused(String key) {
        machine.put("/env-config/" + key.replace(" ", "%20"), "{\"value\": 1}").requireProblem(400, "FASTN-06003");
    }

    @Test
    void whatIsNoValueOrNoEnvironmentIsRefused() {
        machine.put("/env-config/shop.url", "{}").requireProblem(400, "FASTN-06003");
        machine.put("/env-config/shop.url", "{\"value\": \"" + "x".repeat(65_536) + "\"}")
                .requireProblem(400, "FASTN-06003");
        machine.put("/env-config/shop.url?environment=Live!", "{\"value\": 1}").requireProblem(400, "FASTN-06003");
        put("shop.url", "", "null");
        machine.delete("/env-config/nothing").requireProblem(404, "FASTN-03035");
    }

    private String value() {
        String body = machine.execute("configured", "null").requireStatus(200).body();
        return body.substring("{\"data\":".length(), body.length() - 1);
    }

    private void put(String key, String query, String value) {
        machine.put("/env-config/" + key + query, "{\"value\": " + value + "}").requireStatus(200);
    }
}
