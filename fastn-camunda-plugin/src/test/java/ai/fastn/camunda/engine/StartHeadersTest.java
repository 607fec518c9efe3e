package ai.fastn.camunda.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.fastn.camunda.host.ByteSearch;
import ai.fastn.camunda.host.SteppedHost;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.sql.DataSource;
import org.camunda.bpm.engine.variable.Variables;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * {@code ctx.headers} of a run that the engine itself starts: without what lets somebody in, here and in the history.
 */
class StartHeadersTest {

    private static final String CANARY = "cAnArY7XyZ42qQ9wEeRt";
    private static final String HEADERS = """
            {"Content-Type": "application/json", "X-Trace": ["a", 1], "Authorization": "Bearer %1$s", "Cookie": "s=%1$s",
             "SET-COOKIE": "%1$s", "proxy-authorization": "%1$s", "x-fastn-access-key": "%1$s", "X-Api-Key": "%1$s"}""".formatted(CANARY);
    private static final String VISIBLE = "{\"content-type\":\"application/json\",\"x-trace\":\"a, 1\"}";

    @RegisterExtension
    static final SteppedHost host = new SteppedHost(Map.of("camunda.bpm.history-level", "full"), context -> {});

    @BeforeAll
    static void deploy() {
        for (String tier : List.of("INSTANT", "STANDARD")) {
            host.deploy(new ProcessText("headers-" + tier.toLowerCase(Locale.ROOT), tier)
                    .step("write", "WRITE", "await fastn.connector.shop.write({x: 1});")
                    .step("give", "PROCESS", "return ctx.headers;"));
        }
    }

    @Test
    void theCodeSeesLowerCaseNamesAndNoCredentials() {
        Object result = host.runtime()
                .createProcessInstanceByKey("headers-instant")
                .setVariable("headers", Variables.stringValue(HEADERS))
                .executeWithVariablesInReturn()
                .getVariables()
                .get("fastn_result");

        assertThat(result).isEqualTo(VISIBLE);
    }

    @Test
    void noTableKeepsACredentialAlsoWithFullHistory() {
        var instance = host.runtime()
                .createProcessInstanceByKey("headers-standard")
                .setVariable("headers", Variables.stringValue(HEADERS))
                .execute();
        host.executeNext(instance);

        assertThat(host.last("headers-standard").result()).contains(VISIBLE);
        assertThat(ByteSearch.find(JdbcClient.create(host.bean(DataSource.class)), List.of(CANARY)))
                .isEmpty();
    }

    @Test
    void withoutHeadersThereAreNone() {
        assertThat(host.runtime()
                        .createProcessInstanceByKey("headers-instant")
                        .executeWithVariablesInReturn()
                        .getVariables()
                        .get("fastn_result"))
                .isEqualTo("{}");
    }

    @Test
    void headersThatAreNoObjectAreRefused() {
        assertThatThrownBy(() -> host.runtime()
                        .createProcessInstanceByKey("headers-instant")
                        .setVariable("headers", Variables.stringValue("[]"))
                        .execute())
                .hasMessageContaining("variable \"headers\" is no JSON object");
    }
}
