package ai.fastn.camunda.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which headers a workflow sees. */
class VisibleHeadersTest {

    @Test
    void namesAreInLowerCaseAndInOrder() {
        assertThat(VisibleHeaders.json(Map.of("X-B", "2", "Content-Type", "text/plain", "x-a", "é\"")))
                .isEqualTo("{\"content-type\":\"text/plain\",\"x-a\":\"é\\\"\",\"x-b\":\"2\"}");
    }

    @Test
    void spellingsOfOneNameAreJoined() {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Accept", "a");
        headers.put("ACCEPT", "b");

        assertThat(VisibleHeaders.json(headers)).isEqualTo("{\"accept\":\"a, b\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "authorization",
                "Authorization",
                "Proxy-Authorization",
                "cookie",
                "Set-Cookie",
                "Cookie2",
                "x-fastn-access-key",
                "X-API-Key",
                "x_api_key",
                "apikey",
                "Api-Key",
                "Ocp-Apim-Subscription-Api-Key",
                "X-Auth-Token",
                "x-access-token",
                "x-amz-security-token",
                "X-CSRF-Token",
                "x-xsrf-token",
                "x-client-secret",
                "Proxy-Authentication-Info"
            })
    void credentialsAreLeftOut(String name) {
        assertThat(VisibleHeaders.json(Map.of(name, "canary"))).isEqualTo("{}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "content-type",
                "x-fastn-account-id",
                "x-request-id",
                "user-agent",
                "x-hub-signature-256",
                "author"
            })
    void othersStay(String name) {
        assertThat(VisibleHeaders.json(Map.of(name, "v"))).isEqualTo("{\"" + name + "\":\"v\"}");
    }
}
